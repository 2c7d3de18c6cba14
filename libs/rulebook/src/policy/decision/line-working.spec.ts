/** The working of a line is that by which it was decided: exact shares sum to the pool, and rounding moves none by a whole step. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Fraction, sumFen } from '@gep/kernel';
import { parseUnits } from '../../yaml/parse-units';
import { sumFractions } from '../expression/exact-numbers';
import type { PolicyBook } from '../expression/place';
import { readPolicyRows } from '../input/read-policy-rows';
import type { PolicyCell } from '../input/policy-table';
import { parseRule } from '../parse-rule';
import type { PolicyRule } from '../rule';
import { decide } from './decide';
import { type LineWorking, lineWorkings } from './line-working';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const numRuns = process.env.GEP_MANY_CASES ? 2000 : 100;
console.info(`line-working.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
const unitsFile = path.join(__dirname, '../../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(unitsFile, 'utf8') });
const numberOf = (cell: PolicyCell) => (cell === '' || cell === undefined ? undefined : { decimal: String(cell) });

function ruleOf(payments: string): PolicyRule {
  const text = `
id: try
title: { zh: 试, en: Try }
mechanism: eco-compensation
status: usable
valid: { from: 2000-01-01 }
sources: [{ id: own, text: own, standing: C }]
period: year
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: a, unit: yuan, min: 0, name: { zh: 甲, en: A } }
  - { code: word, unit: text, name: { zh: 组, en: Group } }
  - { code: pool, unit: yuan, per: total, name: { zh: 总额, en: Pool } }
payments:
${payments}`;
  const { rule, problems } = parseRule({ path: 'rule.yaml', text }, units);
  expect(problems).toEqual([]);
  return rule!;
}

function bookOf(rule: PolicyRule, rows: readonly (readonly [a: string, word: string])[], pool: string): PolicyBook {
  const table = {
    header: ['unit', 'period', 'a', 'word'],
    rows: rows.map(([a, word], at) => ({ row: at + 2, cells: [`u${at}`, '2020', a, word] })),
  };
  const { book, problems } = readPolicyRows(rule, units, table, { numberOf, totals: { pool } });
  expect(problems).toEqual([]);
  return book!;
}

const all = (rows: readonly unknown[]) => new Set(rows.map((_, at) => `u${at}`));
const named = 'name: { zh: 付, en: Pay }';
const whole = ruleOf(`  - { code: pay, ${named}, from: fund, to: units, pool: 2 * pool, weight: a }`);
const grouped = ruleOf(
  `  - { code: pay, ${named}, from: fund, to: units, pool: pool, weight: 3 * a, within: word, zeroWeights: carry, rounding: { to: 1 yuan } }`,
);

/** One pool, among the words by what `a` comes to, and within a word by its square. */
const staged = ruleOf(
  `  - { code: pay, ${named}, from: fund, to: units, pool: pool, groups: a, weight: a * a, within: word, zeroWeights: carry }`,
);

it('tells a share as pool, weight and sum of weights', () => {
  const rows = [
    ['20', 'x'],
    ['10', 'y'],
    ['40', 'x'],
  ] as const;
  const [one] = lineWorkings(whole, bookOf(whole, rows, '100'), '2020', new Set(['u0']));
  expect(one).toMatchObject({
    ...{ payment: 'pay', unit: 'u0', kind: 'pool', group: '', units: 3, leftover: 'largest-remainder' },
    ...{ pool: { expression: '2 * pool', value: '200', unit: 'yuan' }, rounding: { fen: 1n, mode: 'half-away' } },
    ...{ shares: [{ weight: { expression: 'a', value: '20' }, sum: '70', exactYuan: '400/7' }], entitledFen: 5714n },
  });
});

it('tells amounts with their exact value, and awards with rank and bands', () => {
  const rule = ruleOf(`  - { code: pay, ${named}, from: fund, to: units, amount: a / 3, negative: refuse }
  - { code: award, ${named}, from: fund, to: units, by: a, ties: share, unfilled: carry, bands: [{ ranks: 1, each: 9 }, { ranks: 2-3, each: 4 }] }`);
  const book = bookOf(
    rule,
    [
      ['20', 'x'],
      ['10', 'y'],
    ],
    '0',
  );
  expect(lineWorkings(rule, book, '2020', new Set(['u1']))).toMatchObject([
    { kind: 'amount', amounts: [{ expression: 'a / 3', value: '10/3', unit: 'yuan' }], entitledFen: 333n },
    { kind: 'bands', rank: 2, ranked: 2, by: [{ value: '10' }], bands: [{ first: 1 }, { last: 3, value: '4' }] },
  ]);
});

const rows = fc.array(
  fc.tuple(
    fc.nat(9999).map((fen) => (fen / 100).toFixed(2)),
    fc.constantFrom('x', 'y'),
  ),
  {
    ...{ minLength: 1, maxLength: 9 },
  },
);

it('has exact shares that sum to what is shared, each within a step of what is paid', () => {
  const check = (rule: PolicyRule, list: readonly (readonly [string, string])[], pool: number): void => {
    const book = bookOf(rule, list, (pool / 100).toFixed(2));
    const { payments } = decide(rule, book, '2020');
    const told = lineWorkings(rule, book, '2020', all(list));
    expect(told.map(({ entitledFen }) => entitledFen)).toEqual(payments[0].lines.map((line) => line.entitledFen));
    for (const word of ['', 'x', 'y']) {
      const lines = told.filter((line) => line.kind === 'pool' && line.group === word);
      if (lines.length === 0) continue;
      const exact = lines.map((line) => exactOf(line));
      if (exact.some((one) => one === undefined)) continue;
      const first = lines[0] as LineWorking & { kind: 'pool' };
      expect(sumFractions(exact as Fraction[]).times(Fraction.of(100n))).toEqual(Fraction.of(first.shares[0].poolFen));
      for (const [at, line] of lines.entries()) {
        const off = exact[at]!.times(Fraction.of(100n)).minus(Fraction.of(line.entitledFen));
        expect(Math.abs(off.toNumber())).toBeLessThan(Number(line.rounding.fen));
      }
    }
  };
  const holds = fc.property(rows, fc.nat(1_000_000), (list, pool) => {
    if (list.some(([a]) => Number(a) > 0)) check(whole, list, pool);
    check(grouped, list, pool);
    check(staged, list, pool);
    const [{ poolFen, totalFen, carryFen, groups }] = decide(
      staged,
      bookOf(staged, list, (pool / 100).toFixed(2)),
      '2020',
    ).payments;
    const parts = sumFen(Object.values(groups!).map((group) => group.poolFen));
    expect([poolFen, totalFen + carryFen]).toEqual([BigInt(pool), BigInt(pool)]);
    if (list.some(([a]) => Number(a) > 0)) expect(parts).toBe(BigInt(pool));
  });
  fc.assert(holds, { seed, numRuns });
});

function exactOf(line: LineWorking): Fraction | undefined {
  const text = line.kind === 'pool' ? line.shares[0].exactYuan : undefined;
  return text === undefined ? undefined : Fraction.parse(text);
}
