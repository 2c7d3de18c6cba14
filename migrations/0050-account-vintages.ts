// Accounts are immutable vintages: a new batch or edition adds a row, so that any figure once shown stays readable as-of.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountVintages1790000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(createSubjectSchema('accounting'));
    await runner.query(`
      CREATE TABLE accounting.account (
        id                 uuid PRIMARY KEY,
        territory_code     text NOT NULL,
        territory_path     public.ltree NOT NULL,
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
      CREATE INDEX account_path ON accounting.account USING gist (territory_path);

      -- When each account became the current one. Observations and editions may return to what they were: then an
      -- account that exists becomes current again, and what was shown in between stays readable as-of.
      CREATE TABLE accounting.account_standing (
        territory_code text NOT NULL,
        period         text NOT NULL,
        norm_id        text NOT NULL,
        since          timestamptz NOT NULL,
        account_id     uuid NOT NULL REFERENCES accounting.account (id),
        territory_path public.ltree NOT NULL,
        run_id         uuid,
        PRIMARY KEY (territory_code, period, norm_id, since)
      );

      CREATE TABLE accounting.account_line (
        account_id     uuid NOT NULL,
        line_no        integer NOT NULL,
        territory_path public.ltree NOT NULL,
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
        territory_path  public.ltree NOT NULL,
        child_territory text NOT NULL,
        child_digest    text NOT NULL,
        PRIMARY KEY (account_id, child_territory)
      );
    `);
    for (const name of ['account', 'account_standing', 'account_line', 'account_child']) {
      const table = `accounting.${name}`;
      await runner.query(grantToApp(table, 'select, insert'));
      await runner.query(enableRowSecurity(table));
      await runner.query(appendOnly(table));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
