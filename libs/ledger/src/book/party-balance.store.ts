/** SQL of what stands with each party on an account that is kept by party, by what it is about. */
import type { Fen, Period } from '@gep/kernel';
import type { EntityManager } from 'typeorm';

/** What stands with one party on these accounts; accounts without a posting of it are left out. */
export async function sumOfParty(
  tx: EntityManager,
  accountIds: readonly string[],
  party: string,
): Promise<Map<string, Fen>> {
  const rows = await tx.query<{ id: string; posted: string }[]>(
    `select account_id as id, sum(amount_fen) as posted from ledger.posting
     where account_id = any ($1) and party = $2 group by account_id`,
    [accountIds, party],
  );
  return new Map(rows.map(({ id, posted }) => [id, BigInt(posted)]));
}

export interface PartyBalance {
  readonly party: string;
  /** The period that the postings are about. */
  readonly period: Period;
  /** A debit is positive; never zero. */
  readonly postedFen: Fen;
}

/**
 * What stands with each party for these agreements, by party and period.
 * @param agreements as postings name them in their basis
 */
export async function listPartyBalances(
  tx: EntityManager,
  accountId: string,
  agreements: readonly string[],
): Promise<PartyBalance[]> {
  const rows = await tx.query<{ party: string; period: string; posted: string }[]>(
    `select p.party, b.period, sum(p.amount_fen) as posted from ledger.posting p
       join ledger.posting_basis b on b.voucher_id = p.voucher_id and b.basis_no = p.basis_no
     where p.account_id = $1 and p.party is not null and b.agreement = any ($2)
     group by p.party, b.period having sum(p.amount_fen) <> 0 order by p.party, b.period`,
    [accountId, agreements],
  );
  return rows.map(({ posted, ...row }) => ({ ...row, postedFen: BigInt(posted) }));
}
