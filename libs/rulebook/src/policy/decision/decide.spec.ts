/** What every decision must keep, on random rules and inputs: parts make the pool, everything sums to zero, order is nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sumFen } from '@gep/kernel';
import { parseUnits } from '../../yaml/parse-units';
import { readPolicyRows } from '../input/read-policy-rows';
import type { PolicyCell } from '../input/policy-table';
import { parseRule } from '../parse-rule';
import type { PolicyRule } from '../rule';
import { backtest } from './backtest';
import { decide } from './decide';
import type { Decision } from './decision';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
/** All of them with GEP_MANY_CASES; a twentieth elsewhere, so that nobody waits minutes for one file. */
const cases = (all: number): number => (process.env.GEP_MANY_CASES ? all : all / 20);
console.info(`decide.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const unitsFile = path.join(__dirname, '../../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(unitsFile, 'utf8') });
const numberOf = (cell: PolicyCell) => (cell === '' || cell === undefined ? undefined : { decimal: String(cell) });

const head = `
title: { zh: 试, en: Try }
mechanism: eco-compensation
status: usable
valid: { from: 2000-01-01 }
sources: [{ id: own, text: own, standing: C }]
period: year
parties:
  - { code: fund, name: { zh: 资金, en: Fund } }
  - { code: other, name: { zh: 他方, en: Other } }
columns:
  - { code: a, unit: '1', min: 0, name: { zh: 甲, en: A } }
  - { code: b, unit: '1', name: { zh: 乙, en: B } }
  - { code: word, unit: text, name: { zh: 组, en: Group } }
  - { code: pool, unit: yuan, per: total, name: { zh: 总额, en: Pool } }
`;
const made = new Map<string, PolicyRule>();
function ruleOf(payments: string): PolicyRule {
  const known = made.get(payments);
  if (known) return known;
  const { rule, problems } = parseRule({ path: 'rule.yaml', text: `id: try${head}payments:\n${payments}` }, units);
  expect(problems).toEqual([]);
  made.set(payments, rule!);
  return rule!;
}

interface Row {
  readonly unit: string;
  readonly a: string;
  readonly b: string;
  readonly word: string;
}

function decideRows(rule: PolicyRule, rows: readonly Row[], pool: string): Decision {
  const table = {
    header: ['unit', 'period', 'a', 'b', 'word'],
    rows: rows.map(({ unit, a, b, word }, at) => ({ row: at + 2, cells: [unit, '2020', a, b, word] })),
  };
  const { book, problems } = readPolicyRows(rule, units, table, { numberOf, totals: { pool } });
  if (problems.length > 0) throw new Error(problems[0].text.en);
  return decide(rule, book!, '2020', { isTraced: () => false });
}

const decimal = (most: number) => fc.nat(most).map((fen) => (fen / 100).toFixed(2));
const rowLists = fc
  .array(
    fc.record({
      a: fc.oneof(fc.constantFrom('0', '1', '2'), decimal(99_999)),
      b: fc.oneof(
        fc.constantFrom('0', '-1', '1'),
        fc.integer({ min: -9_999, max: 9_999 }).map((n) => (n / 100).toFixed(2)),
      ),
      word: fc.constantFrom('x', 'y', 'z'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) => rows.map((row, at) => ({ unit: `u${at}`, ...row })));

const common = 'name: { zh: 付, en: Pay }';
const leftovers = fc.constantFrom('largest-remainder', 'first', 'last', 'largest');
const pools = fc
  .record({ leftover: leftovers, within: fc.boolean(), step: fc.constantFrom('1 fen', '1 yuan') })
  .map(
    ({ leftover, within, step }) =>
      `  - { code: pay, ${common}, from: fund, to: units, pool: pool, weight: a, leftover: ${leftover}, zeroWeights: carry${within ? ', within: word' : ''}, rounding: { to: ${step} } }`,
  );
const factors = fc
  .integer({ min: 0, max: 100 })
  .map(
    (n) =>
      `  - { code: pay, ${common}, from: units, to: fund, pool: pool, zeroWeights: carry, factors: [{ code: one, share: ${n}%, weight: a }, { code: two, share: ${100 - n}%, weight: abs(b) }] }`,
  );
const bounds = fc
  .tuple(fc.nat(500), fc.nat(500), leftovers)
  .map(
    ([floor, room, leftover]) =>
      `  - { code: pay, ${common}, from: fund, to: units, pool: pool, weight: a, floor: ${floor}, cap: ${floor + room}, floorsBeyond: scale, zeroWeights: equal, leftover: ${leftover} }`,
  );
const bands = fc
  .tuple(fc.constantFrom('share', 'lower'), fc.integer({ min: 1, max: 6 }), fc.boolean())
  .map(
    ([ties, last, within]) =>
      `  - { code: pay, ${common}, from: fund, to: units, by: b, ties: ${ties}, bands: [{ ranks: 1-${last}, each: 1000.01 }, { ranks: ${last + 1}-9, each: 333.33 }]${within ? ', within: word' : ''} }`,
  );
const signed = fc
  .constantFrom('half-away', 'half-even', 'down', 'up')
  .map(
    (mode) =>
      `  - { code: pay, ${common}, from: fund, to: units, amount: 'b * a / 7 * 1 [yuan]', negative: bill, advance: a * 1 [yuan], instalments: 7, rounding: { mode: ${mode} } }
  - { code: named, ${common}, from: word, to: units, amount: 'b * 1 [yuan]', negative: bill }
  - { code: back, ${common}, from: other, to: fund, amount: sum(named), negative: bill }`,
  )
  .map((text) => text.replace('advance: a * 1 [yuan]', "advance: 'a * 1 [yuan]'"));

const amounts = (decision: Decision): string =>
  decision.payments
    .map(({ lines, carryFen }) => [carryFen, lines.map(({ unit, dueFen }) => [unit, dueFen])])
    .join('; ');

it.each([
  ['pools, whole or in groups, sum to the pool less what is carried (I2)', pools],
  ['pools by factors, paid by the units (I2)', factors],
  ['pools within floors and caps (I2)', bounds],
  ['awards by rank (I2)', bands],
  ['signed amounts, advances, instalments, named parties: all sums to zero (I3, I8)', signed],
] as const)(
  '%s',
  (_what, payments) => {
    fc.assert(
      fc.property(payments, rowLists, decimal(999_999), fc.infiniteStream(fc.nat()), (text, rows, pool, random) => {
        const rule = ruleOf(text);
        const decision = decideRows(rule, rows, pool);
        // One comparison for all: this runs a hundred thousand times.
        const sums: (readonly [bigint, bigint])[] = [
          ...decision.proofs.map(({ left = 0n, right = 0n }) => [left, right] as const),
          [sumFen(decision.balances.map(({ entitledFen }) => entitledFen)), 0n],
          [sumFen(decision.balances.map(({ dueFen }) => dueFen)), 0n],
        ];
        for (const { lines, poolFen, carryFen } of decision.payments) {
          const total = sumFen(lines.map(({ entitledFen }) => entitledFen));
          if (poolFen !== undefined) sums.push([total + carryFen, poolFen]);
          for (const { instalments, dueFen, entitledFen, advancedFen } of lines) {
            sums.push([dueFen, entitledFen - advancedFen]);
            if (instalments) sums.push([sumFen(instalments), dueFen]);
          }
        }
        expect(sums.filter(([left, right]) => left !== right)).toEqual([]);
        // Neither the order of the rows nor a second run changes anything; a quarter of the cases is enough to say so.
        if (rows.length % 4 > 0) return;
        const keys = new Map(rows.map(({ unit }) => [unit, Number(random.next().value)]));
        const shuffled = rows.toSorted((one, two) => keys.get(one.unit)! - keys.get(two.unit)!);
        const again = decideRows(rule, shuffled, pool);
        expect(amounts(again)).toEqual(amounts(decision));
        expect(again.inputDigest).toBe(decision.inputDigest);
      }),
      { seed, numRuns: cases(20_000) },
    );
  },
  300_000,
);

it('makes up the income of dividends and reserve (I10), with shares of the whole (I11)', () => {
  const text = `  - { code: reserve, ${common}, from: fund, to: other, amount: 0.1 * pool, negative: refuse }
  - { code: dividend, ${common}, from: fund, to: units, pool: pool - reserve, weight: a, zeroWeights: equal }`;
  fc.assert(
    fc.property(rowLists, decimal(9_999_999), (rows, pool) => {
      const { payments } = decideRows(ruleOf(text), rows, pool);
      const [reserve, dividend] = payments.map(({ totalFen }) => totalFen);
      expect(reserve + dividend).toBe(BigInt(pool.replace('.', '')));
    }),
    { seed, numRuns: cases(20_000) },
  );
}, 300_000);

it('tells in a back-test who gains and who loses, also in periods before the rule', () => {
  const rule = (payments: string) => ruleOf(payments);
  const flat = rule(`  - { code: pay, ${common}, from: fund, to: units, amount: 100, negative: refuse }`);
  const ranked = rule(
    `  - { code: pay, ${common}, from: fund, to: units, by: a, bands: [{ ranks: '1', each: 250 }, { ranks: '2', each: 50 }] }`,
  );
  const table = {
    header: ['unit', 'period', 'a', 'b', 'word'],
    rows: [
      ['p', '1998', '1', '0', 'x'],
      ['q', '1998', '2', '0', 'x'],
      ['p', '1999', '1', '0', 'x'],
      ['q', '1999', '', '0', 'x'],
    ].map((cells, at) => ({ row: at + 2, cells })),
  };
  const side = (one: PolicyRule) => ({
    rule: one,
    book: readPolicyRows(one, units, table, { numberOf, totals: { pool: '1' } }).book!,
  });
  const tried = backtest(side(ranked), side(flat));
  if (tried.kind !== 'money') throw new Error('both pay');
  const { periods, units: changes, gaining, losing } = tried;
  expect(periods.map(({ period, undecided }) => [period, undecided?.map(({ rule: which }) => which)])).toEqual([
    ['1998', undefined],
    ['1999', ['new']],
  ]);
  expect(changes.map(({ unit, changeFen }) => [unit, changeFen])).toEqual([
    ['q', 15_000n],
    ['p', -5_000n],
  ]);
  expect([gaining, losing]).toEqual([1, 1]);
});
