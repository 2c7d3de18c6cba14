/** Declared flows in random trees: accounts above are children less what is taken back, to the fen and at every level, never too much. */
import * as fc from 'fast-check';
import { Fraction, sumFen, sumInOrder, UnitTable } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { assertAddsUp, sealAccount } from '../account/seal-account';
import { commonPath, type DeclaredFlow } from './declared-flow';
import { eliminateFlows } from './eliminate-flows';
import { flowTreeOf, flowTreeTexts } from './flow-texts';
import { endsOfFlows, type FlowTree, rollUpLines } from './roll-up-lines';
import { eliminatedPart, eliminatedParts, netOfFlows, withImpliedPrices } from './eliminated-part';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`eliminate-flows.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 200 });

const units = new UnitTable([
  { code: 'm', base: 'length' },
  { code: 'm3', is: '1 m*m*m' },
  { code: 'L', is: '1/1000 m3' },
  { code: 'yuan', base: 'money' },
]);
const norm = {
  id: 'test',
  edition: 'e1',
  services: [{ code: 'water' }, { code: 'soil' }],
  types: [{ code: 'forest' }, { code: 'grass' }],
};

const lineOf = (service: string, type: string | null, quantity: number, valueFen: bigint): AccountLine => ({
  ...{ service, category: 'regulating', group: service, type, item: null, quantity, supplied: null, unit: 'm3' },
  ...{ price: '2', priceUnit: 'yuan/m3', gamma: '1', valueFen, grade: 'published' },
});
const sealed = (territory: string, lines: AccountLine[]): Account =>
  sealAccount(
    {
      ...{ territory, period: '2024', norm: { id: norm.id, edition: norm.edition }, observationDigest: territory },
      ...{ origin: 'observed', lines, areaByType: { forest: 1, grass: 1 }, areaUnit: 'hm2', baseSums: null },
      ...{ coverage: { present: 1, expected: 1, complete: true }, children: [] },
    },
    norm,
  );

const flowOf = (id: string, supplier: string, beneficiary: string, share: Fraction | string): DeclaredFlow => ({
  ...{ id, normId: 'test', service: 'water', item: null, supplier, beneficiary, from: '2020-01-01', until: null },
  amount: typeof share === 'string' ? { quantity: Fraction.parse(share)!, unit: 'L' } : { share },
  ...{ reason: 'downstream', source: 'made up' },
});

/** Paths of the territories, parents first; the path is the code. */
type Tree = readonly string[];
const childrenOf = (tree: Tree, path: string): string[] =>
  tree.filter((one) => one.startsWith(`${path}.`) && !one.slice(path.length + 1).includes('.'));

/** Accounts of the whole tree, from the leaves up, as a roll-up makes them. */
function rollUp(
  tree: Tree,
  leaves: ReadonlyMap<string, Account>,
  flows: readonly DeclaredFlow[],
): Map<string, Account> {
  const accounts = new Map(leaves);
  const declared = new Map(flows.map((flow) => [flow.id, flow]));
  const placed = (flow: DeclaredFlow) => ({ supplierPath: flow.supplier, beneficiaryPath: flow.beneficiary });
  for (const territory of [...tree].reverse().filter((path) => !leaves.has(path))) {
    const children = childrenOf(tree, territory).map((path) => accounts.get(path)!);
    const own = flows.filter((flow) => commonPath(placed(flow)) === territory);
    const linesOf = new Map([...accounts].map(([path, { lines }]) => [path, lines]));
    const below = children
      .flatMap(({ lines }) => lines)
      .flatMap((line) => (line.flow === undefined ? [] : [{ flow: declared.get(line.flow)!, line }]));
    const lines = eliminateFlows({ period: '2024', units, flows: own, linesOf, below });
    const eliminated = { flows: own.map(({ id }) => id), lines };
    const target = { territory, period: '2024', norm, expectedChildren: children.length, eliminated };
    accounts.set(territory, aggregateAccounts(target, children));
  }
  return accounts;
}

const trees = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
});
const treeOf = (shape: readonly (readonly number[])[]): Tree => {
  const upper = shape.map((_, a) => `CN.${a}`);
  const middle = shape.flatMap((prefectures, a) => prefectures.map((_, b) => `CN.${a}.${b}`));
  const lower = shape.flatMap((prefectures, a) =>
    prefectures.flatMap((count, b) => Array.from({ length: count }, (_, c) => `CN.${a}.${b}.${c}`)),
  );
  return ['CN', ...upper, ...middle, ...lower];
};
const quantity = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e9, noNaN: true }));
const worlds = trees
  .map(treeOf)
  .chain((tree) => {
    const leaves = tree.filter((path) => path.split('.').length === 4);
    const level = fc.integer({ min: 2, max: 4 });
    const amounts = fc.array(
      fc.record({ forest: quantity, grass: quantity, whole: quantity, price: fc.integer({ min: 0, max: 999 }) }),
      { minLength: leaves.length, maxLength: leaves.length },
    );
    return fc.record({ tree: fc.constant(tree), leaves: fc.constant(leaves), amounts, level });
  })
  .chain(({ tree, leaves, amounts, level }) => {
    const ends = tree.filter((path) => path.split('.').length === level);
    const share = fc.oneof(
      fc.integer({ min: 1, max: 7 }).map((part) => Fraction.of(BigInt(part), 7n)),
      fc.integer({ min: 1, max: 10_000_000 }).map(String),
    );
    const wishes = fc.array(fc.tuple(fc.constantFrom(...ends), fc.constantFrom(...ends), share), { maxLength: 6 });
    return wishes.map((wished) => {
      const pairs = new Map(
        wished.filter(([from, to]) => from !== to).map((wish) => [`${wish[0]} ${wish[1]}`, wish] as const),
      );
      const flows = [...pairs.values()].map(([from, to, part], at) => flowOf(`f${at}`, from, to, part));
      const accounts = leaves.map((path, at) => {
        const { forest, grass, whole, price } = amounts[at];
        const fen = (amount: number): bigint => BigInt(Math.round(amount * price));
        return sealed(path, [
          lineOf('water', null, whole, fen(whole)),
          lineOf('water', 'forest', forest, fen(forest)),
          lineOf('water', 'grass', grass, fen(grass)),
          lineOf('soil', 'forest', 3, 600n),
        ]);
      });
      return { tree, flows, leaves: new Map(accounts.map((account) => [account.territory, account])) };
    });
  });

const fenOf = (lines: readonly AccountLine[]): bigint => sumFen(lines.map(({ valueFen }) => valueFen));

describe('declared flows in a tree', () => {
  it('children less what is taken back are the parent, to the fen, at every level', () => {
    let taken = 0;
    fc.assert(
      fc.property(worlds, ({ tree, leaves, flows }) => {
        const accounts = rollUp(tree, leaves, flows);
        for (const [path, account] of accounts) {
          assertAddsUp(account);
          if (leaves.has(path)) continue;
          const children = childrenOf(tree, path).map((child) => accounts.get(child)!);
          const below = new Set(children.flatMap(({ lines }) => lines.flatMap(({ flow }) => flow ?? [])));
          const back = account.lines.filter(({ flow }) => flow !== undefined && !below.has(flow));
          expect(account.totals.totalFen).toBe(sumFen(children.map(({ totals }) => totals.totalFen)) + fenOf(back));
          for (const { flow: id, quantity: amount, valueFen } of back) {
            const { supplier: supplierPath, beneficiary: beneficiaryPath } = flows.find((one) => one.id === id)!;
            // Only the smallest territory above both takes it back; those above that have it from there.
            expect(commonPath({ supplierPath, beneficiaryPath })).toBe(path);
            expect(amount <= 0 && valueFen <= 0n).toBe(true);
            taken += 1;
          }
        }
        for (const [path, account] of leaves) expect(accounts.get(path)).toBe(account);
      }),
    );
    expect(taken).toBeGreaterThan(process.env.GEP_FEWER_CASES ? 0 : 10);
  });

  it('nobody loses more than is in the account, nor is more taken back than was supplied', () => {
    fc.assert(
      fc.property(worlds, ({ tree, leaves, flows }) => {
        const accounts = rollUp(tree, leaves, flows);
        const back = accounts.get('CN')!.lines.filter(({ flow }) => flow !== undefined);
        const bits = 1e-14 * sumInOrder(accounts.get('CN')!.lines.map((line) => Math.abs(line.quantity)));
        for (const end of ['supplier', 'beneficiary'] as const) {
          for (const code of new Set(flows.map((flow) => flow[end]))) {
            const ids = flows.filter((flow) => flow[end] === code).map(({ id }) => id);
            const lines = back.filter(({ flow }) => ids.includes(flow!));
            const [has, lost] = [accounts.get(code)!.lines.filter(({ service }) => service === 'water'), lines].map(
              (some) => Math.abs(sumInOrder(some.map((line) => line.quantity))),
            );
            // A part of a line is a whole number of its last bits.
            expect(lost).toBeLessThanOrEqual(has + bits);
            if (end === 'beneficiary') expect(-fenOf(lines)).toBeLessThanOrEqual(fenOf(accounts.get(code)!.lines));
          }
        }
        for (const account of accounts.values()) {
          for (const line of netOfFlows(account.lines)) expect(line.valueFen).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });

  it('the order in which flows were declared changes nothing', () => {
    fc.assert(
      fc.property(worlds, ({ tree, leaves, flows }) => {
        const [there, back] = [flows, [...flows].reverse()].map((some) => rollUp(tree, leaves, some).get('CN')!);
        expect(back.digest).toBe(there.digest);
      }),
      { numRuns: 100 },
    );
  });

  it('the observed accounts and what is taken back make the whole', () => {
    fc.assert(
      fc.property(worlds, ({ tree, leaves, flows }) => {
        const whole = rollUp(tree, leaves, flows).get('CN')!;
        const parts = sumFen([...leaves.values()].map(({ totals }) => totals.totalFen));
        const back = eliminatedPart(whole, units);
        expect(back.totals.totalFen).toBe(fenOf(back.lines));
        expect(parts + back.totals.totalFen).toBe(whole.totals.totalFen);
        expect(fenOf(netOfFlows(whole.lines))).toBe(whole.totals.totalFen);
      }),
      { numRuns: 100 },
    );
  });
});

describe('lines rolled up again', () => {
  const treeBelow = (tree: Tree, path: string, flows: readonly DeclaredFlow[]): FlowTree => ({
    territory: path,
    flows: flows.filter(
      (flow) => commonPath({ supplierPath: flow.supplier, beneficiaryPath: flow.beneficiary }) === path,
    ),
    children: childrenOf(tree, path).map((child) => treeBelow(tree, child, flows)),
  });

  it('are those of the account, to the bit, and what is taken back needs only what lies at the ends', () => {
    fc.assert(
      fc.property(worlds, ({ tree, leaves, flows }) => {
        const whole = rollUp(tree, leaves, flows).get('CN')!.lines;
        const read = flowTreeOf(structuredClone(flowTreeTexts(treeBelow(tree, 'CN', flows))));
        const basis = { period: '2024', norm: { ...norm, units } };
        const observed = new Map([...leaves].map(([path, { lines }]) => [path, lines]));
        expect(rollUpLines(read, { ...basis, observed })).toEqual(whole);
        const ends = endsOfFlows(read);
        const some = new Map([...observed].filter(([path]) => ends.has(path)));
        const back = (lines: readonly AccountLine[]) => lines.filter(({ flow }) => flow !== undefined);
        expect(back(rollUpLines(read, { ...basis, observed: some }))).toEqual(back(whole));
      }),
    );
  });
});

describe('one flow', () => {
  const tree = ['CN', 'CN.a', 'CN.b'];
  const two = (upper: AccountLine[], lower: AccountLine[]) =>
    new Map([sealed('CN.a', upper), sealed('CN.b', lower)].map((account) => [account.territory, account]));
  const backOf = (upper: AccountLine[], lower: AccountLine[], ...flows: DeclaredFlow[]) =>
    rollUp(tree, two(upper, lower), flows)
      .get('CN')!
      .lines.filter(({ flow }) => flow !== undefined)
      .map(({ flow, type, quantity: amount, valueFen, price }) => [flow, type, amount, valueFen, price]);

  it('takes back the booking of the beneficiary at its own price, type by type', () => {
    const upper = [lineOf('water', 'forest', 100, 30_000n)];
    const lower = [lineOf('water', 'forest', 60, 12_000n), lineOf('water', 'grass', 20, 4_000n)];
    expect(backOf(upper, lower, flowOf('f', 'CN.a', 'CN.b', Fraction.of(2n, 5n)))).toEqual([
      ['f', 'forest', -30, -6_000n, '2'],
      ['f', 'grass', -10, -2_000n, '2'],
    ]);
  });

  it('a quantity is converted, and never more than is supplied or counted below', () => {
    const lower = [lineOf('water', 'forest', 60, 12_000n)];
    const flow = flowOf('f', 'CN.a', 'CN.b', '40000');
    expect(backOf([lineOf('water', null, 100, 1n)], lower, flow)).toEqual([['f', 'forest', -40, -8_000n, '2']]);
    expect(backOf([lineOf('water', null, 25, 1n)], lower, flow)).toEqual([['f', 'forest', -25, -5_000n, '2']]);
    expect(backOf([lineOf('water', null, 100, 1n)], [lineOf('water', null, 6, 12n)], flow)).toEqual([
      ['f', null, -6, -12n, '2'],
    ]);
  });

  it('without an account or a line at an end takes nothing back, but makes another account', () => {
    const lines = [lineOf('water', 'forest', 60, 12_000n)];
    const flow = flowOf('f', 'CN.a', 'CN.b', Fraction.one);
    expect(backOf([lineOf('soil', 'forest', 60, 1n)], lines, flow)).toEqual([]);
    expect(backOf(lines, [lineOf('soil', 'forest', 60, 1n)], flow)).toEqual([]);
    const [without, withOne] = [[], [flow]].map((flows) => rollUp(tree, two(lines, []), flows).get('CN')!);
    expect(withOne.observationDigest).not.toBe(without.observationDigest);
    expect(withOne.totals).toEqual(without.totals);
  });

  it('taken back on one side of a change, it is nothing on the other, at the price there', () => {
    const [before, after] = [
      sealed('CN', [lineOf('water', 'forest', 5, 1_000n)]),
      sealed('CN', [
        { ...lineOf('water', 'forest', 4, 1_200n), price: '3' },
        { ...lineOf('water', 'forest', -1, -300n), flow: 'f', price: '3' },
      ]),
    ];
    const [left, right] = eliminatedParts([before, after], units);
    expect(left.lines).toMatchObject([{ flow: 'f', quantity: 0, valueFen: 0n, price: '2' }]);
    expect([left.totals.totalFen, right.totals.totalFen]).toEqual([0n, -300n]);
    expect(eliminatedParts([before, before], units)).toEqual([]);
  });

  it('a line that was taken back at several prices has the price of its value', () => {
    const line = { ...lineOf('water', 'forest', -4, -1_000n), flow: 'f', price: null, gamma: null };
    expect(withImpliedPrices([line], units)[0]).toMatchObject({ price: '5/2', gamma: '1' });
  });
});
