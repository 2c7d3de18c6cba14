// Which place followed which is recorded when places merge, split or get another name, so that series can be followed through.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Succession1790000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No row security, as for the tree itself: what became of a place is public.
      create table territory.succession (
        effective     date not null,
        predecessor   text not null,
        successor     text not null,
        kind          text not null check (kind in ('merge', 'split', 'rename')),
        basis         text not null check (basis in ('whole', 'area', 'map', 'given')),
        share         text not null check (share ~ '^[0-9]+([.][0-9]+)?$' or share ~ '^[0-9]+/[0-9]+$'),
        share_by_type jsonb check (jsonb_typeof(share_by_type) = 'object'),
        source        text not null check (source <> ''),
        recorded_by   text not null,
        recorded_at   timestamptz not null default now(),
        primary key (effective, predecessor, successor),
        check ((basis = 'whole') = (kind <> 'split')),
        check (share_by_type is null or basis = 'map')
      );
      comment on table territory.succession is 'What of a predecessor went to a successor on a day: all of it, or an exact share, for single ecosystem types their own share';
      create index succession_successor on territory.succession (successor, effective);

      grant select, insert on territory.succession to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
