/** Parts of a term close to the fen whatever the shares and days, and the worked line of rule R2 comes out. */
import fc from 'fast-check';
import { changeEffects, type EffectFen } from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { tableFaults } from '@gep/procedure';
import { type AttributionDraft, attributionOf, sharesOf } from './attribution';
import { departureSteps } from './departure-steps';
import { changeOfFlows, changeOfStock, stockParts } from './term-change';
import { countedFen, dividedYear, stockYear, termSegments } from './term-days';
import { attributedEffects, sumOfParts, termParts } from './term-parts';

const none = Object.fromEntries(changeEffects.map((effect) => [effect, 0n])) as unknown as EffectFen;
const declare = (draft: Partial<AttributionDraft>): AttributionDraft => ({
  ...{ effect: 'supply', type: null, service: null, natural: '0', human: '0', method: '0' },
  ...{ reason: 'seen', documentTitle: 'survey', documentDigest: 'a'.repeat(64) },
  ...draft,
});
const wholeYear = { from: 0, to: 365, of: 365 };
const startOf = (fen: bigint) => ({ totalFen: fen, byService: { water: fen }, byType: { forest: fen } });

it('has no fault in its table of steps', () => expect(tableFaults(departureSteps)).toEqual([]));

it('gives the worked line of R2: 200 to 190, of which the verdict takes +6', () => {
  const effects = { ...none, weather: -15n, supply: 6n, boundary: -1n };
  const line = { service: 'water', type: 'forest', effects, changeFen: -10n };
  const question = {
    ...{ start: startOf(200n), revised: [] },
    segments: [{ before: '2020', after: '2023', share: wholeYear, lines: [line] }],
  };
  const { total } = changeOfFlows({ ...question, declared: [declare({ human: '1' })] });
  expect([total.startFen, total.endFen, total.changeFen]).toEqual([200n, 190n, -10n]);
  expect(total.parts).toEqual({ natural: -15n, human: 6n, boundary: -1n, method: 0n, price: 0n, undeclared: 0n });
  // Without evidence the six stay visible and decide nothing.
  const undeclared = changeOfFlows({ ...question, declared: [] }).total.parts;
  expect([undeclared.human, undeclared.undeclared]).toEqual([0n, 6n]);
});

const fen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const effectsOf = fc
  .tuple(...changeEffects.map(() => fen))
  .map((all) => Object.fromEntries(changeEffects.map((effect, at) => [effect, all[at]])) as unknown as EffectFen);
const sum = (effects: EffectFen): bigint => Object.values(effects).reduce((all, one: bigint) => all + one, 0n);
const shares = fc
  .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000))
  .filter((all) => all.some((each) => each > 0))
  .map(([natural, human, method, rest]) => {
    const of = (part: number): string => `${part}/${natural + human + method + rest}`;
    return { natural: of(natural), human: of(human), method: of(method) };
  });
const declarations = fc.array(
  fc
    .record({
      effect: fc.constantFrom(...attributedEffects),
      type: fc.constantFrom(null, 'forest', 'grass'),
      service: fc.constantFrom(null, 'water', 'soil'),
      of: shares,
    })
    .map(({ of, ...rest }) => declare({ ...rest, ...of })),
  { maxLength: 6 },
);
const lines = fc.array(
  fc
    .record({
      service: fc.constantFrom('water', 'soil'),
      type: fc.constantFrom('forest', 'grass', null),
      effects: effectsOf,
    })
    .map((line) => ({ ...line, changeFen: sum(line.effects) })),
  { minLength: 1, maxLength: 8 },
);

it('closes to the fen in every cut, for any effects, causes and days', () => {
  fc.assert(
    fc.property(
      lines,
      lines,
      declarations,
      fc.tuple(fc.integer({ min: 0, max: 365 }), fc.integer({ min: 0, max: 365 })),
      fen,
      (whole, divided, declared, [a, b], revision) => {
        const share = { from: Math.min(a, b), to: Math.max(a, b), of: 365 };
        const flows = changeOfFlows({
          ...{ start: startOf(10n ** 12n), declared },
          revised: [{ service: 'water', type: 'forest', differenceFen: revision }],
          segments: [
            { before: '2019', after: '2021', share: wholeYear, lines: whole },
            { before: '2021', after: '2022', share, lines: divided },
          ],
        });
        const { total, byService, byType, segments } = flows;
        expect(sumOfParts(total.parts)).toBe(total.endFen - total.startFen);
        expect(total.changeFen).toBe(segments.reduce((all, one) => all + one.countedFen, revision));
        for (const cut of [byService, byType]) {
          for (const part of termParts)
            expect([...cut.values()].reduce((all, one) => all + one.parts[part], 0n)).toBe(total.parts[part]);
          for (const one of cut.values()) expect(one.startFen + sumOfParts(one.parts)).toBe(one.endFen);
        }
        expect(segments[0].countedFen).toBe(whole.reduce((all, line) => all + line.changeFen, 0n));
      },
    ),
    { numRuns: 150 },
  );
});

it('counts every fen of a year once for holders who follow each other', () => {
  fc.assert(
    fc.property(fen, fc.integer({ min: 0, max: 366 }), (change, handed) => {
      const [before, after] = [
        countedFen(change, { from: 0, to: handed, of: 366 }),
        countedFen(change, { from: handed, to: 366, of: 366 }),
      ];
      expect(before + after).toBe(change);
    }),
  );
});

it('begins a term at the level at which the one before ended, and ends the last one at the account', () => {
  fc.assert(
    fc.property(lines, lines, fc.integer({ min: 1, max: 364 }), (early, late, handed) => {
      const segments = { before: '2020', after: '2021', lines: early };
      const year = { before: '2021', after: '2022', share: wholeYear, lines: late };
      const until = { start: startOf(0n), revised: [], declared: [] };
      const first = changeOfFlows({ ...until, segments: [{ ...segments, share: { ...wholeYear, to: handed } }] });
      const second = changeOfFlows({
        ...until,
        segments: [{ ...segments, share: { ...wholeYear, from: handed } }, year],
      });
      expect(second.total.startFen).toBe(first.total.endFen);
      for (const [code, { startFen }] of second.byType) expect(startFen).toBe(first.byType.get(code)?.endFen ?? 0n);
      expect(second.total.endFen).toBe([...early, ...late].reduce((all, { changeFen }) => all + changeFen, 0n));
    }),
  );
});

it('divides flows by days and never a stock', () => {
  expect(termSegments({ appointedOn: '2021-01-01', departedOn: '2023-12-31' })).toEqual([
    { before: '2020', after: '2023', share: { from: 0, to: 365, of: 365 } },
  ]);
  expect(termSegments({ appointedOn: '2020-07-01', departedOn: '2023-03-31' })).toEqual([
    { before: '2019', after: '2020', share: { from: 182, to: 366, of: 366 } },
    { before: '2020', after: '2022', share: { from: 0, to: 365, of: 365 } },
    { before: '2022', after: '2023', share: { from: 0, to: 90, of: 365 } },
  ]);
  expect(termSegments({ appointedOn: '2021-05-01', departedOn: '2021-05-01' })).toEqual([
    { before: '2020', after: '2021', share: { from: 120, to: 121, of: 365 } },
  ]);
  expect(['2021-01-01', '2020-07-01'].map((day) => stockYear('appointment', day))).toEqual(['2020', '2019']);
  expect(['2023-12-31', '2023-03-31'].map((day) => stockYear('departure', day))).toEqual(['2023', '2022']);
  expect(dividedYear('appointment', '2021-01-01')).toBeUndefined();
  expect(dividedYear('departure', '2023-12-31')).toBeUndefined();
  expect([dividedYear('appointment', '2020-07-01'), dividedYear('departure', '2023-03-31')]).toEqual(['2020', '2023']);
});

it('closes a stock exactly, and takes what was observed before what is declared', () => {
  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.constantFrom(1n, 8n, 1000n, 4096n))
    .map(([top, bottom]) => Fraction.of(top, bottom));
  fc.assert(
    fc.property(
      fc.tuple(fraction, fraction, fraction, fraction, fraction, fraction),
      declarations,
      ([opening, closing, revised, boundary, managed, unmanaged], declared) => {
        const question = { effect: 'area' as const, type: 'forest', opening, closing, revised, boundary };
        const { parts } = changeOfStock({ ...question, managed, unmanaged }, declared);
        const all = stockParts.reduce((total, part) => total.plus(parts[part]), opening);
        expect(all.equals(closing)).toBe(true);
        expect(parts.boundary.equals(boundary)).toBe(true);
      },
    ),
  );
  const ten = Fraction.of(10n);
  const zero = Fraction.zero;
  const stock = { effect: 'area' as const, type: 'forest', opening: zero, closing: ten, revised: zero };
  const told = changeOfStock({ ...stock, boundary: zero, managed: ten, unmanaged: zero }, [
    declare({ effect: 'area', natural: '1' }),
  ]);
  expect(told.parts.human.equals(ten)).toBe(true);
});

it('takes the closest declaration, and of several alike the last', () => {
  const [all, forest, water, both, later] = [
    declare({}),
    declare({ type: 'forest' }),
    declare({ service: 'water' }),
    declare({ type: 'forest', service: 'water' }),
    declare({ type: 'forest', service: 'water', reason: 'seen again' }),
  ];
  const asked = { effect: 'supply' as const, type: 'forest', service: 'water' };
  expect(attributionOf([both, later, water, forest, all], asked)).toBe(later);
  expect(attributionOf([water, forest, all], asked)).toBe(forest);
  expect(attributionOf([water, all], asked)).toBe(water);
  expect(attributionOf([water], { ...asked, service: 'soil' })).toBeUndefined();
  expect(attributionOf([all], { ...asked, effect: 'area' })).toBeUndefined();
});

it('reads shares exactly, and none above one or below nothing', () => {
  expect(sharesOf({ natural: '0.3', human: '0.7', method: '0' })).toBeDefined();
  for (const human of ['0.71', '-0.1', 'most', '1e9'])
    expect(sharesOf({ natural: '0.3', human, method: '0' })).toBeUndefined();
});
