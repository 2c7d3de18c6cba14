/** SQL of which territories were observed, and since when: what a run computes, and what passes on to successors. */
import type { EntityManager } from 'typeorm';

/** Of sheets that came first no account can be made: values for rows that are not there yet. */
export const hasFigures = `(c.deliveries is null or c.patches > 0 or jsonb_array_length(c.statistics) > 0)`;

/** A territory that was observed. */
export interface ObservedTerritory {
  readonly territory: string;
  readonly path: string;
  /** Digest of the observation that holds. */
  readonly digest: string;
  /** When it came, ISO 8601 with microseconds in UTC; empty when that was before this was kept. */
  readonly since: string;
}

/** Territories at or below a path, or of a list, that have observations of a period under a norm, by code. */
export async function listObservedTerritories(
  tx: EntityManager,
  of: {
    readonly period: string;
    readonly normId: string;
    readonly within?: string;
    readonly territories?: readonly string[];
  },
): Promise<ObservedTerritory[]> {
  return tx.query<ObservedTerritory[]>(
    `select territory, path, digest, since from (
       select distinct on (c.territory_code) c.territory_code as territory, c.territory_path::text as path, c.digest,
         coalesce(to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '') as since,
         ${hasFigures} as "hasFigures"
       from observation.chunk c
       where c.period = $1 and c.norm_id = $2 and ($3::ltree is null or c.territory_path <@ $3::ltree)
         and ($4::text[] is null or c.territory_code = any ($4))
       order by c.territory_code, c.sequence desc) as latest
     where "hasFigures" order by territory`,
    [of.period, of.normId, of.within ?? null, of.territories ?? null],
  );
}
