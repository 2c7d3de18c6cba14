/** A crowd at settlements: every act once, however often and by however many it is asked for at the same moment. */
import { randomUUID } from 'node:crypto';
import { listVouchers } from '@gep/ledger';
import { actOnSettlement, type SettlementWish } from '@gep/settlement';
import type { Actor } from '@gep/platform';
import { approver, checker, payer, preparer, resultRule, SettlementTest } from './settlement-setup';

const settlements = process.env['GEP_MANY_CASES'] ? 200 : 12;
const times = 20;
const connections = 40;

let place: SettlementTest;
beforeAll(async () => {
  place = await SettlementTest.start(connections);
  await place.openFund('eco', 100_000_000n);
});
afterAll(() => place.close());

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
function shuffled<T>(list: readonly T[]): T[] {
  let state = seed % 2_147_483_647;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  return list
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

async function inFlight(calls: readonly (() => Promise<unknown>)[]): Promise<PromiseSettledResult<unknown>[]> {
  const results: PromiseSettledResult<unknown>[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < calls.length; at = next++) [results[at]] = await Promise.allSettled([calls[at]()]);
  };
  await Promise.all(Array.from({ length: connections }, work));
  return results;
}

const deadlocks = async (): Promise<number> => {
  const [{ n }] = await place.test.db.snapshot(preparer, (tx) =>
    tx.query<[{ n: string }]>(`select deadlocks as n from pg_stat_database where datname = current_database()`),
  );
  return Number(n);
};

/** What refused a call: told by the state of the settlement, never by the database. */
const codesOf = (results: readonly PromiseSettledResult<unknown>[]): string[] => [
  ...new Set(
    results.flatMap((one) =>
      one.status === 'rejected' ? [String((one.reason as { code?: string }).code ?? one.reason)] : [],
    ),
  ),
];

it(`carries ${settlements} settlements, each act called ${times} times at once, to one voucher for each party`, async () => {
  process.stdout.write(`seed ${seed}\n`);
  const before = await deadlocks();
  const started = Date.now();
  const agreements = Array.from({ length: settlements }, (_, at) => `crowd-${at}`);
  for (const agreement of agreements) await place.adopt(resultRule, agreement);
  const drafts = agreements.map((agreement, at) =>
    place.draft(`s-${at}`, agreement, { '990101': at + 1, '990102': 2 * at + 1, '990103': -1 }),
  );
  const timesTwenty = <T>(list: readonly T[]): T[] => list.flatMap((one) => Array.from({ length: times }, () => one));
  const computed = await inFlight(
    shuffled(timesTwenty(drafts)).map((draft) => () => place.settlements.compute(preparer, draft, randomUUID())),
  );
  expect(codesOf(computed)).toEqual([]);
  const ids = [...new Set(computed.map((one) => (one as PromiseFulfilledResult<{ id: string }>).value.id))];
  expect(ids).toHaveLength(settlements);
  const acts = [
    ['confirm', checker],
    ['reserve', preparer],
    ['approve', approver],
    ['pay', payer],
  ] as const satisfies readonly (readonly [SettlementWish['act'], Actor])[];
  for (const [act, actor] of acts) {
    // Half of the callers send the same key, half one of their own.
    const calls = shuffled(timesTwenty(ids.map((id) => ({ id, key: randomUUID() })))).map(({ id, key }, at) => () => {
      const wish = { id, act } as SettlementWish;
      return place.settlements.act(actor, wish, at % 2 === 0 ? key : randomUUID());
    });
    expect(codesOf(await inFlight(calls)).filter((code) => code !== 'procedure.not-now')).toEqual([]);
  }
  const vouchers = await place.test.db.snapshot(preparer, (tx) => listVouchers(tx, {}));
  const keys = vouchers.map(({ businessKey }) => businessKey);
  expect(keys.filter((key) => /^settlement:[^:]+:pay:/.test(key))).toHaveLength(2 * settlements);
  expect(vouchers.filter(({ kind }) => kind === 'settlement')).toHaveLength(settlements);
  for (const id of ids)
    expect((await place.view(id)).parts.map(({ state }) => state)).toEqual(['paid', 'paid', 'billed']);
  expect(await place.balance('payable')).toBe(0n);
  const sum = agreements.reduce((total, _, at) => total + BigInt(3 * at + 2) * 100n, 0n);
  expect(await place.balance('spent')).toBe(sum);
  const seconds = (Date.now() - started) / 1000;
  const found = (await deadlocks()) - before;
  process.stdout.write(`${settlements} settlements × ${times} callers × 5 acts: ${seconds} s, ${found} deadlocks\n`);
  expect(found).toBe(0);
}, 900_000);

it('takes one of a bill paid twice at the same moment by two persons, and stands whole', async () => {
  const [{ id }] = await place.settlements.list(preparer, { code: 's-0' });
  const results = await inFlight(
    Array.from(
      { length: 10 },
      () => () =>
        place.test.db.transaction(preparer, (tx) =>
          actOnSettlement(tx, preparer, place.tools, { id, act: 'collect', party: '990103', amountFen: 100n }),
        ),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(codesOf(results)).toEqual(['settlement.conflict']);
  expect(await place.brokenInvariants()).toEqual([]);
});
