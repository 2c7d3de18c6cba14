// Whether accounts pass on by a succession is kept with it, since whoever records it may leave them behind.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CarryingSuccessions1790000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table territory.succession add column carries boolean not null default true;
      comment on column territory.succession.carries is 'False: accounts recorded of the predecessor are left behind and do not pass to the successor';
      -- Until now nothing passed on by a split, nor into a predecessor that goes on: whoever recorded one said so.
      update territory.succession s set carries = false
      where kind = 'split' or (kind = 'merge' and exists (
        select 1 from territory.succession own
        where own.effective = s.effective and own.successor = s.successor and own.predecessor = s.successor));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
