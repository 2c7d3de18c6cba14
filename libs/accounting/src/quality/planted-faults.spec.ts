/** Sound accounts of random norms have nothing to mend; faults planted in them are found, with little beside. */
import * as fc from 'fast-check';
import { formatYuan } from '@gep/kernel';
import { loadQualityRules, type QualityRules } from '@gep/rulebook';
import { computeAccount } from '../account/compute-account';
import { anyCase, normFrom, observedOf, seed } from '../account/sample-norm.spec';
import { checkQuality } from './check-quality';
import { digitSwaps } from './digit-slip';
import type { Finding } from './finding';
import { stateAccounts } from './state-accounts';
import type { StatedAccount, StatedPeriod } from './stated-account';

let rules: QualityRules;
beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
  console.info(`planted-faults.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
});

const grave = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ grade }) => grade === 'A' || grade === 'B');

const soundAccount = anyCase.map(({ text, rows }): StatedAccount => {
  const norm = normFrom(text);
  return stateAccounts([computeAccount(norm, observedOf(rows))], norm, rules);
});

type Changed = { readonly stated: StatedAccount; readonly cell: string };
type Fault = (stated: StatedAccount, pick: (count: number) => number) => Changed | undefined;

const withPeriod = (stated: StatedAccount, change: Partial<StatedPeriod>): StatedAccount => ({
  ...stated,
  periods: [{ ...stated.periods[0], ...change }],
});

/** Faults as people make them in the tables of an account; undefined where the account offers no place for one. */
const faults: Readonly<Record<string, Fault>> = {
  'digits of a quantity exchanged': (stated, pick) => {
    const { services } = stated.periods[0];
    // A service whose value the digits can move at all.
    const open = services.filter(({ quantity, value, unitValue }) => {
      const swaps = digitSwaps(quantity!.slice(0, 6));
      return swaps.length > 0 && Math.abs(Number(value)) > 1 && Number(unitValue) !== 0;
    });
    if (open.length === 0) return undefined;
    const row = open[pick(open.length)];
    const swapped = digitSwaps(row.quantity!.slice(0, 6))[0] + row.quantity!.slice(6);
    if (Math.abs(Number(swapped) / Number(row.quantity) - 1) * Math.abs(Number(row.value)) < 0.02) return undefined;
    const changed = services.map((one) => (one === row ? { ...one, quantity: swapped } : one));
    return { stated: withPeriod(stated, { services: changed }), cell: `${row.at}.quantity` };
  },
  'a value ten times too large': (stated, pick) => {
    const { services } = stated.periods[0];
    const open = services.filter(({ value }) => Math.abs(Number(value)) > 1);
    if (open.length === 0) return undefined;
    const row = open[pick(open.length)];
    const value = formatYuan(BigInt(row.value!.replace('.', '')) * 10n);
    const changed = services.map((one) => (one === row ? { ...one, value } : one));
    return { stated: withPeriod(stated, { services: changed }), cell: `${row.at}.value` };
  },
  'digits of the total exchanged': (stated) => {
    const [total] = stated.periods[0].totals;
    const [swapped] = digitSwaps(total.text);
    return swapped === undefined
      ? undefined
      : { stated: withPeriod(stated, { totals: [{ ...total, text: swapped }] }), cell: total.at };
  },
  'a component left out of its subtotal': (stated, pick) => {
    const { sums } = stated.periods[0];
    const open = sums.filter(({ parts }) => parts.length > 1 && parts.every(({ text }) => Number(text) !== 0));
    if (open.length === 0) return undefined;
    const sum = open[pick(open.length)];
    const fen = (text: string): bigint => BigInt(text.replace('.', ''));
    const left = formatYuan(fen(sum.total.text) - fen(sum.parts[0].text));
    const changed = sums.map((one) => (one === sum ? { ...one, total: { ...one.total, text: left } } : one));
    return { stated: withPeriod(stated, { sums: changed }), cell: sum.total.at };
  },
  'the value table of another run': (stated, pick) => {
    const { types } = stated.periods[0];
    const open = types.filter(({ value }) => Number(value) !== 0);
    if (open.length === 0) return undefined;
    const row = open[pick(open.length)];
    const changed = types.map((one) =>
      one === row ? { ...one, value: formatYuan(BigInt(one.value!.replace('.', '')) + 1n) } : one,
    );
    return { stated: withPeriod(stated, { types: changed }), cell: `${row.at}.value` };
  },
  'land that earns without an area': (stated) => {
    const { types, areas } = stated.periods[0];
    const row = types.find(({ value }) => Number(value) !== 0);
    if (!row) return undefined;
    return {
      stated: withPeriod(stated, {
        areas: areas.filter(({ type }) => type !== row.type).concat({ at: 'areas.other', type: 'other', area: '1' }),
      }),
      cell: `${row.at}.value`,
    };
  },
  'prices of another year': (stated, pick) => {
    const { services } = stated.periods[0];
    if (services.length < 3) return undefined;
    const odd = services[pick(services.length)];
    const changed = services.map((one) => ({ ...one, priceYear: one === odd ? '1990' : '2024' }));
    return { stated: withPeriod(stated, { services: changed }), cell: `${odd.at}.priceYear` };
  },
  'a stock booked as the yield of the year': (stated, pick) => {
    const { services } = stated.periods[0];
    const open = services.filter(({ quantity }) => Number(quantity) > 0);
    if (open.length === 0) return undefined;
    const { quantity, unit, at } = open[pick(open.length)];
    const stocks = [{ at: 'stocks.standing', quantity: quantity!, unit: unit!.replace(/\/a$/, '') }];
    return { stated: withPeriod(stated, { stocks }), cell: `${at}.quantity` };
  },
};

it('has nothing to mend or to explain in writing in sound accounts', () => {
  let accounts = 0;
  let hints = 0;
  fc.assert(
    fc.property(soundAccount, (stated) => {
      const { findings } = checkQuality(stated, rules);
      accounts += 1;
      hints += findings.length;
      expect(grave(findings)).toEqual([]);
    }),
    { seed, numRuns: 200 },
  );
  console.info(`${accounts} sound accounts: no A, no B, ${hints} hints of grade C or D`);
});

it('finds what is planted', () => {
  const tally = Object.fromEntries(Object.keys(faults).map((name) => [name, { planted: 0, found: 0, beside: 0 }]));
  fc.assert(
    fc.property(soundAccount, fc.nat(), (stated, choice) => {
      for (const [name, plant] of Object.entries(faults)) {
        const planted = plant(stated, (count) => choice % count);
        if (!planted) continue;
        const findings = grave(checkQuality(planted.stated, rules).findings);
        tally[name].planted += 1;
        if (findings.some(({ cells }) => cells.includes(planted.cell))) tally[name].found += 1;
        tally[name].beside += findings.filter(({ cells }) => !cells.includes(planted.cell)).length;
      }
    }),
    { seed, numRuns: 300 },
  );
  console.info(
    Object.entries(tally)
      .map(([name, { planted, found, beside }]) => `${name}: ${found}/${planted}, ${beside} beside`)
      .join('\n'),
  );
  for (const { planted, found } of Object.values(tally)) {
    expect(planted).toBeGreaterThan(0);
    expect(found).toBe(planted);
  }
});
