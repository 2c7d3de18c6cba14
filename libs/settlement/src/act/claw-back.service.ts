/** Claims payments back: each clawback is a voucher about the payment that it takes from, so that the book holds it to what was paid. */
import { postVoucher } from '@gep/ledger';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { takeBack } from '../decision/take-back';
import { type DeedDraft, insertDeeds, listDeeds } from '../deed.store';
import { isCorrection } from '../draft/settlement-draft';
import { NothingToRecover } from '../errors';
import { listHeads } from '../settlement.store';
import { attemptsOf, type PartPosting } from './part-posting';
import type { SettlementCase } from './settlement-case.service';

/** @throws NothingToRecover when less was paid than is to be claimed back */
export async function clawBack(
  tx: EntityManager,
  actor: Actor,
  own: SettlementCase,
  parts: readonly PartPosting[],
  effectiveDate: string,
): Promise<void> {
  const { head } = own;
  const wanted = parts.filter(({ moves }) => moves.clawbackFen > 0n);
  if (wanted.length === 0) return;
  const heads = await listHeads(tx, { agreement: head.agreement, fundId: head.fundId });
  const byId = new Map(heads.map((one) => [one.id, one]));
  const deeds = await listDeeds(tx, [...byId.keys()]);
  const isCorrecting = isCorrection(head.kind);
  const [clawback, from] = [
    await own.account(tx, 'clawback'),
    await own.account(tx, isCorrecting ? 'spent' : 'advanced'),
  ];
  const attempt = attemptsOf(own.deeds, 'claw');
  const made: DeedDraft[] = [];
  for (const { part, round, moves } of wanted) {
    const { party, territoryPath } = part;
    const { taken, leftFen } = takeBack(
      deeds,
      { party, fen: moves.clawbackFen },
      (id) => isCorrecting || byId.get(id)?.kind === 'advance',
      (id) => byId.get(id)?.period === head.period,
    );
    if (leftFen > 0n) throw new NothingToRecover(head.code, party, moves.clawbackFen - leftFen, moves.clawbackFen);
    for (const { payment, amountFen } of taken) {
      const number = attempt(party);
      // Whoever was paid in the place of the party owes it back.
      const of = { party: payment.payee ?? party, territoryPath, basis: own.basis(part) };
      const { id: voucherId } = await postVoucher(tx, actor, {
        ...{ businessKey: `settlement:${head.id}:claw:${party}:${number}`, kind: 'clawback', effectiveDate },
        ...{ territoryPath: head.territoryPath, memo: `${head.code} ${head.period}`, aboutVoucher: payment.voucherId },
        postings: [
          { ...of, accountId: clawback, amountFen },
          { ...of, accountId: from, amountFen: -amountFen },
        ],
      });
      made.push({
        ...{ settlementId: head.id, party, territoryPath, deed: 'claw', round, attempt: number, amountFen },
        ...{ moves: null, voucherId, aboutDeed: payment.id, payee: payment.payee, reason: null },
      });
    }
  }
  await insertDeeds(tx, actor, made);
}
