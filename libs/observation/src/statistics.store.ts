/** SQL of what was reported beside the rows: the statistics of an observation. */
import type { EntityManager } from 'typeorm';
import type { StatisticRow } from './chunk/patch-chunk';

/** The statistics of an observation alone, which takes no bytes of chunks; none when there is no such observation. */
export async function findStatistics(
  tx: EntityManager,
  of: { readonly territory: string; readonly period: string; readonly normId: string; readonly digest: string },
): Promise<readonly StatisticRow[]> {
  const [found] = await tx.query<{ statistics: StatisticRow[] }[]>(
    `select statistics from observation.chunk
     where territory_code = $1 and period = $2 and norm_id = $3 and digest = $4 order by sequence desc limit 1`,
    [of.territory, of.period, of.normId, of.digest],
  );
  return found?.statistics ?? [];
}
