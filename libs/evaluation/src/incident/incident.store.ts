/** SQL of the register of incidents. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { IncidentDraft, IncidentRow } from './incident';

/** @returns the id, or undefined when this document is recorded already */
export async function insertIncident(
  tx: EntityManager,
  { name }: Actor,
  territoryPath: string,
  draft: IncidentDraft,
): Promise<string | undefined> {
  const [made] = await tx.query<{ id: string }[]>(
    `insert into evaluation.incident (territory_path, territory, kind, period, happened_on, found_on, authority, finding,
       document_name, document_digest, recorded_name)
     values ($1::ltree, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [
      ...[territoryPath, draft.territory, draft.kind, draft.period, draft.happenedOn, draft.foundOn, draft.authority],
      ...[draft.finding, draft.documentName, draft.documentDigest, name],
    ],
  );
  return made?.id;
}

export interface IncidentFilter {
  readonly id?: string;
  /** ltree text of the territory at or below which they lie. */
  readonly within?: string;
  readonly territory?: string;
  readonly period?: string;
  /** Days of the finding, both included. */
  readonly from?: string;
  readonly to?: string;
}

/** By day of the finding. */
export async function listIncidentRows(tx: EntityManager, filter: IncidentFilter): Promise<IncidentRow[]> {
  return tx.query(
    `select i.id, i.territory_path::text as "territoryPath", i.territory, i.kind, i.period, i.happened_on as "happenedOn",
       i.found_on as "foundOn", i.authority, i.finding, i.document_name as "documentName",
       i.document_digest as "documentDigest", i.recorded_name as "recordedName", i.recorded_at as "recordedAt"
     from evaluation.incident i
     where ($1::uuid is null or i.id = $1) and ($2::ltree is null or i.territory_path <@ $2::ltree)
       and ($3::text is null or i.territory = $3) and ($4::text is null or i.period = $4)
       and ($5::date is null or i.found_on >= $5) and ($6::date is null or i.found_on <= $6)
     order by i.found_on, i.id`,
    [
      ...[filter.id ?? null, filter.within ?? null, filter.territory ?? null, filter.period ?? null],
      ...[filter.from ?? null, filter.to ?? null],
    ],
  );
}
