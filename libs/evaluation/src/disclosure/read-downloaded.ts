/** Reads a downloaded disclosure back; what is not byte for byte in the form of a download is told to be none. */
import Ajv, { type Schema } from 'ajv';
import { parse } from 'csv-parse/sync';
import type { Bilingual } from '@gep/kernel';
import type { DisclosurePlace } from './disclosed-document';
import type { DisclosedFigure, FigureKind } from './disclosed-figure';
import { commonColumns, csvRow, figureColumns, packageText, receiptText } from './disclosure-files';
import type { DisclosurePackage, DisclosureReceipt, FigureReceipt } from './disclosure-receipt';

/** A CSV carries of the row of the trail its place and its seal alone. */
export type CarriedReceipt = Omit<DisclosureReceipt, 'row'> & {
  readonly row: Pick<DisclosureReceipt['row'], 'seq' | 'hash'>;
};

export type DownloadedDisclosure =
  | ({ readonly form: 'year' } & DisclosurePackage)
  | ({ readonly form: 'figure' } & FigureReceipt)
  | ({
      readonly form: 'table';
      readonly figures: readonly DisclosedFigure[];
      readonly receipt: CarriedReceipt;
    } & DisclosurePlace);

/** @returns why it is no download of a disclosure, or no longer one */
export function readDownloaded(text: string): DownloadedDisclosure | { readonly problem: Bilingual } {
  const start = text.trimStart();
  if (start.startsWith('{')) return readJson(text);
  if (start.replace(/^\uFEFF/, '').startsWith('figure,')) return readTable(text);
  return {
    problem: {
      zh: '这不是披露文件：应为年度披露的 JSON、CSV，或单项数据的 JSON',
      en: 'this is no disclosure: it has to be the JSON or CSV of a year, or the JSON of a figure',
    },
  };
}

function readJson(text: string): DownloadedDisclosure | { readonly problem: Bilingual } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      problem: {
        zh: `不是完整的 JSON：${(error as Error).message}`,
        en: `not whole JSON: ${(error as Error).message}`,
      },
    };
  }
  if (isPackage(value)) return packageText(value) === text ? { form: 'year', ...value } : rewritten;
  if (isReceipt(value)) return receiptText(value) === text ? { form: 'figure', ...value } : rewritten;
  const [first] = (isPackage.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
  const where = `${first?.instancePath || '/'} ${first?.message ?? ''}`;
  return { problem: { zh: `缺少或多出内容：${where}`, en: `something is missing or too much: ${where}` } };
}

const rewritten = {
  problem: {
    zh: '内容可读，但字节与发布时不同：请核对原下载文件，勿经其他程序另存',
    en: 'it can be read, but its bytes are not those that were published: check the file as it was downloaded, not saved again by another program',
  },
};

/** Bytes are compared here, too: the rows are written again and have to give the file; its mark may be lost on the way. */
function readTable(text: string): DownloadedDisclosure | { readonly problem: Bilingual } {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { bom: true, columns: true });
  } catch (error) {
    return {
      problem: {
        zh: `不是完整的 CSV：${(error as Error).message}`,
        en: `not a whole CSV: ${(error as Error).message}`,
      },
    };
  }
  const [first] = rows;
  const columns = [...figureColumns, ...commonColumns];
  if (!first || columns.some((column) => first[column] === undefined)) return rewritten;
  const written = [columns, ...rows.map((row) => columns.map((column) => row[column]!))].map(csvRow).join('');
  const common = (row: Record<string, string>) => commonColumns.map((column) => row[column]).join('\n');
  const isCount = (cell: string | undefined) => cell !== undefined && cell === String(Number.parseInt(cell, 10));
  if (!isCount(first['year']) || !isCount(first['edition'])) return rewritten;
  if (written !== text.replace(/^\uFEFF/, '') || rows.some((row) => common(row) !== common(first))) return rewritten;
  const { territory, documentDigest, root, chainRows: seq, chainHead: hash, publicKey, signature } = first;
  return {
    ...{ form: 'table' as const, territory: territory! },
    ...{ year: Number(first['year']), edition: Number(first['edition']), figures: rows.map(figureOf) },
    receipt: {
      ...{ documentDigest: documentDigest!, root: root!, row: { seq: seq!, hash: hash! } },
      ...{ publicKey: publicKey!, signature: signature! },
    },
  };
}

const figureOf = (row: Record<string, string>): DisclosedFigure => ({
  ...{ id: row['figure']!, kind: row['kind'] as FigureKind, name: { zh: row['nameZh']!, en: row['nameEn']! } },
  ...{ value: row['value']!, unit: row['unit']!, vintage: row['vintage'] || null, norm: row['norm'] || null },
  ...{ digest: row['digest']!, rule: row['rule'] || null, grade: row['grade']! },
});

const text = { type: 'string' } as const;
const textOrNull = { type: 'string', nullable: true } as const;
const count = { type: 'integer', minimum: 0 } as const;
const whole = (properties: Record<string, Schema>) => ({
  ...{ type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
});
const name = whole({ zh: text, en: text });
const figure = whole({
  ...{ id: text, kind: text, name, value: text, unit: text, vintage: textOrNull, norm: textOrNull },
  ...{ digest: text, rule: textOrNull, grade: text },
});
const row = whole({
  ...{ seq: text, at: text, actorId: text, actorName: text, action: text, subject: text, beforeJson: textOrNull },
  ...{ afterJson: textOrNull, sealFormat: count, territoryPath: text, prevHash: text, hash: text },
});
const receipt = whole({ documentDigest: text, root: text, row, publicKey: text, signature: text });
const value = { ...whole({ value: text, unit: text, vintage: textOrNull }), nullable: true };
const document = whole({
  ...{ format: { const: 1 }, territory: whole({ code: text, nameZh: text, nameEn: textOrNull }), year: count },
  ...{ edition: count, before: textOrNull, reason: textOrNull, plain: name },
  figures: { type: 'array', items: figure, minItems: 1 },
  corrections: { type: 'array', items: whole({ figure: text, before: value, after: value }) },
});
const ajv = new Ajv({ strict: false });
const isPackage = ajv.compile<DisclosurePackage>(whole({ document, receipt }));
const isReceipt = ajv.compile<FigureReceipt>(
  whole({
    ...{ territory: text, year: count, edition: count, figure, index: count, size: count },
    ...{ path: { type: 'array', items: text }, receipt },
  }),
);
