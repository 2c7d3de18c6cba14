// An import keeps where its importer reported from: what a territory reported itself is superseded by its own reporters only.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ScopeOfImports1790000046000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table observation.batch add column imported_scope text[];
      comment on column observation.batch.imported_scope is
        'Paths of the territories whose figures the importer might import; null before this was kept';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
