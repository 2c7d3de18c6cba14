/** The opposite of a voucher with more postings than anybody reads out: the database writes it from the rows that are there. */
import { assert, type Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { listAccounts, lockAccounts } from '../book/book.store';
import { checkAccounts } from '../voucher/check-voucher';
import type { VoucherRecord } from '../voucher/voucher.store';
import { closeRun } from './post-run.store';

/** What a voucher moved. */
export interface MovedByVoucher {
  /** By account. */
  readonly sums: ReadonlyMap<string, Fen>;
  /** ltree texts. */
  readonly territories: readonly string[];
}

export async function listMoved(tx: EntityManager, { id, runNo }: VoucherRecord): Promise<MovedByVoucher> {
  const sums = await tx.query<{ account: string; fen: string }[]>(
    'select account_id as account, sum(amount_fen) as fen from ledger.posting where run_no = $1 and voucher_id = $2 group by account_id',
    [runNo, id],
  );
  const territories = await tx.query<{ path: string }[]>(
    'select distinct territory_path::text as path from ledger.posting where run_no = $1 and voucher_id = $2',
    [runNo, id],
  );
  return {
    sums: new Map(sums.map(({ account, fen }) => [account, BigInt(fen)])),
    territories: territories.map(({ path }) => path),
  };
}

/** @throws BalanceInsufficient, VoucherRefused when a party has less than is taken from it */
export async function fillOpposite(
  tx: EntityManager,
  original: VoucherRecord,
  reversal: { readonly id: string; readonly runNo: string; readonly businessKey: string },
  moved: ReadonlyMap<string, Fen>,
): Promise<void> {
  const { id, runNo, businessKey } = reversal;
  const ids = [...moved.keys()];
  await lockAccounts(tx, ids);
  const states = new Map((await listAccounts(tx, { ids })).map((state) => [state.account.id, state]));
  const sums = new Map([...moved].map(([account, fen]) => [account, -fen]));
  checkAccounts({ businessKey, isReversal: true }, sums, states);
  await tx.query(
    `insert into ledger.posting_basis (voucher_id, basis_no, kind, rule_edition, vintage_id, agreement, period, territory_path)
     select $2, basis_no, 'reversal', rule_edition, vintage_id, agreement, period, territory_path
     from ledger.posting_basis where voucher_id = $1`,
    [original.id, id],
  );
  assert(/^\d+$/.test(runNo), 'the number of a run is a number');
  const table = runNo === '0' ? 'ledger.posting' : `ledger.posting_run_${runNo}`;
  await tx.query(
    `insert into ${table} (run_no, amount_fen, recorded_at, posting_no,
       effective_date, basis_no, voucher_id, account_id, party, territory_path)
     select v.run_no, -p.amount_fen, v.recorded_at, p.posting_no, v.effective_date, p.basis_no, v.id, p.account_id, p.party,
       p.territory_path
     from ledger.posting p, ledger.voucher v where p.run_no = $1 and p.voucher_id = $2 and v.id = $3`,
    [original.runNo, original.id, id],
  );
  if (runNo !== '0') await closeRun(tx, businessKey, runNo, id);
}
