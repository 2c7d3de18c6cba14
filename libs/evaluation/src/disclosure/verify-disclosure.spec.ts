/** A disclosure is whole as it was downloaded, and one changed digit anywhere in it is found. */
import * as fc from 'fast-check';
import { digestOf, canonicalJson } from '@gep/kernel';
import { sealOf } from '@gep/platform';
import { type DisclosureDocument, documentText, leavesOf } from './disclosed-document';
import type { DisclosedFigure } from './disclosed-figure';
import { packageCsv, packageText, receiptOfFigure, receiptText } from './disclosure-files';
import { type DisclosurePackage, publishedAction, rowContent, signedText } from './disclosure-receipt';
import { DisclosureKey } from './disclosure-signature';
import { treeRoot } from './figure-tree';
import { verifyDisclosure } from './verify-disclosure';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const runs = process.env['GEP_MANY_CASES'] ? 10_000 : 600;
console.log(`verify-disclosure.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const amount = (id: string, value: string): DisclosedFigure => ({
  ...{
    id: `account.norm.${id}`,
    kind: 'account',
    name: { zh: `名${id}`, en: `Name, of "${id}"` },
    value,
    unit: 'yuan',
  },
  ...{
    vintage: '00000000-0000-4000-8000-000000000001',
    norm: 'norm e1',
    digest: 'a'.repeat(64),
    rule: null,
    grade: 'A',
  },
});
const figures = [
  amount('category.regulating', '300.07'),
  amount('service.carbon', '100.03'),
  amount('service.water', '200.04'),
  amount('total', '300.07'),
];
const key = new DisclosureKey('a secret of at least thirty-two characters');

function published(changed: Partial<DisclosureDocument> = {}): DisclosurePackage {
  const document: DisclosureDocument = {
    ...{ format: 1, territory: { code: '990001', nameZh: '甲县', nameEn: null }, year: 2024, edition: 2 },
    ...{ before: 'b'.repeat(64), reason: '更正', plain: { zh: '一句话', en: 'A sentence' }, figures },
    corrections: [
      { figure: 'account.norm.total', before: null, after: { value: '300.07', unit: 'yuan', vintage: null } },
    ],
    ...changed,
  };
  const documentDigest = digestOf(documentText(document));
  const root = treeRoot(leavesOf(document));
  const { code: territory } = document.territory;
  const unsealed = {
    ...{ seq: '17', at: '2025-03-01T00:00:00.000001Z', actorId: 'p', actorName: '发布人', action: publishedAction },
    ...{
      subject: 's',
      beforeJson: null,
      sealFormat: 2 as const,
      territoryPath: 'CN.990000.990001',
      prevHash: 'c'.repeat(64),
    },
    afterJson: canonicalJson(
      rowContent({ territory, year: document.year, edition: document.edition }, documentDigest, root),
    ),
  };
  const row = { ...unsealed, hash: sealOf(unsealed) };
  const signature = key.sign(signedText(documentDigest, root, row));
  return { document, receipt: { documentDigest, root, row, publicKey: key.publicKey, signature } };
}

const whole = published();
const downloads = {
  year: packageText(whole),
  table: packageCsv(whole),
  figure: receiptText(receiptOfFigure(whole, 'account.norm.service.water')!),
};
const brokenOf = (text: string, known = {}) =>
  verifyDisclosure(text, known).checks.flatMap(({ check, outcome }) => (outcome === 'broken' ? check : []));

describe('a downloaded disclosure', () => {
  it.each(Object.entries(downloads))('holds as it was published: %s', (form, text) => {
    const known = { publicKey: key.publicKey, head: { rows: '17', hash: whole.receipt.row.hash } };
    const { whole: isWhole, form: found, checks } = verifyDisclosure(text, known);
    expect({ isWhole, found }).toEqual({ isWhole: true, found: form });
    expect(checks.every(({ outcome }) => outcome === 'holds')).toBe(true);
  });

  it.each(Object.entries(downloads))('shows any changed character: %s', (_, text) => {
    const characters = [...text];
    const place = fc.nat({ max: characters.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom(...'0123456789abcdefz",} 丙'), (at, character) => {
        fc.pre(characters[at] !== character);
        const changed = [...characters.slice(0, at), character, ...characters.slice(at + 1)].join('');
        expect(verifyDisclosure(changed).whole).toBe(false);
      }),
      { seed, numRuns: runs },
    );
  });

  it('names the figure when a sum no longer holds, though all digests were made anew', () => {
    const forged = published({ figures: [...figures.slice(0, 3), amount('total', '300.08')] });
    const { checks } = verifyDisclosure(packageText(forged));
    expect(checks.filter(({ outcome }) => outcome === 'broken')).toEqual([
      expect.objectContaining({ check: 'sums', place: 'account.norm.total' }),
    ]);
  });

  it('shows a file that is forged whole by the key or the head that was known before', () => {
    const text = packageText(whole);
    expect(brokenOf(text, { publicKey: 'd'.repeat(64) })).toEqual(['key']);
    expect(brokenOf(text, { head: { rows: '17', hash: 'd'.repeat(64) } })).toEqual(['head']);
    const later = verifyDisclosure(text, { head: { rows: '18', hash: 'd'.repeat(64) } });
    expect(later.checks.find(({ check }) => check === 'head')?.outcome).toBe('unchecked');
  });

  it('is not taken when it was saved again, cut short or is something else', () => {
    const { year, table } = downloads;
    for (const text of [
      `${year} `,
      JSON.stringify(JSON.parse(year), null, 2),
      year.slice(0, -20),
      table.slice(0, -5),
      '{}',
      '',
      'a,b',
    ])
      expect(brokenOf(text)).toEqual(['form']);
  });

  it('is proved figure by figure in a tree of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (size, pick) => {
        const many = Array.from({ length: size }, (_, at) => ({
          ...amount(`service.s${at}`, '1.00'),
          kind: 'score' as const,
        }));
        const receipt = receiptOfFigure(published({ figures: many }), many[pick % size]!.id)!;
        expect(verifyDisclosure(receiptText(receipt)).whole).toBe(true);
        const other = { ...receipt, index: (receipt.index + 1) % (size + 1) };
        expect(verifyDisclosure(receiptText(other)).whole).toBe(false);
      }),
      { seed, numRuns: 60 },
    );
  });
});
