// A payment names the rule edition it was decided by, and which rule was in force when must be answered for ever: editions,
// who confirmed and who adopted them, and from which day an adoption was withdrawn.
import { appendOnly, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const person = (deed: string, as: string): string => `
  ${deed}_by   text not null default platform.actor(),
  ${as}_name   text not null check (${as}_name <> ''),
  ${deed}_at   timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class PolicyEditions1790000084000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rulebook.policy_edition (
        edition     text primary key check (edition = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        policy_id   text not null check (policy_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(policy_id) <= 64),
        mechanism   text not null,
        title       jsonb not null,
        content     text not null,
        file        jsonb not null,
        units       jsonb not null,
        ${person('proposed', 'proposer')}
      );
      comment on column rulebook.policy_edition.content is 'Canonical JSON whose digest is the edition; text, because jsonb would change its bytes';
      comment on column rulebook.policy_edition.file is 'The file as proposed, with its comments: {path, text}';
      create index policy_edition_policy on rulebook.policy_edition (policy_id, proposed_at);

      create table rulebook.policy_confirmation (
        id          uuid primary key default gen_random_uuid(),
        edition     text not null references rulebook.policy_edition (edition),
        place_path  public.ltree not null,
        reasons     jsonb not null,
        statement   text not null check (statement <> ''),
        ${person('confirmed', 'confirmer')}
      );
      comment on column rulebook.policy_confirmation.reasons is 'What is not attested about the rule, as it was told to whoever confirmed it';
      create index policy_confirmation_edition on rulebook.policy_confirmation (edition);

      create table rulebook.policy_adoption (
        id              uuid primary key default gen_random_uuid(),
        no              bigint generated always as identity unique,
        edition         text not null references rulebook.policy_edition (edition),
        place_path      public.ltree not null,
        slot            text not null check (slot ~ '^[\\x21-\\x7e]{0,100}$'),
        valid_from      date not null,
        valid_to        date check (valid_to >= valid_from),
        reason          text not null check (reason <> ''),
        confirmation_id uuid references rulebook.policy_confirmation (id),
        ${person('adopted', 'adopter')}
      );
      comment on column rulebook.policy_adoption.slot is 'Code of the agreement that it is for; empty for all of the mechanism';
      comment on column rulebook.policy_adoption.no is 'Of two that cover a day in one slot, the one with the greater number is in force';
      create index policy_adoption_place on rulebook.policy_adoption using gist (place_path);
      create index policy_adoption_edition on rulebook.policy_adoption (edition);

      create table rulebook.policy_withdrawal (
        adoption_id uuid primary key references rulebook.policy_adoption (id),
        place_path  public.ltree not null,
        from_day    date not null,
        reason      text not null check (reason <> ''),
        ${person('withdrawn', 'withdrawer')}
      );
    `);
    const written = {
      policy_edition: 'edition, policy_id, mechanism, title, content, file, units, proposer_name',
      policy_confirmation: 'edition, place_path, reasons, statement, confirmer_name',
      policy_adoption: 'edition, place_path, slot, valid_from, valid_to, reason, confirmation_id, adopter_name',
      policy_withdrawal: 'adoption_id, place_path, from_day, reason, withdrawer_name',
    };
    for (const [table, columns] of Object.entries(written))
      await runner.query(
        grantToApp(`rulebook.${table}`, `select, insert (${columns})`) + appendOnly(`rulebook.${table}`),
      );
    // Everybody may read them: a rule binds those who cannot see the territory that adopted it. Who adopts, does so at home.
    for (const table of ['rulebook.policy_confirmation', 'rulebook.policy_adoption', 'rulebook.policy_withdrawal'])
      await runner.query(`
        alter table ${table} enable row level security;
        alter table ${table} force row level security;
        create policy everybody_reads on ${table} for select using (true);
        create policy place_scope on ${table} for insert
          with check (place_path <@ any ((select platform.scope())::public.ltree[]));
      `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
