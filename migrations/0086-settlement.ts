// A settlement takes frozen figures by a rule to money. It is decided once; what is done about it afterwards is only ever added.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const code = `text not null check (length({}) between 1 and 100)`;
const named = (column: string): string => `${column} ${code.replace('{}', column)}`;
const done = (deed: string): string => `
  ${deed}_by   text not null default platform.actor(),
  ${deed}_name text not null check (${deed}_name <> ''),
  ${deed}_at   timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

/** What the application may write of each table; the rest is given by the database. */
const written: readonly (readonly [table: string, columns: string])[] = [
  ['snapshot', 'territory_path, digest, content'],
  [
    'settlement',
    `id, territory_path, code, mechanism, kind, agreement, period, money_period, policy_id, rule_edition, fund_id, fund_code,
    purpose, snapshot_digest, decision_digest, body_digest, about, gated_by, draft, decision, computed_name`,
  ],
  [
    'figure',
    `settlement_id, figure_no, territory_path, unit, column_code, period, value, account_id, disclosure_id, digest, norm_id,
    norm_edition`,
  ],
  ['line', 'settlement_id, line_no, territory_path, payment, unit, from_party, to_party, amount_fen, detail'],
  [
    'part',
    `settlement_id, party, territory_path, gist, name, entitled_fen, settled_fen, advanced_fen, taken_fen, claim_fen, bill_fen,
    clawback_fen, advance_spent_fen, waiting_fen, waiting_cause, vintage_id`,
  ],
  [
    'fund_share',
    `settlement_id, round, party, territory_path, claimed_fen, granted_fen, restored_fen, queued, decision_key, reservation_ids`,
  ],
  [
    'deed',
    `settlement_id, party, territory_path, deed, round, attempt, amount_fen, moves, voucher_id, about_deed, payee, reason, done_name`,
  ],
  ['taking', 'settlement_id, party, territory_path, correction_id, about, taken_fen'],
  ['request', 'id, territory_path, code, draft, body_digest, scope, requested_name'],
  ['request_outcome', 'request_id, territory_path, settlement_id, refusal'],
];

export class Settlement1790000086000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('settlement')}

      create table settlement.snapshot (
        territory_path public.ltree not null,
        digest         text not null check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        content        text not null,
        taken_by       text not null default platform.actor(),
        taken_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (territory_path, digest)
      );
      comment on table settlement.snapshot is 'Input of decisions, found by its digest; from it and the rule edition the decision follows bit for bit';

      create table settlement.settlement (
        id              uuid primary key,
        territory_path  public.ltree not null,
        code            text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'),
        ${named('mechanism')},
        kind            text not null check (kind in ('advance', 'settlement', 'supplement', 'true-up', 'clawback')),
        ${named('agreement')},
        period          text not null check (period <> ''),
        money_period    text not null check (money_period <> ''),
        ${named('policy_id')},
        rule_edition    text not null check (rule_edition ~ '^[0-9a-f]{64}$'),
        fund_id         uuid not null,
        fund_code       text not null,
        ${named('purpose')},
        snapshot_digest text not null,
        decision_digest text not null check (decision_digest ~ '^[0-9a-f]{64}$'),
        body_digest     text not null,
        about           uuid references settlement.settlement (id),
        gated_by        text check (gated_by in ('procurement', 'compensation')),
        draft           jsonb not null,
        decision        jsonb not null,
        ${done('computed')},
        unique (territory_path, code),
        foreign key (territory_path, snapshot_digest) references settlement.snapshot (territory_path, digest),
        check ((about is not null) = (kind not in ('advance', 'settlement')))
      );
      create index settlement_agreement on settlement.settlement (agreement, period);
      create index settlement_about on settlement.settlement (about) where about is not null;
      create index settlement_fund on settlement.settlement (fund_id);
      comment on column settlement.settlement.decision_digest is 'Of all lines, balances and proofs: deciding anew from the snapshot must give it again';
      comment on column settlement.settlement.decision is 'Payments, proofs and shown values, without the lines';

      create table settlement.figure (
        settlement_id  uuid not null references settlement.settlement (id),
        figure_no      int not null,
        territory_path public.ltree not null,
        unit           text not null,
        column_code    text not null,
        period         text not null,
        value          text not null,
        account_id     uuid not null,
        disclosure_id  uuid not null,
        digest         text not null,
        norm_id        text not null,
        norm_edition   text not null,
        primary key (settlement_id, figure_no)
      );
      comment on table settlement.figure is 'What was taken from which published account';

      create table settlement.line (
        settlement_id  uuid not null references settlement.settlement (id),
        line_no        int not null,
        territory_path public.ltree not null,
        payment        text not null,
        unit           text not null,
        from_party     text not null,
        to_party       text not null,
        amount_fen     bigint not null,
        detail         jsonb not null,
        primary key (settlement_id, line_no)
      );
      create index line_unit on settlement.line (settlement_id, unit);
      comment on column settlement.line.detail is 'The line of the decision with all that it rests on';

      create table settlement.part (
        settlement_id      uuid not null references settlement.settlement (id),
        party              text not null check (party ~ '^[\\x21-\\x7e]{1,100}$'),
        territory_path     public.ltree not null,
        gist               jsonb not null,
        name               jsonb not null,
        entitled_fen       bigint not null,
        settled_fen        bigint not null,
        advanced_fen       bigint not null check (advanced_fen >= 0),
        taken_fen          bigint not null,
        claim_fen          bigint not null check (claim_fen >= 0),
        bill_fen           bigint not null check (bill_fen >= 0),
        clawback_fen       bigint not null check (clawback_fen >= 0),
        advance_spent_fen  bigint not null check (advance_spent_fen between 0 and advanced_fen),
        waiting_fen        bigint not null,
        waiting_cause      text check (waiting_cause in ('next-cycle', 'limit', 'least', 'paid', 'disputed', 'none')),
        vintage_id         uuid,
        primary key (settlement_id, party),
        check ((waiting_fen = 0) or waiting_cause is not null)
      );
      create index part_party on settlement.part (party);
      comment on column settlement.part.gist is 'What a party sees of the settlement: code, agreement, period, kind and rule';
      comment on column settlement.part.settled_fen is 'Of a correction: what had been settled with the party before';
      comment on column settlement.part.taken_fen is 'What earlier corrections had left to this settlement, signed';
      comment on column settlement.part.waiting_fen is 'What this one leaves to the next, signed';

      create table settlement.fund_share (
        settlement_id   uuid not null references settlement.settlement (id),
        round           int not null check (round > 0),
        party           text not null,
        territory_path  public.ltree not null,
        claimed_fen     bigint not null check (claimed_fen > 0),
        granted_fen     bigint not null check (granted_fen between 0 and claimed_fen),
        restored_fen    bigint not null check (restored_fen between 0 and granted_fen),
        queued          boolean not null,
        decision_key    text not null,
        reservation_ids uuid[] not null,
        shared_by       text not null default platform.actor(),
        shared_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (settlement_id, round, party),
        foreign key (settlement_id, party) references settlement.part (settlement_id, party)
      );
      comment on table settlement.fund_share is 'What a party claimed of the fund and got, each time that money was reserved';
      comment on column settlement.fund_share.restored_fen is 'Of it, what had been owed before: a payment that came back';

      create table settlement.deed (
        id             uuid primary key default gen_random_uuid(),
        settlement_id  uuid not null references settlement.settlement (id),
        deed_no        bigint generated always as identity unique,
        party          text not null,
        territory_path public.ltree not null,
        deed           text not null check (deed in ('settle', 'claw', 'pay', 'return-payment', 'collect', 'recover', 'release', 'undo')),
        round          int not null check (round >= 0),
        attempt        int not null default 1 check (attempt > 0),
        amount_fen     bigint not null,
        moves          jsonb,
        voucher_id     uuid,
        about_deed     uuid references settlement.deed (id),
        payee          text,
        reason         text,
        ${done('done')},
        unique (settlement_id, party, deed, round, attempt),
        foreign key (settlement_id, party) references settlement.part (settlement_id, party)
      );
      create index deed_about on settlement.deed (about_deed) where about_deed is not null;
      comment on table settlement.deed is 'What was done with money for a party, each with its voucher';

      create table settlement.taking (
        settlement_id  uuid not null references settlement.settlement (id),
        party          text not null,
        territory_path public.ltree not null,
        correction_id  uuid not null references settlement.settlement (id),
        about          uuid not null references settlement.settlement (id),
        taken_fen      bigint not null check (taken_fen <> 0),
        primary key (settlement_id, party, correction_id)
      );
      create index taking_about on settlement.taking (about);
      comment on table settlement.taking is 'What a settlement took in of what a correction of an earlier one had left waiting';

      create table settlement.request (
        id             uuid primary key,
        territory_path public.ltree not null,
        ${named('code')},
        draft          jsonb not null,
        body_digest    text not null,
        scope          text[] not null,
        ${done('requested')}
      );

      create table settlement.request_outcome (
        request_id     uuid primary key references settlement.request (id),
        territory_path public.ltree not null,
        settlement_id  uuid references settlement.settlement (id),
        refusal        jsonb,
        ended_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((settlement_id is null) <> (refusal is null))
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
