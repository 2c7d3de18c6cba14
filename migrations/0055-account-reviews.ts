// Figures go upwards through several hands: every step is a row that stays, and the state is what the last one says.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountReviews1790000055000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounting.review_step (
        territory_code text NOT NULL,
        period         text NOT NULL,
        norm_id        text NOT NULL,
        -- the key is the optimistic lock: two who act at once on the same step cannot both be right
        step_no        integer NOT NULL CHECK (step_no > 0),
        territory_path public.ltree NOT NULL,
        round          integer NOT NULL CHECK (round > 0),
        act            text NOT NULL CHECK (act IN
          ('submit', 'check', 'review', 'approve', 'publish', 'return', 'withdraw', 'restate', 'supersede')),
        from_state     text NOT NULL,
        state          text NOT NULL CHECK (state IN
          ('computed', 'departmentChecked', 'expertReviewed', 'approved', 'published', 'returned', 'withdrawn', 'restated')),
        -- the vintage the step was about, as it was called then
        account_id     uuid NOT NULL REFERENCES accounting.account (id),
        vintage        integer NOT NULL,
        account_digest text NOT NULL,
        actor_id       text NOT NULL,
        actor_name     text NOT NULL,
        reason         text NOT NULL,
        acted_at       timestamptz NOT NULL,
        PRIMARY KEY (territory_code, period, norm_id, step_no)
      );
      CREATE INDEX review_step_path ON accounting.review_step USING gist (territory_path);

      -- What was published, and from when: read like account_standing, for those who ask for published figures only.
      CREATE TABLE accounting.disclosure (
        id              uuid PRIMARY KEY,
        territory_code  text NOT NULL,
        period          text NOT NULL,
        norm_id         text NOT NULL,
        round           integer NOT NULL CHECK (round > 0),
        since           timestamptz NOT NULL,
        territory_path  public.ltree NOT NULL,
        -- the tree may be corrected later; a disclosure names places as they were called
        name_zh         text NOT NULL,
        name_en         text,
        account_id      uuid NOT NULL REFERENCES accounting.account (id),
        account_digest  text NOT NULL,
        norm_edition    text NOT NULL,
        published_by    text NOT NULL,
        publisher_name  text NOT NULL,
        -- which way of writing the document, and the SHA-256 of what it gave
        document_format integer NOT NULL,
        document_digest text NOT NULL,
        -- null for a first publication
        restates        uuid REFERENCES accounting.disclosure (id),
        reason          text,
        difference      json,
        CHECK ((round = 1) = (restates IS NULL)),
        CHECK ((restates IS NULL) = (difference IS NULL)),
        CONSTRAINT disclosure_once UNIQUE (territory_code, period, norm_id, round),
        CONSTRAINT disclosure_since_once UNIQUE (territory_code, period, norm_id, since)
      );
      CREATE INDEX disclosure_path ON accounting.disclosure USING gist (territory_path);
    `);
    for (const name of ['review_step', 'disclosure']) {
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
