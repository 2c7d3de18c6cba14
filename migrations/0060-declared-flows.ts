// A service supplied by one territory and used in another stands in two accounts: the declaration of it lets those above count it once.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeclaredFlows1790000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row for each territory that the flow concerns: the supplying one, the benefiting one, and the one above both. So each
      -- of them sees the whole declaration, and nobody else does.
      CREATE TABLE accounting.flow_declaration (
        id             uuid NOT NULL,
        territory_path public.ltree NOT NULL,
        norm_id        text NOT NULL,
        service        text NOT NULL,
        item           text,
        supplier       text NOT NULL,
        beneficiary    text NOT NULL,
        share          text CHECK (share ~ '^[0-9]+([.][0-9]+)?$' OR share ~ '^[0-9]+/[0-9]+$'),
        quantity       text CHECK (quantity ~ '^[0-9]+([.][0-9]+)?$' OR quantity ~ '^[0-9]+/[0-9]+$'),
        unit           text,
        holds_from     date NOT NULL,
        holds_until    date CHECK (holds_until > holds_from),
        reason         text NOT NULL CHECK (reason <> ''),
        source         text NOT NULL CHECK (source <> ''),
        actor_id       text NOT NULL,
        actor_name     text NOT NULL,
        declared_at    timestamptz NOT NULL,
        PRIMARY KEY (id, territory_path),
        CHECK (supplier <> beneficiary),
        CHECK ((share IS NULL) <> (quantity IS NULL)),
        CHECK ((quantity IS NULL) = (unit IS NULL))
      );
      COMMENT ON TABLE accounting.flow_declaration IS 'Part of what the supplier supplies of a service in a year stands in the account of the beneficiary as well; accounts above both count it once';
      CREATE INDEX flow_declaration_norm ON accounting.flow_declaration (norm_id, holds_from);

      CREATE TABLE accounting.flow_withdrawal (
        id             uuid NOT NULL,
        territory_path public.ltree NOT NULL,
        reason         text NOT NULL CHECK (reason <> ''),
        actor_id       text NOT NULL,
        actor_name     text NOT NULL,
        withdrawn_at   timestamptz NOT NULL,
        PRIMARY KEY (id, territory_path),
        FOREIGN KEY (id, territory_path) REFERENCES accounting.flow_declaration (id, territory_path)
      );

      ALTER TABLE accounting.account_line ADD COLUMN flow uuid;
      COMMENT ON COLUMN accounting.account_line.flow IS 'The declaration by which this line takes back what is counted twice; null on every other line';
    `);
    for (const table of ['accounting.flow_declaration', 'accounting.flow_withdrawal']) {
      await runner.query(grantToApp(table, 'select, insert'));
      await runner.query(enableRowSecurity(table));
      await runner.query(appendOnly(table));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
