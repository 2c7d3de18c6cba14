/** From which sources of the fund a party was paid last, and into which source others pay. */
import { listReservations, listSources } from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import { SettlementMissing } from '../errors';
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

/** The account of the source that takes in what parties pay. @throws SettlementMissing */
export async function receivingAccount(tx: EntityManager, { head }: SettlementCase, code: string): Promise<string> {
  const source = (await listSources(tx, head.fundId)).find((one) => one.code === code);
  if (source) return source.accountId;
  throw new SettlementMissing(
    {
      zh: `资金 ${head.fundCode} 的来源（收款须有来源，可用 gep fund source 或 POST /api/v1/funds/{id}/sources 增设）`,
      en: `source of the fund ${head.fundCode} (money is taken into a source; gep fund source or POST /api/v1/funds/{id}/sources adds one)`,
    },
    code,
  );
}
