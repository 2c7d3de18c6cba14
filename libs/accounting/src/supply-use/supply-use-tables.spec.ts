/** Supply and use: equal in every row to the fen and to the last digit, shared by the norm, with trade and unknown users in sight. */
import fc from 'fast-check';
import { DomainError, Fraction } from '@gep/kernel';
import type { Beneficiary } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';
import { InputNode } from '../input/input-node';
import { readTrade } from './read-trade';
import { tabulateSupplyUse, type ServiceTrade, type UsedService } from './supply-use-tables';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`supply-use-tables.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 400 });

const line = (more: Partial<AccountLine>): AccountLine => ({
  service: 'water',
  category: 'regulating',
  group: 'g',
  type: 'forest',
  item: null,
  quantity: 100,
  unit: 'm3/a',
  price: '2',
  priceUnit: 'yuan/m3',
  gamma: '1',
  valueFen: 20_000n,
  grade: 'published',
  supplied: null,
  ...more,
});
const accountOf = (lines: readonly AccountLine[]): Account => ({
  territory: '520523',
  period: '2024',
  norm: { id: 'n', edition: 'e' },
  observationDigest: '',
  origin: 'observed',
  lines,
  areaByType: {},
  areaUnit: 'hm2',
  totals: {
    totalFen: lines.reduce((sum, { valueFen }) => sum + valueFen, 0n),
    byCategory: {},
    byGroup: {},
    byService: {},
    byType: {},
  },
  baseSums: null,
  coverage: { present: 0, expected: 0, complete: true },
  children: [],
  grade: 'published',
  digest: '',
});
const of = (group: Beneficiary['group'], scale: Beneficiary['scale'], share: string): Beneficiary => ({
  group,
  scale,
  share: Fraction.parse(share)!,
});
const service = (beneficiaries: readonly Beneficiary[], intermediate = false): UsedService => ({
  code: 'water',
  name: { zh: '水', en: 'Water' },
  intermediate,
  beneficiaries,
});
const shown = (map: ReadonlyMap<string, Fraction | bigint>): Record<string, string> =>
  Object.fromEntries(
    [...map].map(([code, amount]) => [code, amount instanceof Fraction ? amount.toExactText() : String(amount)]),
  );
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing';
};
const sum = (figures: Iterable<Fraction>): Fraction => [...figures].reduce((all, one) => all.plus(one), Fraction.zero);
const sumFen = (figures: Iterable<bigint>): bigint => [...figures].reduce((all, one) => all + one, 0n);

const thirds = [of('residents', 'local', '1/3'), of('farmers', 'basin', '1/3'), of('government', 'global', '1/3')];

describe('tabulateSupplyUse', () => {
  it('shares a service among its users as the norm says, the odd fen to the first of equals', () => {
    const lines = [line({ quantity: 0.1, valueFen: 60n }), line({ type: 'lake', quantity: 0.2, valueFen: 40n })];
    const [row] = tabulateSupplyUse(accountOf(lines), [service(thirds)]).rows;
    expect(shown(row.monetary.supply)).toEqual({ forest: '60', lake: '40' });
    expect(shown(row.monetary.use)).toEqual({
      'residents-local': '33',
      'farmers-basin': '34',
      'government-global': '33',
    });
    expect(shown(row.physical.use)).toEqual({
      'residents-local': '0.1',
      'farmers-basin': '0.1',
      'government-global': '0.1',
    });
    expect(row.physical.total.toExactText()).toBe('0.3');
  });

  it('shares a whole number finely, not in whole units', () => {
    const users = [of('residents', 'local', '0.3'), of('farmers', 'local', '0.7')];
    const [row] = tabulateSupplyUse(accountOf([line({ quantity: 1 })]), [service(users)]).rows;
    expect(shown(row.physical.use)).toEqual({ 'residents-local': '0.3', 'farmers-local': '0.7' });
  });

  it('shows use that nobody is named for, and keeps intermediate services out of final use', () => {
    const lines = [line({}), line({ service: 'pollination', valueFen: 500n })];
    const bees = { ...service([of('farmers', 'local', '1')], true), code: 'pollination' };
    const { rows, total, finalFen, intermediateFen } = tabulateSupplyUse(accountOf(lines), [bees]);
    expect(rows.map(({ monetary }) => shown(monetary.use))).toEqual([{ unassigned: '20000' }, { intermediate: '500' }]);
    expect(shown(total.use)).toEqual({ unassigned: '20000', intermediate: '500' });
    expect([finalFen, intermediateFen]).toEqual([20_000n, 500n]);
  });

  it('keeps items apart, lines of the whole territory visible, and unused potential beside the table', () => {
    const lines = [
      line({ item: 'rice', unit: 't/a', type: null }),
      line({ item: 'tea', unit: 'kg/a', quantity: 5, supplied: 7.5 }),
    ];
    const { rows } = tabulateSupplyUse(accountOf(lines), []);
    expect(rows.map(({ item, unit, unused }) => [item, unit, unused.toExactText()])).toEqual([
      ['rice', 't/a', '0'],
      ['tea', 'kg/a', '2.5'],
    ]);
    expect(shown(rows[0].physical.supply)).toEqual({ unassigned: '100' });
  });

  it('adds imports to supply and exports to use, at the average price or at their own', () => {
    const flows: ServiceTrade[] = [
      { service: 'water', item: null, direction: 'import', quantity: Fraction.of(10n) },
      { service: 'water', item: null, direction: 'export', quantity: Fraction.of(30n), valueFen: 9_000n },
    ];
    const [row] = tabulateSupplyUse(accountOf([line({})]), [service([])], flows).rows;
    expect([row.physical.imports.toExactText(), row.monetary.imports]).toEqual(['10', 2_000n]);
    expect(shown(row.physical.use)).toEqual({ unassigned: '80', exports: '30' });
    expect(shown(row.monetary.use)).toEqual({ unassigned: '13000', exports: '9000' });
  });

  it('refuses trade that the account cannot carry', () => {
    const trade = (more: Partial<ServiceTrade>): ServiceTrade[] => [
      { service: 'water', item: null, direction: 'export', quantity: Fraction.of(101n), ...more },
    ];
    const attempt = (flows: ServiceTrade[], own = line({})) =>
      codeOf(() => tabulateSupplyUse(accountOf([own]), [], flows));
    expect(attempt(trade({}))).toBe('accounting.exports-exceed');
    expect(attempt(trade({ service: 'air' }))).toBe('accounting.trade-unknown');
    expect(attempt(trade({ item: 'rice' }))).toBe('accounting.trade-unknown');
    const empty = line({ quantity: 0, valueFen: 0n });
    expect(attempt(trade({ direction: 'import' }), empty)).toBe('accounting.trade-value');
  });

  it('has supply equal to use, exactly, for any lines, shares and trade', () => {
    const lines = fc.array(
      fc.record({
        service: fc.constantFrom('water', 'air', 'soil'),
        type: fc.constantFrom('forest', 'lake', null),
        quantity: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        valueFen: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const weights = fc.array(fc.integer({ min: 0, max: 997 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(lines, weights, fc.nat(1e6), (drawn, [a, b, c], brought) => {
        const whole = a + b + c + 1;
        const shares = [a, b, c + 1].map((part) => `${part}/${whole}`);
        const users = thirds.map((user, at) => ({ ...user, share: Fraction.parse(shares[at])! }));
        const account = accountOf(drawn.map(line));
        const imports: ServiceTrade[] = [
          {
            service: drawn[0].service,
            item: null,
            direction: 'import',
            quantity: Fraction.of(BigInt(brought), 1000n),
            valueFen: 77n,
          },
        ];
        const { rows, total } = tabulateSupplyUse(account, [service(users)], imports);
        for (const { physical, monetary } of rows) {
          expect(String(sum(physical.use.values()))).toBe(String(sum(physical.supply.values()).plus(physical.imports)));
          expect(String(physical.total)).toBe(String(sum(physical.use.values())));
          expect(sumFen(monetary.use.values())).toBe(sumFen(monetary.supply.values()) + monetary.imports);
          expect(monetary.total).toBe(sumFen(monetary.use.values()));
        }
        expect(sumFen(total.supply.values())).toBe(account.totals.totalFen);
        expect(sumFen(total.use.values())).toBe(account.totals.totalFen + 77n);
      }),
    );
  });
});

it('trade is read with yuan to the fen, and nothing finer', () => {
  const read = (value: string) =>
    readTrade(
      InputNode.read(
        JSON.stringify({ trade: [{ service: 'a', direction: 'import', quantity: '1.5', value }] }),
        'a.json',
      ),
    );
  expect(read('12.34')[0].valueFen).toBe(1234n);
  expect(codeOf(() => read('12.345'))).toBe('accounting.input-unreadable');
});
