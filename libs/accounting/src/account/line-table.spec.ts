/** Lines as columns of numbers: every line comes back whole. */
import * as fc from 'fast-check';
import { AccountLine } from './account';
import { lineTable } from './line-table';

const line: fc.Arbitrary<AccountLine> = fc.record({
  service: fc.constantFrom('water', 'soil'),
  category: fc.constant('regulating'),
  group: fc.constant('one'),
  type: fc.constantFrom('forest', 'grass', null),
  item: fc.constantFrom('maize', null),
  quantity: fc.double({ noNaN: true, noDefaultInfinity: true }),
  supplied: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((supplied) => supplied + 0)),
  unit: fc.constantFrom('t', 'kg'),
  price: fc.constantFrom('1/7', '2', null),
  priceUnit: fc.constant('yuan/t'),
  gamma: fc.constantFrom('1', '0.5', null),
  valueFen: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  grade: fc.constantFrom('published', 'solved', 'unverified'),
});
const numbersIn = (literal: string): string[] => (literal === '{}' ? [] : literal.slice(1, -1).split(','));

it('gives every line of every account back, each kind once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 8 }), { maxLength: 6 }), (accounts) => {
      const table = lineTable(accounts.map((lines) => ({ lines })));
      const [account, position, kind, quantity, supplied, valueFen] = (
        ['account', 'position', 'kind', 'quantity', 'supplied', 'valueFen'] as const
      ).map((column) => numbersIn(table[column]));
      const back = accounts.map((): AccountLine[] => []);
      for (let at = 0; at < table.lines; at++) {
        const shared = table.kinds[Number(kind[at]) - 1];
        back[Number(account[at]) - 1][Number(position[at])] = {
          ...shared,
          // −0 is written as 0.
          quantity: Number(quantity[at]) + 0,
          supplied: supplied[at] === 'NULL' ? null : Number(supplied[at]),
          valueFen: BigInt(valueFen[at]),
        };
      }
      expect(back).toEqual(accounts.map((lines) => lines.map((each) => ({ ...each, quantity: each.quantity + 0 }))));
      expect(
        new Set(
          table.kinds.map(({ service, type, item, unit, price, gamma, grade }) =>
            JSON.stringify([service, type, item, unit, price, gamma, grade]),
          ),
        ).size,
      ).toBe(table.kinds.length);
    }),
    { seed: Number(process.env.GEP_TEST_SEED ?? Date.now()), verbose: 1 },
  );
});
