// Accounts are immutable vintages: a new batch or edition adds a row, so that any figure once shown stays readable as-of.
import { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountVintages1790000050000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA IF NOT EXISTS accounting;
      GRANT USAGE ON SCHEMA accounting TO gep_app;

      CREATE FUNCTION accounting.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'accounting.% is append-only: a fact is superseded, never changed', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation';
      END $$;

      CREATE TABLE accounting.account (
        id                 uuid PRIMARY KEY,
        territory_code     text NOT NULL,
        territory_path     ltree NOT NULL,
        territory_level    text NOT NULL,
        period             text NOT NULL,
        norm_id            text NOT NULL,
        norm_edition       text NOT NULL,
        observation_digest text NOT NULL,
        vintage            integer NOT NULL CHECK (vintage > 0),
        origin             text NOT NULL CHECK (origin IN ('observed', 'aggregated')),
        total_fen          bigint NOT NULL,
        -- json, not jsonb: the order of the norm is kept, and nothing searches inside
        totals             json NOT NULL,
        area_by_type       json NOT NULL,
        area_unit          text NOT NULL,
        base_sums          json,
        coverage_present   integer NOT NULL CHECK (coverage_present >= 0),
        coverage_expected  integer NOT NULL CHECK (coverage_expected >= coverage_present),
        coverage_complete  boolean NOT NULL,
        grade              text NOT NULL CHECK (grade IN ('published', 'solved', 'unverified')),
        digest             text NOT NULL,
        recorded_at        timestamptz NOT NULL,
        run_id             uuid,
        CHECK ((origin = 'observed') = (base_sums IS NOT NULL)),
        -- the path is part of the key: a corrected tree looks parameters up at other places
        CONSTRAINT account_once UNIQUE (territory_code, period, norm_id, norm_edition, observation_digest, territory_path),
        CONSTRAINT account_vintage_once UNIQUE (territory_code, period, norm_id, vintage)
      );
      CREATE INDEX account_current ON accounting.account (period, norm_id, territory_code, recorded_at DESC, vintage DESC);
      CREATE INDEX account_path ON accounting.account USING gist (territory_path);

      CREATE TABLE accounting.account_line (
        account_id     uuid NOT NULL,
        line_no        integer NOT NULL,
        territory_path ltree NOT NULL,
        service        text NOT NULL,
        category       text NOT NULL CHECK (category IN ('provisioning', 'regulating', 'cultural')),
        group_code     text NOT NULL,
        type           text,
        item           text,
        quantity       double precision NOT NULL,
        unit           text NOT NULL,
        price          text,
        price_unit     text NOT NULL,
        gamma          text,
        value_fen      bigint NOT NULL,
        grade          text NOT NULL,
        PRIMARY KEY (account_id, line_no)
      );

      CREATE TABLE accounting.account_child (
        account_id      uuid NOT NULL REFERENCES accounting.account (id),
        child_id        uuid NOT NULL REFERENCES accounting.account (id),
        territory_path  ltree NOT NULL,
        child_territory text NOT NULL,
        child_digest    text NOT NULL,
        PRIMARY KEY (account_id, child_territory)
      );
    `);
    for (const table of ['account', 'account_line', 'account_child']) {
      await queryRunner.query(`
        ALTER TABLE accounting.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE accounting.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_scope ON accounting.${table}
          USING (territory_path <@ ANY ((SELECT platform.scope())::ltree[]))
          WITH CHECK (territory_path <@ ANY ((SELECT platform.scope())::ltree[]));
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounting.${table}
          FOR EACH STATEMENT EXECUTE FUNCTION accounting.refuse_change();
        GRANT SELECT, INSERT ON accounting.${table} TO gep_app;
      `);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only; restore a backup instead');
  }
}
