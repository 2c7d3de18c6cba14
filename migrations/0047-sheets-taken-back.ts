// A department that sent a sheet by mistake takes it back with a reason; the row in the list of uploads tells when and by whom.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SheetsTakenBack1790000047000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table observation.batch
        alter column format drop not null,
        add column taken_back text check (length(taken_back) between 1 and 2000),
        add constraint batch_file_or_taken_back check (
          (format is null) = (taken_back is not null) and (taken_back is null or data_sheet is not null));
      comment on column observation.batch.taken_back is
        'Why the data sheet was taken back, of which this row then tells; null for the import of a file';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
