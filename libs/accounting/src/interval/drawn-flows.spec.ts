/** Intervals where flows are counted once: every draw takes back what the roll-up of the drawn accounts takes back. */
import { Fraction } from '@gep/kernel';
import type { Account } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount } from '../account/compute-account';
import { normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import type { DeclaredFlow } from '../flow/declared-flow';
import { eliminateFlows } from '../flow/eliminate-flows';
import type { FlowTree } from '../flow/roll-up-lines';
import { summariseDraws } from './account-interval';
import { drawParts } from './draw-parts';
import { DrawnFlows } from './drawn-flows';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now()) % 2 ** 31;
console.info(`drawn-flows.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const water = '{ value: 3, from: 2024-06-01, grade: published, source: book }';
const upstream = "value: 0.5, type: forest, place: '520000', from: 2000-01-01, grade: solved, source: province }";
const drawnText = sampleNormText
  .replace(water, water.replace(' }', ', low: 2, high: 4, distribution: uniform }'))
  .replace(upstream, upstream.replace(' }', ', low: 0.1, high: 0.9, distribution: uniform }'));
const norm = normFrom(drawnText);
const [upper, lower] = [
  observedOf([{ type: 'forest', area: 40.7, rain: 1000, slope: 3 }], [], { territory: '520521', places: ['520000'] }),
  observedOf(
    [
      { type: 'forest', area: 31.3, rain: 700, slope: 2 },
      { type: 'dry', area: 11.1, rain: 600, slope: 2 },
    ],
    [],
    { territory: '520523', places: ['520523'] },
  ),
];
const flow = (amount: DeclaredFlow['amount']): DeclaredFlow => ({
  ...{ id: 'f1', normId: 'sample', service: 'waterConservation', item: null, supplier: '520521', amount },
  ...{ beneficiary: '520523', from: '2020-01-01', until: null, reason: 'downstream', source: 'made up' },
});
const treeWith = (...flows: DeclaredFlow[]): FlowTree => ({
  ...{ territory: '520500', flows },
  children: ['520523', '520521'].map((territory) => ({ territory, flows: [], children: [] })),
});
const parts = [upper, lower].map((observed) => ({ norm, observed }));

/** The account of both as it is recorded. */
function wholeOf(accounts: readonly Account[], own: typeof norm, ...flows: DeclaredFlow[]): Account {
  const linesOf = new Map(accounts.map(({ territory, lines }) => [territory, lines]));
  const lines = eliminateFlows({ period: '2024', units: own.units, flows, linesOf, below: [] });
  const eliminated = { flows: flows.map(({ id }) => id), lines };
  const target = { territory: '520500', period: '2024', norm: own, expectedChildren: 2, eliminated };
  return aggregateAccounts(target, accounts);
}

it.each<[string, DeclaredFlow['amount']]>([
  ['a share', { share: Fraction.of(1n, 3n) }],
  ['a quantity that is at times more than there is', { quantity: Fraction.of(170_000n), unit: 'm3' }],
])('takes back %s of what was drawn', (_, amount) => {
  const draws = 12;
  const drawn = drawParts(parts, { seed, from: 0, to: draws, draws }, treeWith(flow(amount)));
  const columns = new Map(drawn.draws.outputs);
  const backs = new Set<bigint>();
  for (let draw = 0; draw < draws; draw++) {
    const valueOf = (code: string): number =>
      drawn.draws.values[drawn.values.findIndex((value) => value.code === code)][draw];
    const text = sampleNormText
      .replace(water, water.replace('value: 3,', `value: ${valueOf('waterPrice')},`))
      .replace(upstream, upstream.replace('value: 0.5,', `value: ${valueOf('share')},`));
    const own = normFrom(text);
    const accounts = [upper, lower].map((observed) => computeAccount(own, observed));
    const whole = wholeOf(accounts, own, flow(amount));
    // A fen for each line and each part of one.
    const near = (name: string, fen: bigint): void =>
      expect(Math.abs(Number(columns.get(name)![draw] - fen))).toBeLessThanOrEqual(10);
    near('total', whole.totals.totalFen);
    near('category regulating', whole.totals.byCategory.regulating);
    for (const [code, fen] of Object.entries(whole.totals.byService)) near(`service ${code}`, fen);
    for (const [code, fen] of Object.entries(whole.totals.byType)) near(`type ${code}`, fen);
    backs.add(whole.totals.totalFen - accounts.reduce((sum, { totals }) => sum + totals.totalFen, 0n));
  }
  expect(backs.size).toBeGreaterThan(2);
});

it('is the account at the values of the norm, with nothing left over', () => {
  const declared = flow({ share: Fraction.of(1n, 3n) });
  const request = { draws: 50, seed };
  const accounts = [upper, lower].map((observed) => computeAccount(norm, observed));
  const whole = wholeOf(accounts, norm, declared);
  const drawn = drawParts(parts, { seed, from: 0, to: 50, draws: 50 }, treeWith(declared));
  const { territory, period, digest, totals } = whole;
  const interval = summariseDraws(drawn, request, { territory, period, norm: whole.norm, digest, totals });
  expect(interval.fixedFen).toBe(0n);
  expect(drawn.totals.byService).toEqual(totals.byService);
  const plain = summariseDraws(drawParts(parts, { seed, from: 0, to: 50, draws: 50 }), request);
  expect(plain.total.accountFen).toBeGreaterThan(interval.total.accountFen);
  expect(interval.total.medianFen).toBeLessThan(plain.total.medianFen);
});

it('refuses more lines at the ends × draws than it keeps', () => {
  const flows = new DrawnFlows(treeWith(flow({ share: Fraction.one })), 4_000_000);
  const { lines } = computeAccount(norm, lower);
  const followed = lines
    .filter((line) => flows.follows('520523', line))
    .map((line) => ({ line, quantities: new Float64Array(0), fens: new BigInt64Array(0) }));
  expect(followed.map(({ line }) => line.service)).toEqual(['waterConservation', 'waterConservation']);
  expect(() => flows.add({ territory: '520523', period: '2024', norm }, followed)).toThrow(/--draws/);
});
