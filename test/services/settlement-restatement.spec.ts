/** Restated accounts and the money that was paid by them: nothing posted is edited, nobody is corrected twice. */
import { randomUUID } from 'node:crypto';
import {
  above,
  checker,
  here,
  preparer,
  refusalOf,
  startRestatements,
  there,
  type RestatementsTest,
} from './restatement-setup';
import { holder } from './review-setup';

let it$: RestatementsTest;
beforeEach(async () => {
  it$ = await startRestatements();
  await it$.publish(here, 3);
  await it$.publish(there, 1);
});
afterEach(() => it$.close());

const duesOf = async (id: string) =>
  Object.fromEntries(
    (await it$.view(id)).parts.map((part) => [
      part.party,
      [part.claimFen, -part.billFen, -part.clawbackFen, part.waitingFen].map(String).join(' '),
    ]),
  );

it('is refused before payment, computed anew as the next version, and goes the whole way again (E5)', async () => {
  const id = await it$.compute(it$.draft('share-2024', 'share'));
  expect(await duesOf(id)).toEqual({ [here]: '75000 0 0 0', [there]: '25000 0 0 0' });
  await it$.settlements.act(checker, { act: 'confirm', id }, randomUUID());
  const restated = await it$.restate(here, 4);
  // Refused from the restatement on, before anybody was told of it.
  expect(await refusalOf(it$.settlements.act(preparer, { act: 'reserve', id }, randomUUID()))).toBe(
    'settlement.figures-restated',
  );
  expect(await it$.answer(restated)).toMatchObject([{ about: id, outcome: 'stale', correction: null }]);
  const again = await it$.trueUps.recompute(preparer, id, 'key');
  expect(again).toMatchObject({ code: 'share-2024.v2', replaces: id });
  expect(await it$.trueUps.recompute(preparer, id, 'key')).toEqual(again);
  expect((await it$.view(id)).state).toBe('withdrawn');
  expect((await it$.view(again.id)).state).toBe('computed');
  expect(await duesOf(again.id)).toEqual({ [here]: '80000 0 0 0', [there]: '20000 0 0 0' });
  expect(await refusalOf(it$.trueUps.recompute(preparer, again.id, randomUUID()))).toBe('settlement.not-to-recompute');
  expect((await it$.pay(again.id)).state).toBe('closed');
  expect(await it$.netPaid()).toEqual({ [here]: 80000n, [there]: 20000n });
  expect(await refusalOf(it$.trueUps.recompute(preparer, again.id, randomUUID()))).toBe('settlement.not-to-recompute');
});

it('is left to its mechanism where that keeps it', async () => {
  const id = await it$.compute({ ...it$.draft('rate-2024', 'rate'), gatedBy: 'compensation' });
  await it$.answer(await it$.restate(here, 4));
  expect(await refusalOf(it$.trueUps.recompute(preparer, id, randomUUID()))).toBe('settlement.gated');
});

it('is corrected after payment by a settlement of its own, once, and a second restatement against the first correction (E6)', async () => {
  const id = await it$.compute(it$.draft('share-2024', 'share'));
  await it$.pay(id);
  const posted = await it$.accounting.test.db.snapshot(preparer, (tx) =>
    tx.query('select id, body_digest from ledger.voucher order by recorded_at, id'),
  );
  const restated = await it$.restate(here, 4);
  const before = await it$.trueUps.impactOf(preparer, restated);
  expect(before.settlements).toMatchObject([{ id, state: 'closed', outcome: 'open', correction: null }]);
  expect(before.settlements[0].parts).toMatchObject([
    { party: there, beforeFen: 25000n, afterFen: 20000n, paidFen: 25000n, dueFen: -5000n },
    { party: here, beforeFen: 75000n, afterFen: 80000n, paidFen: 75000n, dueFen: 5000n },
  ]);
  const [record, ...more] = await it$.answer(restated);
  expect(more).toEqual([]);
  expect(record).toMatchObject({ about: id, outcome: 'drafted' });
  expect(await it$.answer(restated)).toEqual([record]);
  const first = record.correction!;
  expect((await it$.view(first)).gist).toMatchObject({ code: 'share-2024.c1', kind: 'true-up' });
  expect(await duesOf(first)).toEqual({ [here]: '5000 0 0 0', [there]: '0 0 -5000 0' });
  expect((await it$.view(first)).state).toBe('computed');
  await it$.pay(first);
  expect(await it$.netPaid()).toEqual({ [here]: 80000n, [there]: 20000n });

  const twice = await it$.restate(here, 1);
  const [second] = await it$.answer(twice);
  expect(await duesOf(second.correction!)).toEqual({ [here]: '0 0 -30000 0', [there]: '30000 0 0 0' });
  await it$.pay(second.correction!);
  expect(await it$.netPaid()).toEqual({ [here]: 50000n, [there]: 50000n });
  expect(await it$.answer(restated)).toEqual([record]);
  const after = await it$.trueUps.impactOf(preparer, twice);
  expect(after.settlements).toMatchObject([{ id, outcome: 'drafted', correction: { id: second.correction } }]);
  expect(after.settlements[0].parts).toMatchObject([
    { party: there, beforeFen: 25000n, afterFen: 50000n, settledFen: 50000n, dueFen: 0n },
    { party: here, beforeFen: 75000n, afterFen: 50000n, settledFen: 50000n, paidFen: 50000n, dueFen: 0n },
  ]);
  const now = await it$.accounting.test.db.snapshot(preparer, (tx) =>
    tx.query('select id, body_digest from ledger.voucher order by recorded_at, id'),
  );
  expect(now.slice(0, posted.length)).toEqual(posted);
  expect(await it$.invariants()).toEqual([]);
});

it('replaces a drafted correction that was overtaken, and drafts one for all that was restated', async () => {
  const id = await it$.compute(it$.draft('share-2024', 'share'));
  await it$.pay(id);
  const one = await it$.restate(here, 4);
  const [first] = await it$.answer(one);
  const other = await it$.restate(there, 2);
  const [second] = await it$.answer(other);
  expect((await it$.view(first.correction!)).state).toBe('withdrawn');
  expect((await it$.view(second.correction!)).gist.code).toBe('share-2024.c2');
  expect(await duesOf(second.correction!)).toEqual({ [here]: '0 0 -8333 0', [there]: '8333 0 0 0' });
  // Asked again about the first, the same correction stands.
  expect(await it$.trueUps.draftFor(preparer, id, randomUUID())).toMatchObject({ correction: second.correction });
});

it('pays more only within the limit of the contract, over all supplements; the next settlement takes the rest', async () => {
  const trueUp = { way: 'supplement', supplementLimit: '0.1' } as const;
  const id = await it$.compute(it$.draft('rate-2024', 'rate', { trueUp }));
  expect(await duesOf(id)).toEqual({ [here]: '3000 0 0 0', [there]: '1000 0 0 0' });
  await it$.pay(id);
  const [{ correction }] = await it$.answer(await it$.restate(here, 3.3));
  expect((await it$.view(correction!)).gist.kind).toBe('supplement');
  expect(await duesOf(correction!)).toMatchObject({ [here]: '300 0 0 0' });
  await it$.pay(correction!);
  const [{ correction: more }] = await it$.answer(await it$.restate(here, 3.6));
  expect(await duesOf(more!)).toMatchObject({ [here]: '100 0 0 200' });
  await it$.pay(more!);
  expect(await it$.netPaid()).toMatchObject({ [here]: 3400n });
  const next = await it$.compute(it$.tabled('rate-2025', 'rate', [10_000, 10_000], { trueUp, period: '2025' }));
  expect(await duesOf(next)).toEqual({ [here]: '1200 0 0 0', [there]: '1000 0 0 0' });
});

it('lets a difference wait for the next cycle, where it is added and set off', async () => {
  const trueUp = { way: 'next-cycle' } as const;
  const id = await it$.compute(it$.draft('rate-2024', 'rate', { trueUp }));
  await it$.pay(id);
  const up = await it$.restate(here, 4);
  const down = await it$.restate(there, 0.5);
  await it$.answer(up);
  const [{ correction }] = await it$.answer(down);
  expect(await duesOf(correction!)).toEqual({ [here]: '0 0 0 1000', [there]: '0 0 0 -500' });
  await it$.pay(correction!);
  expect(await it$.netPaid()).toEqual({ [here]: 3000n, [there]: 1000n });
  const later = await it$.compute(it$.tabled('rate-2025', 'rate', [20_000, 3_000], { trueUp, period: '2025' }));
  expect(await duesOf(later)).toEqual({ [here]: '3000 0 0 0', [there]: '0 0 0 0' });
});

it('freezes the disputed party alone, and goes on with it when the objection has ended (E7)', async () => {
  const id = await it$.compute(it$.draft('rate-2024', 'rate'));
  const objection = await it$.object(id, here);
  await it$.pay(id);
  expect(await it$.netPaid()).toEqual({ [there]: 1000n });
  await it$.restate(here, 4);
  const [{ correction }] = await it$.answer(await it$.restate(there, 2));
  expect(await duesOf(correction!)).toEqual({ [here]: '0 0 0 4000', [there]: '1000 0 0 0' });
  await it$.pay(correction!);
  expect(await it$.netPaid()).toEqual({ [there]: 2000n });
  await objection.withdraw();
  const again = await it$.trueUps.resume(preparer, id);
  expect(again).toMatchObject({ outcome: 'drafted' });
  expect(await duesOf(again!.correction!)).toEqual({ [here]: '4000 0 0 0', [there]: '0 0 0 0' });
  expect(await it$.trueUps.resume(preparer, id)).toEqual(again);
  await it$.pay(again!.correction!);
  expect(await it$.netPaid()).toEqual({ [here]: 4000n, [there]: 2000n });
  expect(await it$.trueUps.resume(preparer, id)).toMatchObject({ outcome: 'unchanged' });
  expect(await it$.invariants()).toEqual([]);
});

it('holds a correction that is on its way while its party objects, and drafts it anew when that has ended', async () => {
  const id = await it$.compute(it$.draft('rate-2024', 'rate'));
  await it$.pay(id);
  const [{ correction }] = await it$.answer(await it$.restate(here, 4));
  const objection = await it$.object(id, here);
  // A round in which nothing else could move is refused, with whom it waits for.
  await expect(it$.pay(correction!)).rejects.toMatchObject({ code: 'settlement.nothing-now' });
  expect(await it$.netPaid()).toMatchObject({ [here]: 3000n });
  await objection.withdraw();
  await it$.pay(correction!);
  expect(await it$.netPaid()).toMatchObject({ [here]: 4000n });
});

it('corrects once where a county and the prefecture above it were both restated', async () => {
  await it$.publish(above, 0);
  const draft = it$.draft('rate-2024', 'rate');
  const id = await it$.compute({ ...draft, input: { ...draft.input, units: [here, above] } as never });
  expect(await duesOf(id)).toEqual({ [above]: '4000 0 0 0', [here]: '3000 0 0 0' });
  await it$.pay(id);
  for (const territory of [here, above]) await it$.reviews.act('restate', holder('approver', territory), territory);
  await it$.publish(here, 4);
  await it$.publish(above, 0);
  const [county, whole] = [await it$.latest(here), await it$.latest(above)];
  const [first] = await it$.answer(county);
  const [second] = await it$.answer(whole);
  expect(second).toMatchObject({ about: id, outcome: 'drafted', correction: first.correction });
  expect(await duesOf(first.correction!)).toEqual({ [above]: '1000 0 0 0', [here]: '1000 0 0 0' });
});

it('does not true up what was falsified, and lists what rests on it (E26)', async () => {
  const id = await it$.compute(it$.draft('share-2024', 'share'));
  await it$.pay(id);
  const restated = await it$.restate(here, 1, '造假：监测数据被证实篡改');
  expect(await it$.answer(restated)).toMatchObject([{ about: id, outcome: 'falsified', correction: null }]);
  expect(await refusalOf(it$.trueUps.draftFor(preparer, id, randomUUID()))).toBe('settlement.restatement-falsified');
  expect(await it$.trueUps.impactOf(preparer, restated)).toMatchObject({
    isFalsified: true,
    settlements: [{ id, outcome: 'falsified' }],
  });
});

it('only lists where the agreement knows no true-up, and drafts nothing where nothing changes', async () => {
  const id = await it$.compute(it$.draft('share-2024', 'share', { trueUp: { way: 'none' } }));
  await it$.pay(id);
  const rate = await it$.compute(
    it$.draft('rate-2024', 'rate', { input: { ...it$.draft('x', 'rate').input, units: [there] } as never }),
  );
  await it$.pay(rate);
  const restated = await it$.restate(here, 4);
  expect(await it$.answer(restated)).toMatchObject([{ about: id, outcome: 'listed' }]);
  expect(await refusalOf(it$.trueUps.draftFor(preparer, rate, randomUUID()))).toBe('settlement.not-to-recompute');
});
