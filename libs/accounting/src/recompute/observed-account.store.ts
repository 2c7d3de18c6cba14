/** Reads which accounts were computed from which observations, whether they are current or not. */
import type { EntityManager } from 'typeorm';
import type { KeptBaseSums } from '../account/account';

/** Which of these territories have an account from observations of their own; they are not added up from children. */
export async function findObservedTerritories(
  tx: EntityManager,
  period: string,
  normId: string,
  territories: readonly string[],
): Promise<Set<string>> {
  const rows: { territory_code: string }[] = await tx.query(
    `SELECT DISTINCT territory_code FROM accounting.account
     WHERE period = $1 AND norm_id = $2 AND territory_code = ANY ($3::text[]) AND origin = 'observed'`,
    [period, normId, territories],
  );
  return new Set(rows.map((row) => row.territory_code));
}

/** Base sums of the latest observed account of each territory with exactly this observation, whatever its edition. */
export async function findBaseSums(
  tx: EntityManager,
  period: string,
  normId: string,
  observations: readonly { readonly territory: string; readonly digest: string }[],
): Promise<Map<string, KeptBaseSums>> {
  const rows: { territory_code: string; base_sums: KeptBaseSums }[] = await tx.query(
    `SELECT DISTINCT ON (a.territory_code) a.territory_code, a.base_sums
     FROM unnest($3::text[], $4::text[]) AS g(code, digest)
     JOIN accounting.account a ON a.territory_code = g.code AND a.observation_digest = g.digest
     WHERE a.period = $1 AND a.norm_id = $2 AND a.origin = 'observed'
     ORDER BY a.territory_code, a.vintage DESC`,
    [period, normId, observations.map(({ territory }) => territory), observations.map(({ digest }) => digest)],
  );
  return new Map(rows.map((row) => [row.territory_code, row.base_sums]));
}
