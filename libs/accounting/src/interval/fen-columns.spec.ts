/** Totals of draws against integer sums, with amounts on both sides of what doubles hold. */
import * as fc from 'fast-check';
import { Fraction, roundToFen, unitValue } from '@gep/kernel';
import type { AccountLine } from '../account/account';
import { totalLines } from '../account/seal-account';
import { FenColumns } from './fen-columns';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`fen-columns.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const yuan = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }),
  fc.integer({ min: -2000, max: 2000 }).map((half) => half / 200),
);
const cases = fc
  .array(fc.tuple(yuan, fc.constantFrom('a', 'b'), fc.constantFrom('forest', null)), { minLength: 1, maxLength: 8 })
  .chain((lines) => {
    const draw = fc.array(fc.option(yuan), { minLength: lines.length, maxLength: lines.length });
    return fc.record({ lines: fc.constant(lines), draws: fc.array(draw, { minLength: 1, maxLength: 5 }) });
  });
const fenOf = (worth: number): bigint => roundToFen(worth, unitValue(Fraction.one));

it('are the sums of the lines in every output, to the fen', () => {
  fc.assert(
    fc.property(cases, ({ lines: given, draws }) => {
      const lines = given.map(([worth, service, type], at): AccountLine => ({
        ...{ service, category: service === 'a' ? 'regulating' : 'cultural', group: 'g', type, item: String(at) },
        ...{ quantity: 1, supplied: null, unit: 'm3', price: '1', priceUnit: 'yuan/m3', gamma: '1' },
        ...{ valueFen: fenOf(worth), grade: 'published' },
      }));
      const columns = new FenColumns({ totals: totalLines(lines, []) }, lines, draws.length);
      draws.forEach((drawn, draw) => {
        drawn.forEach((worth, at) => (worth === null ? columns.keep(at) : columns.enter(at, draw, worth)));
        columns.finish(draw);
        const now = lines.map((line, at) => {
          const worth = drawn[at];
          return worth === null ? line : { ...line, valueFen: fenOf(worth) };
        });
        now.forEach(({ valueFen }, at) => {
          expect(columns.fenOf(at)).toBe(valueFen);
          expect(columns.isValued(at)).toBe(valueFen !== 0n);
        });
        const { totalFen, byCategory, byService, byType } = totalLines(now, []);
        const expected = new Map([['total', totalFen]]);
        for (const [kind, fens] of Object.entries({ category: byCategory, service: byService, type: byType }))
          for (const [code, fen] of Object.entries(fens)) expected.set(`${kind} ${code}`, fen);
        expect(columns.outputs.map(([name, column]) => [name, column[draw]])).toEqual([...expected]);
      });
    }),
    { seed, numRuns: 300 },
  );
});
