/** From which sources of the fund a party was paid last, and into which source others pay. */
import { listReservations, listSources } from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import { listDeeds, listShares } from '../deed.store';
import { SettlementMissing } from '../errors';
import { listHeads } from '../settlement.store';
import type { SettlementCase } from './settlement-case.service';

/** Accounts and amounts of the reservations that the last payment of a party was taken from. */
export async function listFundSources(
  tx: EntityManager,
  { deeds, shares }: SettlementCase,
  party: string,
): Promise<Map<string, bigint>> {
  const last = deeds.findLast((one) => one.deed === 'pay' && one.party === party);
  const rounds = deeds
    .filter((one) => one.deed === 'pay' && one.party === party && one.voucherId === last?.voucherId)
    .map(({ round }) => round);
  const ids = shares
    .filter((share) => share.party === party && rounds.includes(share.round))
    .flatMap(({ reservationIds }) => reservationIds);
  const sources = new Map<string, bigint>();
  for (const { accountId, amountFen } of ids.length === 0 ? [] : await listReservations(tx, { ids }))
    sources.set(accountId, (sources.get(accountId) ?? 0n) + amountFen);
  return sources;
}

/**
 * The account of the source that takes in what parties pay: the one named, for a clawback the one it was paid from, else
 * `levied`, else for a clawback the only source of the fund.
 * @throws SettlementMissing
 */
export async function receivingAccount(
  tx: EntityManager,
  own: SettlementCase,
  { source: named, clawedFrom }: { readonly source?: string; readonly clawedFrom?: string },
): Promise<string> {
  const { fundId, fundCode } = own.head;
  const sources = await listSources(tx, fundId);
  const codeOf = new Map(sources.map(({ accountId, code }) => [accountId, code]));
  const paidFrom = clawedFrom === undefined || named !== undefined ? [] : await accountsClawed(tx, own, clawedFrom);
  const wanted = named ?? (paidFrom.length === 1 ? codeOf.get(paidFrom[0]) : undefined) ?? 'levied';
  const isOnlyOne = named === undefined && clawedFrom !== undefined && sources.length === 1;
  const found = sources.find(({ code }) => code === wanted) ?? (isOnlyOne ? sources[0] : undefined);
  if (found) return found.accountId;
  const codes = sources.map(({ code }) => code);
  throw new SettlementMissing(
    {
      zh: `资金 ${fundCode} 的来源（现有 ${codes.join('、') || '无'}，见 gep fund list；以 --source 或请求的 source 指明收入哪个来源，或以 gep fund source、POST /api/v1/funds/{id}/sources 增设）`,
      en: `source of the fund ${fundCode} (it has ${codes.join(', ') || 'none'}, see gep fund list; --source, or source of the request, names the one that takes it in; gep fund source or POST /api/v1/funds/{id}/sources adds one)`,
    },
    wanted,
  );
}

/** Accounts of the sources from which the payments were taken that a party owes back. */
async function accountsClawed(tx: EntityManager, { head, deeds }: SettlementCase, party: string): Promise<string[]> {
  const about = deeds.filter((one) => one.deed === 'claw' && one.party === party).map(({ aboutDeed }) => aboutDeed);
  const heads = await listHeads(tx, { agreement: head.agreement, fundId: head.fundId });
  const ids = heads.map(({ id }) => id);
  const paid = (await listDeeds(tx, ids)).filter(({ id }) => about.includes(id));
  const held = (await listShares(tx, ids)).filter((share) =>
    paid.some(
      ({ settlementId, party: to, round }) =>
        settlementId === share.settlementId && to === share.party && round === share.round,
    ),
  );
  const reservations = held.flatMap(({ reservationIds }) => reservationIds);
  if (reservations.length === 0) return [];
  const taken = await listReservations(tx, { ids: reservations });
  return [...new Set(taken.map(({ accountId }) => accountId))];
}
