/** SQL of the dated tree. Every read is as of a day; names are public, so no scope is needed. */
import type { EntityManager } from 'typeorm';
import type { TerritoryCode } from '@gep/kernel';
import { TerritoryMissing } from './errors';
import type { Closing } from './plan-versions';
import { listSuccessions } from './succession/succession.store';
import { territoryLevels, type Territory, type TerritoryLevel } from './territory';

/** Rows sent in one statement: bounds the size of the arrays on the wire. */
const rowsPerStatement = 20_000;

const columns = `code, name_zh as "nameZh", name_en as "nameEn", level, parent_code as "parentCode", path::text as path,
  valid_from as "validFrom", valid_to as "validTo", source`;
const validOn = (parameter: string) =>
  `valid_from <= ${parameter}::date and (valid_to is null or ${parameter}::date < valid_to)`;

/** @param date `YYYY-MM-DD` */
export async function findTerritory(
  tx: EntityManager,
  code: TerritoryCode,
  date: string,
): Promise<Territory | undefined> {
  const rows = await tx.query<Territory[]>(
    `select ${columns} from territory.territory where code = $1 and ${validOn('$2')}`,
    [code, date],
  );
  return rows[0];
}

/** @throws TerritoryMissing when there is none on that day */
export async function getTerritory(tx: EntityManager, code: TerritoryCode, date: string): Promise<Territory> {
  const found = await findTerritory(tx, code, date);
  if (!found) throw new TerritoryMissing(code, date, await findChangeOf(tx, code, date));
  return found;
}

/** The change by which a code is not in the tree on a day, if one was recorded. */
async function findChangeOf(tx: EntityManager, code: string, date: string) {
  const rows = await listSuccessions(tx, [code]);
  const end = rows.filter((row) => row.predecessor === code && row.effective <= date).at(-1);
  const change = end ?? rows.find((row) => row.successor === code && row.effective > date);
  if (!change) return undefined;
  const { effective } = change;
  const same = rows.filter((row) => row.effective === effective);
  const codes = same.map(({ predecessor, successor }) => (end ? successor : predecessor));
  return { effective, isEnd: end !== undefined, codes: [...new Set(codes)].sort() };
}

/** Directly below `parentCode`, by code; sites last. */
export async function listChildren(tx: EntityManager, parentCode: TerritoryCode, date: string): Promise<Territory[]> {
  return tx.query<Territory[]>(
    `select ${columns} from territory.territory where parent_code = $1 and ${validOn('$2')} order by level = 'site', code`,
    [parentCode, date],
  );
}

/** Where a page of a subtree begins (after this territory, at this depth below the root) and how long it is. */
export interface SubtreePage {
  readonly after?: { readonly depth: number; readonly code: TerritoryCode };
  readonly limit?: number;
}

/**
 * The territory and everything below it, parents before children, then by code.
 * @param levels only these levels; all when absent
 */
export async function listSubtree(
  tx: EntityManager,
  code: TerritoryCode,
  date: string,
  levels: readonly TerritoryLevel[] = territoryLevels,
  { after, limit }: SubtreePage = {},
): Promise<Territory[]> {
  const { path } = await getTerritory(tx, code, date);
  return tx.query<Territory[]>(
    `select ${columns} from territory.territory
     where path <@ $1::ltree and ${validOn('$2')} and level = any ($3::text[])
       and ($4::int is null or (nlevel(path), code) > ($4, $5))
     order by nlevel(path), code limit $6`,
    [path, date, levels, after?.depth ?? null, after?.code ?? null, limit ?? null],
  );
}

/** From the parent up to the nation. */
export async function ancestorsOf(tx: EntityManager, code: TerritoryCode, date: string): Promise<Territory[]> {
  const { path } = await getTerritory(tx, code, date);
  return tx.query<Territory[]>(
    `select ${columns} from territory.territory
     where code = any (string_to_array(replace($1, '_', '-'), '.')) and code <> $2 and ${validOn('$3')}
     order by nlevel(path) desc`,
    [path, code, date],
  );
}

/** Paths of the codes that exist on that day; a code that does not is absent from the answer. */
export async function pathsOf(
  tx: EntityManager,
  codes: readonly TerritoryCode[],
  date: string,
): Promise<Map<TerritoryCode, string>> {
  const rows = await tx.query<{ code: string; path: string }[]>(
    `select code, path::text as path from territory.territory where code = any ($1::text[]) and ${validOn('$2')}`,
    [codes, date],
  );
  return new Map(rows.map(({ code, path }) => [code, path]));
}

/** Territories whose Chinese or English name contains the text, or whose code begins with it; nearest the root first. */
export async function searchTerritories(
  tx: EntityManager,
  text: string,
  date: string,
  limit: number,
): Promise<Territory[]> {
  const literal = text.replace(/[\\%_]/g, (character) => `\\${character}`);
  return tx.query<Territory[]>(
    `select ${columns} from territory.territory
     where (name_zh ilike '%' || $1 || '%' or name_en ilike '%' || $1 || '%' or code like $1 || '%') and ${validOn('$2')}
     order by nlevel(path), code limit $3`,
    [literal, date, limit],
  );
}

/** Holds until the end of the transaction; imports wait for one another, because each is judged against the whole tree. */
export async function lockImports(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('territory.import', 0))`);
}

/** All versions of these codes, of any day. */
export async function listVersions(tx: EntityManager, codes: readonly TerritoryCode[]): Promise<Territory[]> {
  return tx.query<Territory[]>(`select ${columns} from territory.territory where code = any ($1::text[])`, [codes]);
}

/** All versions directly below these codes, of any day. */
export async function listVersionsBelow(tx: EntityManager, codes: readonly TerritoryCode[]): Promise<Territory[]> {
  return tx.query<Territory[]>(`select ${columns} from territory.territory where parent_code = any ($1::text[])`, [
    codes,
  ]);
}

export async function insertTerritories(tx: EntityManager, rows: readonly Territory[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const slice = rows.slice(from, from + rowsPerStatement);
    const column = (key: keyof Territory) => slice.map((row) => row[key]);
    await tx.query(
      `insert into territory.territory (code, name_zh, name_en, level, parent_code, path, valid_from, valid_to, source)
       select code, name_zh, name_en, level, parent_code, path::ltree, valid_from, valid_to, source
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[])
         as given (code, name_zh, name_en, level, parent_code, path, valid_from, valid_to, source)`,
      [
        column('code'),
        column('nameZh'),
        column('nameEn'),
        column('level'),
        column('parentCode'),
        column('path'),
        column('validFrom'),
        column('validTo'),
        column('source'),
      ],
    );
  }
}

export async function closeTerritories(tx: EntityManager, closed: readonly Closing[]): Promise<void> {
  if (closed.length === 0) return;
  await tx.query(
    `update territory.territory as row set valid_to = given.valid_to
     from unnest($1::text[], $2::date[], $3::date[]) as given (code, valid_from, valid_to)
     where row.code = given.code and row.valid_from = given.valid_from`,
    [
      closed.map((closing) => closing.code),
      closed.map((closing) => closing.validFrom),
      closed.map((closing) => closing.validTo),
    ],
  );
}
