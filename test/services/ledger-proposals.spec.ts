/** What is done with money by hand: three persons, within purposes and years, surplus back to the treasury, nothing out of a source unseen. */
import { randomUUID } from 'node:crypto';
import {
  type BalanceInsufficient,
  FundRefused,
  LedgerMissing,
  listProposals,
  ProposalRefused,
  type ProposalAct,
  stateOfProposal,
  VoucherRefused,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { Client } from 'pg';
import { approver, county, LedgerTest, payer, preparer } from './ledger-setup';

let book: LedgerTest;
let fundId: string;
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
beforeAll(async () => {
  book = await LedgerTest.start();
  fundId = await book.openFund('eco', {
    ...{ free: [year, 1000n], water: [year, 500n, 'water'], both: [year, 100n, 'water', 'forest'] },
    ...{ lastyear: [year - 1, 300n], old: [year - 2, 700n], older: [year - 5, 90n, 'forest'] },
  });
});
afterAll(() => book.close());

const reason = 'by order of the bureau';
const transfer = (from: string, to: string, amountFen: bigint) =>
  book.proposals.transfer(preparer, { fundId, from, to, amountFen, reason }, randomUUID());
const act = (proposalId: string, by: Actor, deed: ProposalAct, key: string = randomUUID()) =>
  book.proposals.act(by, { proposalId, act: deed, reason }, key);
const money = async () =>
  Object.fromEntries((await book.sources(fundId)).map(({ code, availableFen }) => [code, availableFen]));
const stateNow = async (id: string) =>
  stateOfProposal((await book.test.db.snapshot(preparer, (tx) => listProposals(tx, { id })))[0]);

it('moves money between sources by three persons, who are told what each may do', async () => {
  const key = randomUUID();
  const wish = { fundId, from: 'free', to: 'water', amountFen: 200n, reason };
  const twice = await Promise.all([1, 2].map(() => book.proposals.transfer(preparer, wish, key)));
  expect(twice[0].ids).toEqual(twice[1].ids);
  const [id] = twice[0].ids;
  expect(await money()).toMatchObject({ free: 800n, water: 500n });
  for (const [by, deed] of [
    [preparer, 'approve'],
    [preparer, 'post'],
    [payer, 'post'],
    [payer, 'withdraw'],
  ] as const)
    await expect(act(id, by, deed)).rejects.toThrow(ProposalRefused);
  await act(id, approver, 'approve');
  await expect(act(id, approver, 'post')).rejects.toThrow(ProposalRefused);
  const paid = await Promise.allSettled([1, 2, 3].map(() => act(id, payer, 'post')));
  expect(paid.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await money()).toMatchObject({ free: 800n, water: 700n });
  expect(await stateNow(id)).toBe('posted');
  await expect(act(id, payer, 'refuse')).rejects.toThrow(ProposalRefused);
  expect(await book.invariants()).toEqual([]);
});

it('keeps bound money bound and lets no money get younger', async () => {
  for (const [from, to] of [
    ['water', 'free'],
    ['water', 'both'],
    ['lastyear', 'free'],
    ['free', 'free'],
  ])
    await expect(transfer(from, to, 1n)).rejects.toThrow(FundRefused);
  await expect(transfer('free', 'nothing', 1n)).rejects.toThrow(LedgerMissing);
  await expect(transfer('free', 'water', 0n)).rejects.toThrow(FundRefused);
  await expect(transfer('free', 'water', 10_000n)).rejects.toMatchObject({ code: 'ledger.balance-insufficient' });
  const [id] = (await transfer('both', 'water', 100n)).ids;
  expect((await money()).both).toBe(0n);
  await act(id, payer, 'refuse');
  expect([(await money()).both, await stateNow(id)]).toEqual([100n, 'refused']);
  const [mine] = (await transfer('both', 'water', 100n)).ids;
  await act(mine, preparer, 'withdraw');
  expect([(await money()).both, await stateNow(mine)]).toEqual([100n, 'withdrawn']);
});

it('returns what two years have not spent, and nothing younger, once', async () => {
  const sweep = () => book.proposals.sweepSurplus(preparer, { fundId, reason: 'Budget Law art. 42' }, randomUUID());
  const both = await Promise.all([sweep(), sweep()]);
  const ids = both.flatMap((answer) => answer.ids);
  expect(ids).toHaveLength(2);
  for (const id of ids) {
    await act(id, approver, 'approve');
    await act(id, payer, 'post');
  }
  expect(await money()).toMatchObject({ old: 0n, older: 0n, lastyear: 300n });
  expect((await book.balance('eco.returned')).postedFen).toBe(790n);
  expect((await sweep()).ids).toEqual([]);
  expect(await book.invariants()).toEqual([]);
});

it('writes off no more than a party owes, and adjusts by hand what is no money of a source', async () => {
  const bill = {
    ...{ fundId, reason, ruleEdition: 'ruling 2025-7', period: '2025' },
    postings: [
      { account: 'billed', party: 'works', amountFen: 80n },
      { account: 'levied', party: null, amountFen: -80n },
    ],
  } as const;
  const [adjusted] = (await book.proposals.adjust(preparer, bill, randomUUID())).ids;
  await act(adjusted, approver, 'approve');
  await act(adjusted, payer, 'post');
  const writeOff = (amountFen: bigint) =>
    book.proposals.writeOff(
      preparer,
      { fundId, reason, claim: 'billed', party: 'works', amountFen, period: '2025' },
      randomUUID(),
    );
  await expect(writeOff(81n)).rejects.toMatchObject({ code: 'ledger.balance-insufficient' });
  const [one, two] = [(await writeOff(50n)).ids[0], (await writeOff(50n)).ids[0]];
  for (const id of [one, two]) await act(id, approver, 'approve');
  await act(one, payer, 'post');
  // Both looked right when they were proposed; only one of them still is.
  await expect(act(two, payer, 'post')).rejects.toThrow(
    expect.objectContaining<Partial<BalanceInsufficient>>({ code: 'ledger.balance-insufficient' }),
  );
  expect((await book.balance('eco.written-off')).postedFen).toBe(50n);
  const unbalanced = { ...bill, postings: [bill.postings[0], { ...bill.postings[1], amountFen: -79n }] };
  await expect(book.proposals.adjust(preparer, unbalanced, randomUUID())).rejects.toThrow(VoucherRefused);
  expect(await book.invariants()).toEqual([]);
});

it('is held by the database to three persons and to its words', async () => {
  const [id] = (await transfer('free', 'water', 5n)).ids;
  const step = (actor: string, deed: string) =>
    book.test.db.transaction({ id: actor, name: actor, scope: [county] }, (tx) =>
      tx.query(
        `insert into ledger.proposal_step (proposal_id, act, reason, actor_name) values ($1, $2, 'by hand', 'by hand')`,
        [id, deed],
      ),
    );
  await expect(step('preparer', 'approve')).rejects.toThrow(/not the next step/);
  await expect(step('someone', 'withdraw')).rejects.toThrow(/not the next step/);
  await step('someone', 'approve');
  await expect(step('another', 'approve')).rejects.toThrow(/not the next step/);
  const superuser = new Client({ connectionString: book.test.superuserUrl });
  await superuser.connect();
  for (const table of ['proposal', 'proposal_step'])
    await expect(superuser.query(`update ledger.${table} set reason = 'other'`)).rejects.toThrow(/append-only/);
  await superuser.end();
});
