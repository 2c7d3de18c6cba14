/** Checks a downloaded disclosure with nothing but the file: one changed digit anywhere is found. */
import { type Bilingual, canonicalJson, digestOf, formatYuan, sumFen } from '@gep/kernel';
import { sealOf } from '@gep/platform';
import { type DisclosureDocument, documentText, figureText, leavesOf } from './disclosed-document';
import type { DisclosedFigure } from './disclosed-figure';
import { type DisclosureReceipt, rowContent, signedText } from './disclosure-receipt';
import { isSignedBy } from './disclosure-signature';
import { rootFromPath, treeRoot } from './figure-tree';
import { type CarriedReceipt, type DownloadedDisclosure, readDownloaded } from './read-downloaded';

/** What is checked, in this order. */
export type DisclosureCheckKind = 'form' | 'document' | 'figures' | 'sums' | 'trail' | 'signature' | 'key' | 'head';

export interface DisclosureCheck {
  readonly check: DisclosureCheckKind;
  /** `unchecked`: the file does not carry what is needed, or nothing was given to compare with. */
  readonly outcome: 'holds' | 'broken' | 'unchecked';
  readonly text: Bilingual;
  /** The figure or member that is wrong, where it can be told. */
  readonly place?: string;
}

/** What the reader had from elsewhere: the key of the platform, and a head of the chain with its number of rows. */
export interface KnownBefore {
  readonly publicKey?: string;
  readonly head?: { readonly rows: string; readonly hash: string };
}

export interface DisclosureVerdict {
  readonly whole: boolean;
  readonly form: DownloadedDisclosure['form'] | null;
  readonly checks: readonly DisclosureCheck[];
}

/** @param text the file as it was downloaded: JSON of a year or of a figure, or CSV of a year */
export function verifyDisclosure(text: string, known: KnownBefore = {}): DisclosureVerdict {
  const read = readDownloaded(text);
  if ('problem' in read) return verdict(null, [broken('form', read.problem)]);
  const checks = [
    holds('form', { zh: '文件写法与发布时一致', en: 'the file is written as it was published' }),
    ...bodyChecks(read),
    signatureCheck(read.receipt),
    ...knownChecks(read.receipt, known),
  ];
  return verdict(read.form, checks);
}

function bodyChecks(read: DownloadedDisclosure): DisclosureCheck[] {
  if (read.form === 'year')
    return [
      documentCheck(read.document, read.receipt),
      rootCheck(treeRoot(leavesOf(read.document)), read.receipt.root),
      sumCheck(read.document.figures),
      rowCheck(read),
    ];
  if (read.form === 'figure') {
    const { territory, year, edition, figure, index, size, path } = read;
    const leaf = figureText({ territory, year, edition }, figure);
    return [rootCheck(rootFromPath(leaf, index, size, path), read.receipt.root, figure.id), rowCheck(read)];
  }
  const leaves = read.figures.map((figure) => figureText(read, figure));
  return [rootCheck(treeRoot(leaves), read.receipt.root), sumCheck(read.figures)];
}

function documentCheck(document: DisclosureDocument, { documentDigest }: DisclosureReceipt): DisclosureCheck {
  if (digestOf(documentText(document)) === documentDigest)
    return holds('document', { zh: '文本与其摘要相符', en: 'the document has its digest' });
  return broken('document', {
    zh: '文本与其摘要不符：发布后有改动',
    en: 'the document does not have its digest: something was changed after it was published',
  });
}

function rootCheck(found: string | undefined, root: string, place?: string): DisclosureCheck {
  if (found === root)
    return holds('figures', { zh: '各数据与数据树的根相符', en: 'the figures lead to the root of their tree' });
  const text = {
    zh: '数据与数据树的根不符：有数据被改动',
    en: 'the figures do not lead to the root: a figure was changed',
  };
  return broken('figures', text, place);
}

/** Services, and categories, add up to the total of their account, to the fen. */
function sumCheck(figures: readonly DisclosedFigure[]): DisclosureCheck {
  for (const total of figures.filter(({ kind, id }) => kind === 'account' && id.endsWith('.total'))) {
    for (const part of ['category', 'service']) {
      const prefix = total.id.replace(/total$/, `${part}.`);
      const parts = figures.filter(({ id }) => id.startsWith(prefix));
      const sum = formatYuan(sumFen(parts.map(fenOf)));
      if (parts.length > 0 && sum !== total.value)
        return broken(
          'sums',
          {
            zh: `各项之和 ${sum} 不等于总值 ${total.value}`,
            en: `parts add up to ${sum}, not to ${total.value}`,
          },
          total.id,
        );
    }
  }
  return holds('sums', { zh: '各项之和等于总值，一分不差', en: 'parts add up to their totals, to the fen' });
}

/** What is not written as an amount counts as nothing, so that the sum does not hold. */
const fenOf = ({ value }: DisclosedFigure): bigint =>
  /^-?\d+\.\d\d$/.test(value) ? BigInt(value.replace('.', '')) : 0n;

/** The row of the trail holds the digests, and its seal holds the row. */
function rowCheck(read: Extract<DownloadedDisclosure, { form: 'year' | 'figure' }>): DisclosureCheck {
  const { row, documentDigest, root } = read.receipt;
  const place =
    read.form === 'year'
      ? { territory: read.document.territory.code, year: read.document.year, edition: read.document.edition }
      : read;
  if (row.hash !== sealOf(row))
    return broken('trail', { zh: '审计行与其封印不符', en: 'the row of the trail does not have its seal' });
  if (row.afterJson !== canonicalJson(rowContent(place, documentDigest, root)))
    return broken('trail', {
      zh: '审计行所载摘要与文件不符',
      en: 'the row of the trail holds other digests than the file',
    });
  return holds('trail', {
    zh: `审计链第 ${row.seq} 行载有其摘要，链首 ${row.hash}`,
    en: `row ${row.seq} of the audit chain holds its digests; head ${row.hash}`,
  });
}

function signatureCheck({ documentDigest, root, row, publicKey, signature }: CarriedReceipt): DisclosureCheck {
  if (isSignedBy(signedText(documentDigest, root, row), signature, publicKey))
    return holds('signature', { zh: `由密钥 ${publicKey} 签署`, en: `signed by the key ${publicKey}` });
  return broken('signature', { zh: '签名不成立', en: 'the signature does not hold' });
}

function knownChecks({ publicKey, row }: CarriedReceipt, known: KnownBefore): DisclosureCheck[] {
  return [
    known.publicKey === undefined
      ? unchecked('key', {
          zh: '未与另处所得公钥比对：用 --key 给出平台公布的公钥，才能识破整份伪造',
          en: 'not compared with a key from elsewhere: give the one that the platform made known with --key, to find a file that is forged whole',
        })
      : known.publicKey === publicKey
        ? holds('key', { zh: '公钥与所给相同', en: 'the key is the one given' })
        : broken('key', { zh: '公钥与所给不同', en: 'the key is not the one given' }),
    ...headCheck(row, known.head),
  ];
}

function headCheck(row: CarriedReceipt['row'], head: KnownBefore['head']): DisclosureCheck[] {
  if (head === undefined) return [];
  if (head.rows !== row.seq)
    return [
      unchecked('head', {
        zh: `所给链首在第 ${head.rows} 行，本次披露在第 ${row.seq} 行，无法离线比对`,
        en: `the head given is that of row ${head.rows}, the disclosure stands in row ${row.seq}: they cannot be compared without the chain`,
      }),
    ];
  if (head.hash === row.hash) return [holds('head', { zh: '链首与所给相同', en: 'the head is the one given' })];
  return [broken('head', { zh: '链首与所给不同', en: 'the head is not the one given' })];
}

const verdict = (form: DisclosureVerdict['form'], checks: readonly DisclosureCheck[]): DisclosureVerdict => ({
  whole: checks.every(({ outcome }) => outcome !== 'broken'),
  form,
  checks,
});
const holds = (check: DisclosureCheckKind, text: Bilingual): DisclosureCheck => ({ check, outcome: 'holds', text });
const unchecked = (check: DisclosureCheckKind, text: Bilingual): DisclosureCheck => ({
  check,
  outcome: 'unchecked',
  text,
});
const broken = (check: DisclosureCheckKind, text: Bilingual, place?: string): DisclosureCheck => ({
  ...{ check, outcome: 'broken' as const, text },
  ...(place !== undefined && { place }),
});
