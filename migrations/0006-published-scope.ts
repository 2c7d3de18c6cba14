// Some readers may see only what was published below their territories; row security must know of them beside the scope.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PublishedScope1790000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function platform.published_scope() returns public.ltree[] language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('gep.published_scope', true), ''), '{}')::public.ltree[] $$;
      comment on function platform.published_scope() is
        'Territory paths of which the running transaction may see what was published; empty shows nothing';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
