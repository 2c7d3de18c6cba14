// A restatement leaves a trace at everything that was paid by it, and a year can be settled on trial before it is settled.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the application may write of each table; the rest is given by the database. */
const written: readonly (readonly [string, string])[] = [
  ['true_up', 'about, disclosure_id, territory_path, outcome, correction, snapshot_digest, refusal'],
  ['shadow', 'id, territory_path, name, plan_digest, run_name'],
  [
    'shadow_entry',
    `shadow_id, entry_no, territory_path, code, draft, snapshot_digest, rule_edition, decision_digest, fund_digest, funding, figures,
     parts, year_before`,
  ],
  ['shadow_promotion', 'shadow_id, territory_path, settlements, promoted_name'],
];

export class TrueUpsAndShadows1790000091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index disclosure_restates on accounting.disclosure (restates) where restates is not null;

      create table settlement.true_up (
        true_up_no      bigint generated always as identity primary key,
        about           uuid not null references settlement.settlement (id),
        disclosure_id   uuid not null,
        territory_path  public.ltree not null,
        outcome         text not null check (outcome in ('stale', 'drafted', 'unchanged', 'listed', 'refused', 'falsified')),
        correction      uuid references settlement.settlement (id),
        snapshot_digest text,
        refusal         jsonb,
        drafted_by      text not null default platform.actor(),
        drafted_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((outcome = 'drafted') = (correction is not null)),
        check ((outcome = 'refused') = (refusal is not null))
      );
      create index true_up_about on settlement.true_up (about, true_up_no);
      create index true_up_disclosure on settlement.true_up (disclosure_id);
      comment on table settlement.true_up is 'What a restatement led to for a settlement that rests on the vintage before; the last row of both counts';
      comment on column settlement.true_up.outcome is 'stale: not paid, to be recomputed; drafted: see correction; unchanged: every party gets the same; listed: the terms know no true-up; refused: see refusal; falsified: goes another way';

      create table settlement.shadow (
        id             uuid primary key,
        territory_path public.ltree not null,
        name           text not null check (length(name) between 1 and 200),
        plan_digest    text not null check (plan_digest ~ '^[0-9a-f]{64}$'),
        run_by         text not null default platform.actor(),
        run_name       text not null check (run_name <> ''),
        run_at         timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      comment on table settlement.shadow is 'Settlements of a year on trial: decided as real ones, paid from funds as they would be, nothing posted and nothing held';

      create table settlement.shadow_entry (
        shadow_id       uuid not null references settlement.shadow (id),
        entry_no        int not null check (entry_no > 0),
        territory_path  public.ltree not null,
        code            text not null,
        draft           jsonb not null,
        snapshot_digest text not null,
        rule_edition    text not null,
        decision_digest text not null,
        fund_digest     text not null,
        funding         jsonb not null,
        figures         jsonb not null,
        parts           jsonb not null,
        year_before     uuid references settlement.settlement (id),
        primary key (shadow_id, entry_no)
      );
      comment on column settlement.shadow_entry.fund_digest is 'Of what the sources had received, held and paid when the shadow was run';
      comment on column settlement.shadow_entry.funding is 'Sources as the entries before would leave them, and what each claim draws from them';
      comment on column settlement.shadow_entry.year_before is 'The settlement of the same agreement of the period before, shown beside it';

      create table settlement.shadow_promotion (
        shadow_id      uuid primary key references settlement.shadow (id),
        territory_path public.ltree not null,
        settlements    uuid[] not null,
        promoted_by    text not null default platform.actor(),
        promoted_name  text not null check (promoted_name <> ''),
        promoted_at    timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
    `);
    for (const [table, columns] of written) {
      await runner.query(grantToApp(`settlement.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`settlement.${table}`));
      await runner.query(appendOnly(`settlement.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
