// Basins, reserves and project units lie across administrative borders: trees of their own say which land belongs to which node.
import { appendOnly, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ParallelTrees1790000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No row security, as for the administrative tree: which land lies in which basin or reserve is public. What grows on
      -- it is in the accounts, which are guarded.
      create table territory.tree (
        code        text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$'),
        edition     int not null check (edition > 0),
        digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
        name_zh     text not null check (length(name_zh) between 1 and 200),
        name_en     text check (length(name_en) between 1 and 200),
        kind        text not null check (kind in ('watershed', 'reserve', 'project')),
        covers      text not null,
        source      text not null check (source <> ''),
        valid_from  date not null,
        valid_to    date check (valid_to > valid_from),
        recorded_by text not null default platform.actor(),
        recorded_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (code, edition)
      );
      comment on table territory.tree is 'Editions of trees beside the administrative one; a correction is the next edition, and the last one recorded by a moment is what was known then';
      comment on column territory.tree.covers is 'The administrative territory whose land the tree divides without rest';

      create table territory.tree_node (
        tree        text not null,
        edition     int not null,
        code        text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$' and code <> 'outside'),
        parent      text,
        place       int not null,
        name_zh     text not null check (length(name_zh) between 1 and 200),
        name_en     text check (length(name_en) between 1 and 200),
        valid_from  date not null,
        valid_to    date check (valid_to > valid_from),
        primary key (tree, edition, code, valid_from),
        foreign key (tree, edition) references territory.tree (code, edition),
        check (code <> tree and parent <> code)
      );
      comment on column territory.tree_node.parent is 'Null: directly below the root, which has the code of the tree';
      comment on column territory.tree_node.place is 'Position in the file, which is the order in which people list the nodes';

      create table territory.tree_membership (
        tree        text not null,
        edition     int not null,
        place       int not null,
        unit        text not null,
        node        text not null,
        patch       text check (length(patch) between 1 and 200),
        type        text check (type <> ''),
        share       text not null check (share ~ '^[0-9]+([.][0-9]+)?$' or share ~ '^[0-9]+/[0-9]+$'),
        source      text,
        valid_from  date not null,
        valid_to    date check (valid_to > valid_from),
        primary key (tree, edition, place),
        foreign key (tree, edition) references territory.tree (code, edition),
        check (patch is null or type is null),
        check (type is not null or share = '1')
      );
      comment on table territory.tree_membership is 'What of an administrative unit belongs to a node: all of it, patches by name or by the beginning of names (ending in *), or a share of an ecosystem type';
    `);
    for (const table of ['tree', 'tree_node', 'tree_membership']) {
      await runner.query(grantToApp(`territory.${table}`, 'select, insert') + appendOnly(`territory.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
