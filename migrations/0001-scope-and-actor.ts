// Row security needs paths of territories (ltree), dated rows need exclusion constraints (btree_gist), and both need to know who asks.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ScopeAndActor1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists ltree schema public;
      create extension if not exists btree_gist schema public;

      create function platform.scope() returns public.ltree[] language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('gep.scope', true), ''), '{}')::public.ltree[] $$;
      comment on function platform.scope() is 'Territory paths the running transaction may see; empty shows nothing';

      create function platform.actor() returns text language sql stable parallel safe as
        $$ select nullif(current_setting('gep.actor', true), '') $$;
      comment on function platform.actor() is 'Id of the person or program the running transaction acts for';

      create function platform.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op
          using errcode = 'restrict_violation';
      end $$;
      comment on function platform.refuse_change() is 'Guard of append-only tables';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
