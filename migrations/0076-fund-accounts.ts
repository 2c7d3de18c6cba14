// Funds advance money, bill those who owe, and write off what nobody can pay: accounts for it, of the funds that are there as well.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FundAccounts1790000076000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      select set_config('gep.scope', '{CN}', true), set_config('gep.actor', 'system:migration', true);
      insert into ledger.book_account (code, name_zh, name_en, sign_rule, by_party, territory_path)
        select f.code || '.' || r.role, left(f.name_zh || '·' || r.zh, 200), left(f.name_en || ': ' || r.en, 200), r.side, r.by_party, f.territory_path
        from ledger.fund f, (values
          ('advanced', '预付', 'advanced', 'debit', true),
          ('billed', '应收', 'billed', 'debit', true),
          ('levied', '征收', 'levied', 'credit', false),
          ('written-off', '核销', 'written off', 'debit', false)) as r (role, zh, en, side, by_party)
        order by f.territory_path, f.code, r.role
        on conflict do nothing;

      -- A claim that nobody will ever meet leaves the book by a deed of its own, which follows no rule of payment.
      alter table ledger.voucher drop constraint voucher_kind_check;
      alter table ledger.voucher add constraint voucher_kind_check check (kind in
        ('receipt', 'settlement', 'purchase', 'dividend', 'payment', 'adjustment', 'clawback', 'transfer', 'write-off', 'reversal'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
