/** Money that one fund paid and the fund of the payee has not taken in, by the settlement that both name. */
import type { EntityManager } from 'typeorm';
import type { InTransit } from './in-transit';

/** Where the two differ, the oldest first, as far as the actor sees both ends. Reversed vouchers count as not made. */
export async function listInTransit(tx: EntityManager): Promise<InTransit[]> {
  const rows = await tx.query<(Omit<InTransit, 'paidFen' | 'receivedFen'> & { paid: string; received: string })[]>(
    `with paid as (
       select b.agreement, p.party, sum(p.amount_fen) as fen, min(v.effective_date) as since
       from ledger.voucher v join ledger.posting p on p.run_no = v.run_no and p.voucher_id = v.id
         join ledger.posting_basis b on b.voucher_id = v.id and b.basis_no = p.basis_no
         join ledger.book_account a on a.id = p.account_id
       where v.kind = 'payment' and a.by_party and p.amount_fen > 0 and b.agreement is not null
         and p.party in (select replace(public.subpath(territory_path, -1)::text, '_', '-') from ledger.fund)
         and not exists (select from ledger.voucher undone where undone.reverses = v.id)
       group by b.agreement, p.party),
     received as (
       select b.agreement, replace(public.subpath(v.territory_path, -1)::text, '_', '-') as party, sum(p.amount_fen) as fen
       from ledger.voucher v join ledger.posting p on p.run_no = v.run_no and p.voucher_id = v.id
         join ledger.posting_basis b on b.voucher_id = v.id and b.basis_no = p.basis_no
       where v.kind = 'receipt' and p.amount_fen > 0 and b.agreement in (select agreement from paid)
         and not exists (select from ledger.voucher undone where undone.reverses = v.id)
       group by 1, 2)
     select agreement, party, paid.fen as paid, coalesce(received.fen, 0) as received, since
     from paid left join received using (agreement, party)
     where paid.fen <> coalesce(received.fen, 0) order by since, agreement, party`,
  );
  return rows.map(({ paid, received, ...row }) => ({ ...row, paidFen: BigInt(paid), receivedFen: BigInt(received) }));
}
