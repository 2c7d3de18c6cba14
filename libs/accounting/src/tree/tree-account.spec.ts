/** Random trees over random units: every root is the administrative total, to the fen, and nothing is lost on the way. */
import * as fc from 'fast-check';
import { BrokenInvariant, Fraction, sumFen } from '@gep/kernel';
import type { TreeHead, TreeMembership, TreeNode } from '@gep/territory';
import type { Account } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount } from '../account/compute-account';
import { lineKey } from '../account/line-order';
import type { ObservedPeriod } from '../account/observed-period';
import { chunkOf, maize, normFrom, observedOf, sampleNormText, type SampleRow } from '../account/sample-norm.spec';
import { addNodes, type NodeAccount } from './tree-account';
import { divideUnit, membershipAt, type UnitPart } from './unit-parts';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`tree-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 60 });

const norm = normFrom(sampleNormText);
const span = { validFrom: '2020-01-01', validTo: null };
const head: TreeHead = {
  ...{ code: 'basins', nameZh: '流域', nameEn: 'Basins', kind: 'watershed', covers: '990000', source: 'map' },
  ...span,
};
const node = (code: string, parent: string | null = null): TreeNode => ({
  ...{ code, parent, nameZh: code, nameEn: null },
  ...span,
});
const row = (unit: string, of: string, more: Partial<TreeMembership> = {}): TreeMembership => ({
  ...{ unit, node: of, patch: null, type: null, share: Fraction.one, source: null },
  ...span,
  ...more,
});

interface Unit {
  readonly observed: ObservedPeriod;
  readonly account: Account;
}
/** Patches `p0`, `p1`, … of a unit, computed. */
function unitOf(code: string, rows: readonly SampleRow[], harvest?: string): Unit {
  const chunk = { ...chunkOf(rows), patchIds: rows.map((_, at) => `p${at}`) };
  const observed = observedOf(rows, harvest === undefined ? [] : [maize(harvest, '2.5')], {
    ...{ territory: code, places: [code, 'CN'], chunks: [chunk] },
  });
  return { observed, account: computeAccount(norm, observed) };
}

const aggregate = (some: readonly Unit[]): Account => {
  const target = { territory: '990000', period: '2024', norm, expectedChildren: some.length };
  return aggregateAccounts(
    target,
    some.map(({ account }) => account),
  );
};

function divide(units: readonly Unit[], rows: readonly TreeMembership[]): UnitPart[] {
  return units.flatMap(({ account, observed }) => {
    const own = rows.filter(({ unit }) => unit === account.territory);
    return divideUnit(norm, account, own, observed).parts;
  });
}
const treeOf = (units: readonly Unit[], nodes: readonly TreeNode[], rows: readonly TreeMembership[]): NodeAccount[] => {
  const whole = aggregate(units);
  return addNodes(head, nodes, divide(units, rows), { period: '2024', norm, accounts: [whole] });
};

const patch = fc.record({
  type: fc.constantFrom('forest', 'dry', 'bare'),
  area: fc.integer({ min: 0, max: 90_000 }).map((n) => n / 100),
  rain: fc.integer({ min: 1, max: 30_000 }).map((n) => n / 10),
  slope: fc.integer({ min: 0, max: 900 }).map((n) => n / 100),
});
const units = fc
  .array(fc.tuple(fc.array(patch, { minLength: 1, maxLength: 6 }), fc.option(fc.nat(5000))), {
    minLength: 1,
    maxLength: 4,
  })
  .map((some) =>
    some.map(([rows, harvest], at) => unitOf(`99010${at + 1}`, rows, harvest === null ? undefined : `${harvest}`)),
  );

interface RandomTree {
  readonly nodes: readonly TreeNode[];
  readonly rows: readonly TreeMembership[];
}
/** A tree over these units: up to five nodes, each below an earlier one or the root; every unit divided in one of the ways. */
const treeOver = (some: readonly Unit[]): fc.Arbitrary<RandomTree> =>
  fc.array(fc.option(fc.nat(20)), { maxLength: 5 }).chain((parents): fc.Arbitrary<RandomTree> => {
    const nodes = parents.map((parent, at) => node(`n${at}`, parent === null || at === 0 ? null : `n${parent % at}`));
    if (nodes.length === 0) return fc.constant({ nodes, rows: [] });
    const codes = fc.constantFrom(...nodes.map(({ code }) => code));
    const rowsOf = ({ account, observed }: Unit): fc.Arbitrary<readonly TreeMembership[]> => {
      const { territory } = account;
      const byPatch = fc
        .array(fc.option(codes), { minLength: observed.chunks[0].rows, maxLength: observed.chunks[0].rows })
        .map((of) => of.flatMap((one, at) => (one === null ? [] : [row(territory, one, { patch: `p${at}` })])));
      const byShare = fc
        .dictionary(
          fc.constantFrom('forest', 'dry', 'bare', 'unassigned', '*'),
          fc.array(fc.tuple(codes, fc.nat(9)), { maxLength: 3 }),
        )
        .map((ofTypes) =>
          Object.entries(ofTypes).flatMap(([type, shares]) =>
            [...new Map(shares)].flatMap(([of, tenths]) =>
              tenths === 0 ? [] : [row(territory, of, { type, share: Fraction.of(BigInt(tenths), 30n) })],
            ),
          ),
        );
      const stated = fc
        .tuple(byPatch, codes, fc.integer({ min: 1, max: 7 }))
        .map(([rows, of, share]) => [
          ...rows,
          row(territory, of, { type: 'unassigned', share: Fraction.of(BigInt(share), 7n) }),
        ]);
      return fc.oneof(
        fc.constant([]),
        codes.map((of) => [row(territory, of)]),
        byPatch,
        byShare,
        stated,
      );
    };
    return fc.tuple(...some.map(rowsOf)).map((rows) => ({ nodes, rows: rows.flat() }));
  });

const quantities = (account: Account) => new Map(account.lines.map((line) => [lineKey(line), line.quantity]));

describe('random trees', () => {
  it('have the administrative total at the root: every line, type, service and category to the fen', () => {
    fc.assert(
      fc.property(
        units.chain((some) => fc.tuple(fc.constant(some), treeOver(some), treeOver(some))),
        ([some, one, other]) => {
          const whole = aggregate(some);
          const roots = [one, other].map(({ nodes, rows }) => treeOf(some, nodes, rows)[0].account);
          for (const root of roots) {
            expect(root.totals).toEqual(whole.totals);
            expect(root.lines.map((line) => [lineKey(line), line.valueFen])).toEqual(
              whole.lines.map((line) => [lineKey(line), line.valueFen]),
            );
            expect(Object.keys(root.areaByType)).toEqual(Object.keys(whole.areaByType));
          }
          // Parts of a unit sum to it to the bit, so that every tree has the same sums whatever it divides.
          expect(quantities(roots[0])).toEqual(quantities(roots[1]));
          expect(quantities(roots[0])).toEqual(quantities(whole));
          expect(roots.map(({ areaByType }) => areaByType)).toEqual([whole.areaByType, whole.areaByType]);
        },
      ),
    );
  });

  it('lose nothing: each line of a unit is the sum of its parts, and each node that of its own parts and the nodes below', () => {
    fc.assert(
      fc.property(
        units.chain((some) => fc.tuple(fc.constant(some), treeOver(some))),
        ([some, { nodes, rows }]) => {
          const added = treeOf(some, nodes, rows);
          const [root] = added;
          for (const { account } of some) {
            const parts = root.parts.filter(({ unit }) => unit === account.territory).map((part) => part.account);
            for (const line of account.lines) {
              const own = parts.flatMap(({ lines }) => lines.filter((one) => lineKey(one) === lineKey(line)));
              expect(sumFen(own.map(({ valueFen }) => valueFen))).toBe(line.valueFen);
              expect(own.reduce((sum, { quantity }) => sum + quantity, 0) - line.quantity).toBe(0);
            }
          }
          for (const { code, account, parts } of added) {
            const own = parts.filter((part) => part.node === code).map((part) => part.account.totals.totalFen);
            const below = added.filter(({ parent }) => parent === code).map((one) => one.account.totals.totalFen);
            expect(sumFen([...own, ...below])).toBe(account.totals.totalFen);
          }
        },
      ),
    );
  });
});

const some = unitOf(
  '990101',
  [
    { type: 'forest', area: 1, rain: 1000, slope: 3 },
    { type: 'forest', area: 1, rain: 1000, slope: 2 },
    { type: 'dry', area: 2, rain: 500, slope: 1 },
  ],
  '12',
);
const partsOf = (rows: readonly TreeMembership[]) => divideUnit(norm, some.account, rows, some.observed).parts;
const lines = ({ account }: UnitPart) =>
  account.lines.map(({ service, type, quantity }) => `${service} ${type} ${Number(quantity.toPrecision(9))}`);

it('divides a modelled line by what the patches give, and everything else by their area', () => {
  const [a, rest] = partsOf([row('990101', 'a', { patch: 'p0' })]);
  expect([a.node, a.basis, `${a.share}`, rest.node, rest.basis]).toEqual(['a', 'patch', '1/4', 'outside', 'rest']);
  // Soil by slope less 1: two of three parts. Water by rain: half. Maize stands for dry land, of which the node has none.
  expect(lines(a)).toEqual(['waterConservation forest 3333.33333', 'soilConservation forest 6']);
  expect(lines(rest)).toEqual([
    'crops dry 12',
    'waterConservation forest 3333.33333',
    'waterConservation dry 2500',
    'soilConservation forest 3',
    'soilConservation dry 0',
  ]);
  expect([a.account.areaByType, rest.account.areaByType]).toEqual([{ forest: 1 }, { forest: 1, dry: 2 }]);
});

it('takes what has no type by the land of all types, or as it is stated', () => {
  const untyped = some.account.lines.map((line) => ({ ...line, type: line.item ? null : line.type }));
  const maizeOf = (rows: readonly TreeMembership[]) =>
    divideUnit(norm, { ...some.account, lines: untyped }, rows, some.observed).parts.map(
      ({ node: code, account }) => `${code} ${account.lines.find(({ item }) => item !== null)?.quantity}`,
    );
  const byPatch = row('990101', 'a', { patch: 'p*' });
  expect(maizeOf([row('990101', 'a', { patch: 'p0' })])).toEqual(['a 3', 'outside 9']);
  expect(maizeOf([byPatch])).toEqual(['a 12']);
  const stated = row('990101', 'b', { type: 'unassigned', share: Fraction.of(1n, 3n) });
  expect(maizeOf([byPatch, stated])).toEqual(['a undefined', 'outside 8', 'b 4']);
});

it('shares types by what is stated for them, else by what is stated for every type; the rest is outside', () => {
  const half = Fraction.of(1n, 2n);
  const parts = partsOf([
    row('990101', 'a', { type: 'forest', share: half }),
    row('990101', 'b', { type: '*', share: Fraction.of(3n, 4n) }),
  ]);
  expect(parts.map((part) => [part.node, part.basis, part.account.areaByType])).toEqual([
    ['a', 'share', { forest: 1 }],
    ['b', 'share', { dry: 1.5 }],
    ['outside', 'rest', { forest: 1, dry: 0.5 }],
  ]);
});

it('goes by the rows of the nearest unit that has any', () => {
  const [county, city] = [[row('990101', 'a')], [row('990100', 'b')]];
  const byUnit = new Map([
    ['990101', county],
    ['990100', city],
  ]);
  expect(membershipAt('CN.990000.990100.990101', byUnit)).toBe(county);
  expect(membershipAt('CN.990000.990100.990102', byUnit)).toBe(city);
  expect(membershipAt('CN.990000.990200.990201', byUnit)).toEqual([]);
});

it('says which rows decided something', () => {
  const rows = [row('990101', 'a', { patch: 'p0' }), row('990101', 'a', { patch: 'gone' })];
  expect([...divideUnit(norm, some.account, rows, some.observed).used]).toEqual([rows[0]]);
  const types = [row('990101', 'a', { type: 'forest' }), row('990101', 'a', { type: 'marsh' })];
  expect([...divideUnit(norm, some.account, types).used]).toEqual([types[0]]);
});

it('is no answer when the parts are not the whole', () => {
  const whole = aggregate([some]);
  const parts = partsOf([row('990101', 'a', { patch: 'p0' })]);
  expect(() => addNodes(head, [node('a')], parts.slice(1), { period: '2024', norm, accounts: [whole] })).toThrow(
    BrokenInvariant,
  );
});

it('takes a declared flow back at the root, and in each node that has all of both its ends', () => {
  const other = unitOf('990102', [{ type: 'forest', area: 3, rain: 900, slope: 2 }]);
  const twice = some.account.lines.find(({ service }) => service === 'waterConservation')!;
  const flow = '00000000-0000-4000-8000-000000000000';
  const eliminated = { flow, lines: [{ ...twice, quantity: -1, valueFen: -240n, flow }], units: ['990101', '990102'] };
  const target = { territory: '990000', period: '2024', norm, expectedChildren: 2 };
  const whole = aggregateAccounts({ ...target, eliminated: { flows: [flow], lines: eliminated.lines } }, [
    ...[some.account, other.account],
  ]);
  const lessOf = (...rows: TreeMembership[]) => {
    const nodes = [node('a'), node('b', 'a')];
    const parts = divide([some, other], rows);
    const added = addNodes(head, nodes, parts, { period: '2024', norm, accounts: [whole], eliminated: [eliminated] });
    return added.map(
      (one) => one.account.totals.totalFen - sumFen(one.parts.map((part) => part.account.totals.totalFen)),
    );
  };
  expect(lessOf(row('990101', 'b'), row('990102', 'b'))).toEqual([-240n, -240n, -240n, 0n]);
  expect(lessOf(row('990101', 'b'), row('990102', 'a'))).toEqual([-240n, -240n, 0n, 0n]);
  expect(lessOf(row('990101', 'b', { patch: 'p0' }), row('990102', 'b'))).toEqual([-240n, 0n, 0n, 0n]);
});

it('keeps what is there but worth nothing, and what is supplied but not used', () => {
  const worthless = some.account.lines.map((line) => ({ ...line, valueFen: 0n }));
  const unused = worthless.map((line) => ({ ...line, quantity: 0, supplied: line.quantity }));
  for (const shown of [worthless, unused]) {
    const parts = divideUnit(
      norm,
      { ...some.account, lines: shown },
      [row('990101', 'a', { patch: 'p0' })],
      some.observed,
    );
    expect(parts.parts[0].account.lines.map(({ service }) => service)).toEqual([
      'waterConservation',
      'soilConservation',
    ]);
  }
});
