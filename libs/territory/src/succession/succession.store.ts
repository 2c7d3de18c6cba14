/** SQL of successions; which place followed which is public, so no scope is needed. */
import { Fraction } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { Territory } from '../territory';
import type { Succession } from './succession';

const columns = `row.code, row.name_zh as "nameZh", row.name_en as "nameEn", row.level, row.parent_code as "parentCode",
  row.path::text as path, row.valid_from as "validFrom", row.valid_to as "validTo", row.source`;
const openFrom = '(row.valid_to is null or row.valid_to > $2::date)';

/** Versions of these codes and of all below them that hold on `date` or later. */
export async function listStandingSubtrees(
  tx: EntityManager,
  codes: readonly string[],
  date: string,
): Promise<Territory[]> {
  return tx.query<Territory[]>(
    `select distinct ${columns}, nlevel(row.path) as depth from territory.territory row
     join territory.territory root on row.path <@ root.path and root.code = any ($1::text[])
       and (root.valid_to is null or root.valid_to > $2::date)
     where ${openFrom} order by nlevel(row.path), row.code, row.valid_from`,
    [codes, date],
  );
}

/** Versions of these codes that hold on `date` or later. */
export async function listStanding(tx: EntityManager, codes: readonly string[], date: string): Promise<Territory[]> {
  return tx.query<Territory[]>(
    `select ${columns} from territory.territory row where row.code = any ($1::text[]) and ${openFrom}`,
    [codes, date],
  );
}

interface SuccessionRow extends Omit<Succession, 'share' | 'shareByType'> {
  readonly share: string;
  readonly shareByType: Readonly<Record<string, string>> | null;
}

/** Successions that name one of these codes as predecessor or successor, in order of time; all when absent. */
export async function listSuccessions(tx: EntityManager, codes?: readonly string[]): Promise<Succession[]> {
  const rows = await tx.query<SuccessionRow[]>(
    `select effective, predecessor, successor, kind, basis, share, share_by_type as "shareByType", source, carries,
       to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt"
     from territory.succession
     where $1::text[] is null or predecessor = any ($1) or successor = any ($1)
     order by effective, predecessor, successor`,
    [codes ?? null],
  );
  return rows.map(({ share, shareByType, ...row }) => ({
    ...row,
    share: Fraction.parse(share)!,
    ...(shareByType && {
      shareByType: Object.fromEntries(Object.entries(shareByType).map(([type, text]) => [type, Fraction.parse(text)!])),
    }),
  }));
}

export async function insertSuccessions(
  tx: EntityManager,
  actor: string,
  successions: readonly Succession[],
): Promise<void> {
  const column = (key: keyof Succession): unknown[] => successions.map((row) => row[key]);
  await tx.query(
    `insert into territory.succession
       (effective, predecessor, successor, kind, basis, share, share_by_type, source, carries, recorded_by, recorded_at)
     select effective, predecessor, successor, kind, basis, share, share_by_type::jsonb, source, carries, $10, clock_timestamp()
     from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[])
       as given (effective, predecessor, successor, kind, basis, share, share_by_type, source, carries)`,
    [
      ...[column('effective'), column('predecessor'), column('successor'), column('kind'), column('basis')],
      successions.map(({ share }) => share.toString()),
      successions.map(({ shareByType }) => (shareByType ? JSON.stringify(shareByType) : null)),
      column('source'),
      successions.map(({ carries = true }) => carries),
      actor,
    ],
  );
}
