/** Accounts of norms with rules of counting: figures by hand, laws on random input, refusals with their mend. */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { sumInOrder } from '@gep/kernel';
import type { StatisticRow } from '@gep/observation';
import { loadNorm } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount, recomputeFromSums } from '../account/compute-account';
import { normFrom, observedOf, seed } from '../account/sample-norm.spec';
import { assertAddsUp } from '../account/seal-account';
import { explainAccount } from '../explanation/explain-account';
import type { ExplainNode } from '../explanation/explain-node';
import {
  DoubleCounted,
  ImportsBeyondSupply,
  NegativeQuantity,
  NormHoldsElsewhere,
  UseStatisticMissing,
} from './errors';

const parameter = (code: string, unit: string, value: string): string =>
  `  - { code: ${code}, name: { zh: 参数, en: ${code} }, unit: '${unit}', values: [{ value: ${value}, from: 2000-01-01, grade: published, source: book }] }`;
const base = `
id: counted
title: { zh: 计, en: Counted }
status: usable
basis: [{ zh: 无, en: none }]
currency: yuan
ecosystemTypes: [{ code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }, { code: grass, name: { zh: 草, en: Grass }, hj1166: '3' }]
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }
  - { code: rain, unit: mm/a, name: { zh: 雨, en: Rain } }
products:
  - { code: emission, name: { zh: 排放, en: Emission }, unit: t, priceUnit: yuan/t, class: emission }
  - { code: people, name: { zh: 人口, en: People }, unit: visit, priceUnit: yuan/visit, class: people }
  - { code: fodder, name: { zh: 饲料, en: Fodder }, unit: kg, priceUnit: yuan/kg, class: fodder }
parameters:
${parameter('rate', 't/(hm2*a)', '3')}
${parameter('cost', 'yuan/t', '100')}
${parameter('waterCost', 'yuan/m3', '2')}
${parameter('stormShare', '1', '0.1')}
groups: [{ code: all, name: { zh: 全, en: All } }]
formulas:
  - { code: purified, scope: patch, unit: t/a, name: { zh: 净化, en: Purified }, expression: area * rate }
  - { code: kept, scope: patch, unit: m3/a, name: { zh: 涵养, en: Kept }, expression: 'area * (rain - 500 [mm/a])' }
  - { code: storm, scope: patch, unit: m3/a, name: { zh: 暴雨, en: Storm }, expression: area * rain * stormShare }
services:
  - { code: air, category: regulating, group: all, name: { zh: 气, en: Air }, quantity: purified, price: { parameter: cost }, gamma: 1, AIR }
  - { code: water, category: regulating, group: all, name: { zh: 水, en: Water }, quantity: kept, price: { parameter: waterCost }, gamma: 1, WATER }
  - { code: flood, category: regulating, group: all, name: { zh: 洪, en: Flood }, quantity: storm, price: { parameter: waterCost }, gamma: 1 }
`;
const pair = (deduct = ''): string =>
  `exclusive: [{ code: rainwater, name: { zh: 雨水, en: Rain water }, services: [water, flood], reason: { zh: 同一场雨, en: The same rain }${deduct} }]\n`;
const deducting = pair(', deduct: { from: water, what: flood }');
const off = (service: string): string =>
  `switches: [{ code: choice, name: { zh: 选, en: Choice }, state: off, services: [${service}], reason: { zh: 不计, en: Left out here } }]\n`;
const normWith = (air = '', water = '', more = '') =>
  normFrom(base.replace('AIR', air || 'negative: refuse').replace('WATER', water || 'negative: refuse') + more);

const rows = [
  { type: 'forest', area: 20, rain: 1000 },
  { type: 'grass', area: 10, rain: 800 },
];
const statistic = (item: string, quantity: string, unit = 't'): StatisticRow => {
  return { item, type: null, quantity, unit, price: null, priceUnit: null, sheet: 'statistics', row: 2 };
};
const linesOf = (account: Account, service: string): AccountLine[] =>
  account.lines.filter((line) => line.service === service);
const brief = (account: Account, service: string) =>
  linesOf(account, service).map(({ quantity, supplied, price, valueFen }) => [quantity, supplied, price, valueFen]);
const nodesOf = (node: ExplainNode): ExplainNode[] => [node, ...node.children.flatMap(nodesOf)];

describe('a cap by use', () => {
  const capped = normWith('use: { cap: emission }');

  it('counts the smaller of supply and statistic, shared over types in proportion to supply', () => {
    const account = computeAccount(capped, observedOf(rows, [statistic('emission', '45')]));
    expect(brief(account, 'air')).toEqual([
      [30, 60, '100', 300000n],
      [15, 30, '100', 150000n],
    ]);
    assertAddsUp(account);
    expect(recomputeFromSums(capped, observedOf(rows, [statistic('emission', '45')]), account.baseSums!)).toEqual(
      account,
    );
    const plenty = computeAccount(capped, observedOf(rows, [statistic('emission', '1000')]));
    expect(brief(plenty, 'air').map(([quantity, supplied]) => [quantity, supplied])).toEqual([
      [60, null],
      [30, null],
    ]);
  });

  it('takes a statistic in another unit, and does what the norm says when it is missing', () => {
    const inKilograms = observedOf(rows, [statistic('emission', '45000', 'kg')]);
    expect(brief(computeAccount(capped, inKilograms), 'air')[0][0]).toBe(30);
    const missing = (rule: string) =>
      computeAccount(normWith(`use: { cap: emission, missing: ${rule} }`), observedOf(rows));
    expect(brief(missing('uncapped'), 'air')[0]).toEqual([60, null, '100', 600000n]);
    expect(brief(missing('zero'), 'air')[0]).toEqual([0, 60, '100', 0n]);
    expect(() => missing('refuse')).toThrow(UseStatisticMissing);
    expect(() => computeAccount(capped, observedOf(rows))).toThrow(/"air" needs the statistic "emission"/);
  });

  it('counts for the share of the year that the period is', () => {
    const quarter = observedOf(rows, [statistic('emission', '9')], { period: '2024-Q1' });
    expect(brief(computeAccount(capped, quarter), 'air').map(([quantity, supplied]) => [quantity, supplied])).toEqual([
      [6, 15],
      [3, 7.5],
    ]);
  });

  it('never raises, adds up to the cap, changes nothing when it is boundless; children add up above', () => {
    const area = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    const county = fc.tuple(area, area, fc.integer({ min: 0, max: 10_000_000 }));
    const plain = normWith();
    const property = fc.property(fc.array(county, { minLength: 1, maxLength: 4 }), (counties) => {
      const accounts = counties.map(([forest, grass, cap], index) => {
        const patches = [
          { type: 'forest', area: forest, rain: 900 },
          { type: 'grass', area: grass, rain: 900 },
        ];
        const at = { territory: `52000${index}`, places: [`52000${index}`] };
        const account = computeAccount(capped, observedOf(patches, [statistic('emission', String(cap))], at));
        const free = computeAccount(plain, observedOf(patches, [], at));
        const boundless = computeAccount(capped, observedOf(patches, [statistic('emission', '1e15')], at));
        expect(boundless.lines).toEqual(free.lines);
        expect(boundless.totals).toEqual(free.totals);
        const supplied = linesOf(free, 'air').map(({ quantity }) => quantity);
        expect(sumInOrder(linesOf(account, 'air').map(({ quantity }) => quantity))).toBe(
          Math.min(cap, sumInOrder(supplied)),
        );
        for (const [index, line] of linesOf(account, 'air').entries()) {
          expect(line.quantity).toBeLessThanOrEqual(supplied[index]);
          expect(line.supplied ?? line.quantity).toBe(supplied[index]);
        }
        assertAddsUp(account);
        return account;
      });
      const above = aggregateAccounts(
        { territory: '520000', period: '2024', norm: capped, expectedChildren: accounts.length },
        accounts,
      );
      assertAddsUp(above);
      expect(above.totals.totalFen).toBe(accounts.reduce((sum, { totals }) => sum + totals.totalFen, 0n));
      for (const [index, line] of linesOf(above, 'air').entries()) {
        const below = accounts.map((account) => linesOf(account, 'air')[index]);
        expect(line.quantity).toBe(sumInOrder(below.map(({ quantity }) => quantity)));
        expect(line.supplied ?? line.quantity).toBe(
          sumInOrder(below.map(({ supplied, quantity }) => supplied ?? quantity)),
        );
      }
    });
    fc.assert(property, { seed, verbose: 1, numRuns: 300 });
  });

  it('shows in the explanation, with the statistic and its row', () => {
    const observed = observedOf(rows, [statistic('emission', '45')]);
    const nodes = nodesOf(explainAccount(capped, observed, computeAccount(capped, observed)));
    expect(nodes.find(({ kind }) => kind === 'supplied')).toMatchObject({ value: '60', unit: 't' });
    expect(nodes.find(({ kind }) => kind === 'cap')).toMatchObject({
      value: '45',
      children: [{ kind: 'statistic', source: { row: 2 } }],
    });
  });
});

describe('a service that nobody uses', () => {
  const unused = normWith('use: { users: people }, gammaBasis: { zh: 依据, en: Basis of gamma }');
  const observed = (people: string) => observedOf(rows, [statistic('people', people, 'visit')]);

  it('has the price 0, and its quantity stands', () => {
    expect(brief(computeAccount(unused, observed('0')), 'air')[0]).toEqual([60, null, '0', 0n]);
    expect(brief(computeAccount(unused, observed('3')), 'air')[0]).toEqual([60, null, '100', 600000n]);
    expect(() => computeAccount(unused, observedOf(rows))).toThrow(UseStatisticMissing);
  });

  it('shows why in the explanation, beside the basis of γ', () => {
    const nodes = nodesOf(explainAccount(unused, observed('0'), computeAccount(unused, observed('0'))));
    expect(nodes.find(({ kind }) => kind === 'users')).toMatchObject({ code: 'people', value: '0' });
    expect(nodes.find(({ kind, text }) => kind === 'gamma' && text)?.text?.en).toBe('Basis of gamma');
  });
});

describe('imports', () => {
  const importing = normWith('imports: fodder');
  const observed = (kilograms: string) => observedOf(rows, [statistic('fodder', kilograms, 'kg')]);

  it('are deducted in proportion to supply; more than there is, is refused', () => {
    expect(brief(computeAccount(importing, observed('45000')), 'air').slice(0, 1)).toEqual([[30, 60, '100', 300000n]]);
    expect(() => computeAccount(importing, observed('90001'))).toThrow(ImportsBeyondSupply);
    expect(brief(computeAccount(normWith('imports: fodder, negative: zero'), observed('90001')), 'air')[0][0]).toBe(0);
    expect(() => computeAccount(importing, observedOf(rows))).toThrow(/"fodder"/);
  });

  it('come before the cap', () => {
    const both = normWith('imports: fodder, use: { cap: emission }');
    const account = computeAccount(
      both,
      observedOf(rows, [statistic('fodder', '45000', 'kg'), statistic('emission', '15')]),
    );
    expect(brief(account, 'air')).toEqual([
      [10, 60, '100', 100000n],
      [5, 30, '100', 50000n],
    ]);
  });
});

describe('a quantity below zero', () => {
  const dry = observedOf([{ type: 'forest', area: 20, rain: 400 }]);

  it('is refused unless the norm says what it counts', () => {
    expect(() => computeAccount(normWith(), dry)).toThrow(NegativeQuantity);
    expect(() => computeAccount(normWith(), dry)).toThrow(/negative: zero or keep/);
    expect(brief(computeAccount(normWith('', 'negative: zero'), dry), 'water')).toEqual([[0, null, '2', 0n]]);
    const [kept] = linesOf(computeAccount(normWith('', 'negative: keep'), dry), 'water');
    expect(kept.quantity).toBeCloseTo(-20000, 6);
    expect(kept.valueFen).toBe(-4000000n);
  });
});

describe('services that count the same thing', () => {
  it('are refused together, with their values and the mend; one of them may be switched off', () => {
    const refused = () => computeAccount(normWith('', '', pair()), observedOf(rows));
    expect(refused).toThrow(DoubleCounted);
    expect(refused).toThrow(
      /\(water\) 260000.00 yuan, .* \(flood\) 56000.00 yuan; reason: The same rain; report only one/,
    );
    expect(refused).toThrow(/switch one of them off .* extends "counted": .*state: 'off', services: \[flood\]/);
    const chosen = normWith('', '', pair() + off('flood'));
    const account = computeAccount(chosen, observedOf(rows));
    expect(linesOf(account, 'flood')).toEqual([]);
    expect(account.totals.byService).not.toHaveProperty('flood');
    const tree = explainAccount(chosen, observedOf(rows), account);
    expect(tree.children.at(-1)).toMatchObject({ kind: 'excluded', code: 'flood', text: { en: 'Left out here' } });
  });

  it.each([
    ['crops', 'wheat', 'pollination', 'pollinatedOutput'],
    ['livestock', 'beef', 'grazedBiomass', 'grazedForage'],
  ])('cn-terrestrial names %s and %s with the mend, in both languages', async (first, item, second, other) => {
    const norm = await loadNorm('cn-terrestrial', join(__dirname, '../../../../rulebook'));
    const statistics = [item, other].map((code) => {
      const { unit, priceUnit } = norm.products.find((product) => product.code === code)!;
      const [texts, at] = [
        { unit: unit.text, priceUnit: priceUnit.text },
        { sheet: 's', row: 2 },
      ];
      return { item: code, type: null, quantity: '10', price: '1000', ...texts, ...at };
    });
    const observed = { territory: '990101', period: '2024', places: ['990101'], chunks: [], statistics, digest: 'd' };
    let refusal: unknown;
    try {
      computeAccount(norm, observed);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DoubleCounted);
    const { text } = refusal as DoubleCounted;
    const names = [first, second].map((code) => norm.services.find((service) => service.code === code)!.name);
    for (const name of names) expect([text.zh.includes(name.zh), text.en.includes(name.en)]).toEqual([true, true]);
    expect(text.zh).toContain(`services: [${second}]`);
    expect(text.en).toContain(`services: [${second}]`);
  });

  it('stand beside each other when one is deducted from the other, type by type', () => {
    const norm = normWith('', '', deducting);
    const account = computeAccount(norm, observedOf(rows));
    // 20 hm² × (1000 − 500) mm − 20 × 1000 × 0.1, in m³
    const water = linesOf(account, 'water');
    expect(water.map(({ quantity }) => Math.round(quantity * 1e6) / 1e6)).toEqual([80000, 22000]);
    expect(water.map(({ supplied }) => supplied)).toEqual([null, null]);
    expect(linesOf(account, 'flood').map(({ quantity }) => quantity)).toEqual([20000, 8000]);
    const nodes = nodesOf(explainAccount(norm, observedOf(rows), account, { service: 'water' }));
    expect(nodes.find(({ kind }) => kind === 'supplied')?.value).toBe('100000');
    expect(nodes.find(({ kind }) => kind === 'deduction')).toMatchObject({ code: 'flood', value: '20000' });
  });
});

describe('a norm for one place', () => {
  it('is refused elsewhere, also when it was used in its place before', () => {
    const local = normWith('', '', `place: '520523'\n`);
    expect(computeAccount(local, observedOf(rows)).lines.length).toBeGreaterThan(0);
    const elsewhere = observedOf(rows, [], { territory: '520502', places: ['520502', '520500', 'CN'] });
    expect(() => computeAccount(local, elsewhere)).toThrow(NormHoldsElsewhere);
  });
});
