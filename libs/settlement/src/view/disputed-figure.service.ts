/** What an appeal may be about: a unit of the settlement, a party of it, or the whole, with its amount as it stands. */
import type { Fen } from '@gep/kernel';
import type { PaidAlready, StandingFigure } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { paidByParty } from '../compute/standing.service';
import { netOf } from '../decision/settlement-part';
import { listDeeds } from '../deed.store';
import { isFund } from '../draft/settlement-draft';
import { listLines, listParts } from '../settlement.store';

/** The amount of a unit is the sum of its lines, that of a party its part; of the whole, what all parties are given. */
export async function disputedFigure(
  tx: EntityManager,
  settlementId: string,
  figure: string,
): Promise<StandingFigure | undefined> {
  const parts = await listParts(tx, { settlementIds: [settlementId] });
  if (parts.length === 0) return undefined;
  if (figure === '') {
    const amountFen = parts.reduce((sum, { entitledFen }) => sum + (entitledFen > 0n ? entitledFen : 0n), 0n);
    const parties = parts.map(({ party }) => party);
    return { amountFen, parties, paid: await paidOf(tx, settlementId, parties, 0n) };
  }
  const all = await listLines(tx, settlementId);
  const lines = all.filter(({ unit }) => unit === figure);
  if (lines.length > 0) {
    const parties = [...new Set(lines.flatMap(({ fromParty, toParty }) => [fromParty, toParty]))].filter(
      (party) => !isFund(party),
    );
    const beside = netOf(all.filter(({ unit }) => unit !== figure));
    const othersFen = parties.reduce((sum, party) => sum + (beside.get(party) ?? 0n), 0n);
    return {
      ...{ amountFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0n), parties },
      paid: await paidOf(tx, settlementId, parties, othersFen),
    };
  }
  const part = parts.find(({ party }) => party === figure);
  return part && { amountFen: part.entitledFen, parties: [figure], paid: await paidOf(tx, settlementId, [figure], 0n) };
}

/** @param othersFen what their other units come to, which are held to be paid first */
async function paidOf(
  tx: EntityManager,
  settlementId: string,
  parties: readonly string[],
  othersFen: Fen,
): Promise<PaidAlready | null> {
  const paid = paidByParty(await listDeeds(tx, [settlementId]));
  const paidFen = parties.reduce((sum, party) => sum + (paid.get(party) ?? 0n), -othersFen);
  return paidFen > 0n ? { paidFen, remedy } : null;
}

/** Adjustments go forward: Government Procurement Law art. 49 for supplements; what was posted stays. */
const remedy = {
  zh: '已付的不改也不冻结；异议成立的，更正数字后以更正结算多退少补：账户重述后自动起草更正（gep settlement impact、true-up），规则或表格有误的，另提交 kind 为 true-up、about 写明本结算的草案（gep settlement compute 或 POST /api/v1/settlements）；少付的补付，多付的至多追回已付之数',
  en: 'what was paid is neither edited nor frozen; if it is upheld, the figure is mended and a correction pays or takes back the difference: after a restatement it is drafted by itself (gep settlement impact, true-up), of a mistake in the rule or the table by a draft of kind true-up that names this settlement in "about" (gep settlement compute, or POST /api/v1/settlements); what is short is paid, and no more is taken back than was paid',
};
