// The public is to read what was published with all that explains it, and the database is to show it nothing else.
import { appendOnly, enableRowSecurity, grantToApp, showPublished } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PublishedAccounts1790000068000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT set_config('gep.scope', '{CN}', true);

      CREATE INDEX disclosure_account ON accounting.disclosure (account_id);
      CREATE INDEX account_line_flow ON accounting.account_line (flow) WHERE flow IS NOT NULL;

      -- Which observations a published account was computed from: its readers may follow every figure down to them.
      CREATE TABLE accounting.disclosed_input (
        account_id     uuid NOT NULL REFERENCES accounting.account (id),
        -- an observation, or a piece of one that was joined from several data sheets
        input_id       uuid NOT NULL,
        territory_path public.ltree NOT NULL,
        PRIMARY KEY (account_id, input_id)
      );
      CREATE INDEX disclosed_input_id ON accounting.disclosed_input (input_id);
    `);
    const inputs = 'accounting.disclosed_input';
    await runner.query(grantToApp(inputs, 'select, insert'));
    await runner.query(enableRowSecurity(inputs));
    await runner.query(appendOnly(inputs));
    await runner.query(`
      INSERT INTO accounting.disclosed_input (account_id, input_id, territory_path)
      SELECT a.id, part.id, a.territory_path
      FROM accounting.account a
      CROSS JOIN LATERAL (
        SELECT c.id || coalesce(c.pieces, '{}') AS ids FROM observation.chunk c
        WHERE c.territory_code = a.territory_code AND c.period = a.period AND c.norm_id = a.norm_id
          AND c.digest = a.observation_digest
        ORDER BY c.sequence DESC LIMIT 1) AS observed
      CROSS JOIN LATERAL unnest(observed.ids) AS part (id)
      WHERE a.origin = 'observed' AND EXISTS (SELECT 1 FROM accounting.disclosure d WHERE d.account_id = a.id);
    `);
    const ofAccount = (table: string) => `select from accounting.account a where a.id = ${table}.account_id`;
    await runner.query(
      [
        showPublished('accounting.disclosure'),
        showPublished(inputs),
        showPublished('accounting.account', 'select from accounting.disclosure d where d.account_id = account.id'),
        showPublished('accounting.account_line', ofAccount('account_line')),
        showPublished('accounting.account_child', ofAccount('account_child')),
        showPublished(
          'accounting.flow_declaration',
          'select from accounting.account_line l where l.flow = flow_declaration.id',
        ),
        showPublished(
          'accounting.flow_withdrawal',
          'select from accounting.flow_declaration f where f.id = flow_withdrawal.id',
        ),
        showPublished('observation.chunk', `select from ${inputs} i where i.input_id = chunk.id`),
        showPublished('observation.piece', `select from ${inputs} i where i.input_id = piece.id`),
      ].join('\n'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
