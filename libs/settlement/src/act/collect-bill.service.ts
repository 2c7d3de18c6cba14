/** Takes in what a party pays of its bill, or of what it owes back. */
import { type Fen, sumFen } from '@gep/kernel';
import { postVoucher } from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { lockSubject, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { insertDeeds } from '../deed.store';
import { judgeCollecting } from '../decision/judge-collecting';
import { SettlementMissing } from '../errors';
import { attemptsOf } from './part-posting';
import { receivingAccount } from './fund-sources.service';
import { SettlementCase } from './settlement-case.service';

export interface CollectWish {
  readonly id: string;
  readonly party: string;
  readonly amountFen: Fen;
  /** `bill` when absent; `clawback`: what it owes back. */
  readonly of?: 'bill' | 'clawback';
  /** Code of the source of the fund that takes it in; when absent, of a bill `levied`, of a clawback the one it was paid from. */
  readonly source?: string;
  readonly effectiveDate?: string;
  readonly reason?: string;
}

/** @throws SettlementMissing, SettlementConflict when more is paid than is open, and what posting throws */
export async function collectBill(
  tx: EntityManager,
  actor: Actor,
  wish: CollectWish,
): Promise<{ readonly voucherId: string }> {
  const { id, party, amountFen, of = 'bill' } = wish;
  await lockSubject(tx, { kind: 'settlement', id });
  const own = await SettlementCase.read(tx, id);
  const { head, deeds } = own;
  const part = own.part(party);
  if (!part) throw new SettlementMissing({ zh: '结算的对方', en: 'party of the settlement' }, party);
  const kind = of === 'bill' ? 'collect' : 'recover';
  const paid = (by: 'collect' | 'recover'): Fen =>
    sumFen(deeds.filter((one) => one.deed === by && one.party === party).map((one) => one.amountFen));
  const { billedFen, clawbackFen } = own.done(party);
  const owed = { bill: billedFen - paid('collect'), clawback: clawbackFen - paid('recover') };
  judgeCollecting(head.code, { party, of, amountFen }, owed);
  const into = await receivingAccount(tx, own, {
    source: wish.source,
    clawedFrom: of === 'clawback' ? party : undefined,
  });
  const from = await own.account(tx, of === 'bill' ? 'billed' : 'clawback');
  const attempt = attemptsOf(deeds, kind)(party);
  const { territoryPath } = part;
  // Whoever was paid in the place of the party owes it back in its place.
  const payee = of === 'bill' ? null : deeds.findLast((one) => one.deed === 'claw' && one.party === party)?.payee;
  const posting = { party: payee ?? party, territoryPath, basis: own.basis(part) };
  const { id: voucherId } = await postVoucher(tx, actor, {
    ...{
      businessKey: `settlement:${id}:${kind}:${party}:${attempt}`,
      kind: 'receipt',
      territoryPath: head.territoryPath,
    },
    ...{
      effectiveDate: wish.effectiveDate ?? (await todayOf(tx)),
      memo: wish.reason?.trim() || `${head.code} ${party}`,
    },
    postings: [
      { ...posting, accountId: into, amountFen },
      { ...posting, accountId: from, amountFen: -amountFen },
    ],
  });
  await insertDeeds(tx, actor, [
    {
      ...{ settlementId: id, party, territoryPath, deed: kind, round: own.round, attempt, amountFen, moves: null },
      ...{ voucherId, aboutDeed: null, payee: null, reason: wish.reason?.trim() || null },
    },
  ]);
  return { voucherId };
}
