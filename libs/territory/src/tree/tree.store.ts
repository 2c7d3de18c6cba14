/** SQL of parallel trees; which land lies where is public, so no scope is needed. */
import { Fraction } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { TreeMissing } from './errors';
import type { TreeEdition, TreeMembership, TreeNode, TreeStatement } from './tree';

const head = `code, edition, digest, name_zh as "nameZh", name_en as "nameEn", kind, covers, source,
  valid_from as "validFrom", valid_to as "validTo", recorded_at as "recordedAt"`;
/** Rows sent in one statement: bounds the size of the arrays on the wire. */
const rowsPerStatement = 20_000;

/** The last edition of every tree that was recorded by a moment (now when absent), by code. */
export async function listTrees(tx: EntityManager, asOf?: Date): Promise<TreeEdition[]> {
  return tx.query<TreeEdition[]>(
    `select distinct on (code) ${head} from territory.tree
     where recorded_at <= coalesce($1::timestamptz, 'infinity') order by code, edition desc`,
    [asOf ?? null],
  );
}

/** The edition that was the last one recorded by a moment (now when absent). */
export async function findTree(tx: EntityManager, code: string, asOf?: Date): Promise<TreeEdition | undefined> {
  const rows = await tx.query<TreeEdition[]>(
    `select ${head} from territory.tree
     where code = $1 and recorded_at <= coalesce($2::timestamptz, 'infinity') order by edition desc limit 1`,
    [code, asOf ?? null],
  );
  return rows[0];
}

/** @throws TreeMissing */
export async function getTree(tx: EntityManager, code: string, asOf?: Date): Promise<TreeEdition> {
  const found = await findTree(tx, code, asOf);
  if (!found) throw new TreeMissing(code, { asOf });
  return found;
}

type EditionKey = Pick<TreeEdition, 'code' | 'edition'>;

/** Nodes of all days in the order of the file, without the root and the outside node, which every tree has. */
export async function listTreeNodes(tx: EntityManager, { code, edition }: EditionKey): Promise<TreeNode[]> {
  return tx.query<TreeNode[]>(
    `select code, parent, name_zh as "nameZh", name_en as "nameEn", valid_from as "validFrom", valid_to as "validTo"
     from territory.tree_node where tree = $1 and edition = $2 order by place`,
    [code, edition],
  );
}

/** Rows of membership of all days in the order of the file; with `units`, only theirs. */
export async function listTreeMembership(
  tx: EntityManager,
  { code, edition }: EditionKey,
  { units, limit }: { readonly units?: readonly string[]; readonly limit?: number } = {},
): Promise<TreeMembership[]> {
  const rows = await tx.query<(Omit<TreeMembership, 'share'> & { readonly share: string })[]>(
    `select unit, node, patch, type, share, source, valid_from as "validFrom", valid_to as "validTo"
     from territory.tree_membership
     where tree = $1 and edition = $2 and ($3::text[] is null or unit = any ($3)) order by place limit $4`,
    [code, edition, units ?? null, limit ?? null],
  );
  return rows.map((row) => ({ ...row, share: Fraction.parse(row.share)! }));
}

/** Holds until the end of the transaction: editions of a tree follow one another. */
export async function lockTree(tx: EntityManager, code: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('territory.tree ' || $1, 0))`, [code]);
}

export async function insertTree(
  tx: EntityManager,
  { code, nameZh, nameEn, kind, covers, source, validFrom, validTo, nodes, membership }: TreeStatement,
  { edition, digest }: Pick<TreeEdition, 'edition' | 'digest'>,
): Promise<void> {
  await tx.query(
    `insert into territory.tree (code, edition, digest, name_zh, name_en, kind, covers, source, valid_from, valid_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10::date)`,
    [code, edition, digest, nameZh, nameEn, kind, covers, source, validFrom, validTo],
  );
  const nodeColumn = (key: keyof TreeNode): unknown[] => nodes.map((node) => node[key]);
  await tx.query(
    `insert into territory.tree_node (tree, edition, code, parent, place, name_zh, name_en, valid_from, valid_to)
     select $1, $2, given.* from unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::date[], $9::date[]) as given`,
    [
      ...[code, edition, nodeColumn('code'), nodeColumn('parent'), nodes.map((_, place) => place)],
      ...[nodeColumn('nameZh'), nodeColumn('nameEn'), nodeColumn('validFrom'), nodeColumn('validTo')],
    ],
  );
  for (let from = 0; from < membership.length; from += rowsPerStatement) {
    const slice = membership.slice(from, from + rowsPerStatement);
    const column = (key: keyof TreeMembership): unknown[] => slice.map((row) => row[key]);
    await tx.query(
      `insert into territory.tree_membership
         (tree, edition, place, unit, node, patch, type, share, source, valid_from, valid_to)
       select $1, $2, given.* from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
         $10::date[], $11::date[]) as given`,
      [
        ...[code, edition, slice.map((_, at) => from + at), column('unit'), column('node'), column('patch')],
        ...[column('type'), slice.map(({ share }) => share.toString()), column('source')],
        ...[column('validFrom'), column('validTo')],
      ],
    );
  }
}
