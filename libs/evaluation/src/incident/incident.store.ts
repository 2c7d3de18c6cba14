/** SQL of the register of incidents. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { IncidentState } from './incident-steps';

export const incidentKinds = ['major-incident', 'proven-falsification'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What an authority found, as somebody records it. */
export interface IncidentDraft {
  readonly territory: string;
  readonly kind: IncidentKind;
  /** Year whose evaluation it counts in. */
  readonly period: string;
  readonly happenedOn: string;
  /** Day of the finding. */
  readonly foundOn: string;
  readonly authority: string;
  readonly finding: string;
  readonly documentName: string;
  readonly documentDigest: string;
}

export interface Incident extends IncidentDraft {
  readonly id: string;
  readonly territoryPath: string;
  readonly recordedName: string;
  readonly recordedAt: Date;
  readonly state: IncidentState;
}

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
  readonly state?: IncidentState;
  /** Days of the finding, both included. */
  readonly from?: string;
  readonly to?: string;
}

/** By day of the finding. */
export async function findIncidents(tx: EntityManager, filter: IncidentFilter): Promise<Incident[]> {
  return tx.query(
    `select i.id, i.territory_path::text as "territoryPath", i.territory, i.kind, i.period, i.happened_on as "happenedOn",
       i.found_on as "foundOn", i.authority, i.finding, i.document_name as "documentName",
       i.document_digest as "documentDigest", i.recorded_name as "recordedName", i.recorded_at as "recordedAt", s.state
     from evaluation.incident i cross join lateral (
       select to_state as state from procedure.step where kind = 'incident' and subject_id = i.id order by no desc limit 1) as s
     where ($1::uuid is null or i.id = $1) and ($2::ltree is null or i.territory_path <@ $2::ltree)
       and ($3::text is null or i.territory = $3) and ($4::text is null or i.period = $4) and ($5::text is null or s.state = $5)
       and ($6::date is null or i.found_on >= $6) and ($7::date is null or i.found_on <= $7)
     order by i.found_on, i.id`,
    [
      ...[filter.id ?? null, filter.within ?? null, filter.territory ?? null, filter.period ?? null],
      ...[filter.state ?? null, filter.from ?? null, filter.to ?? null],
    ],
  );
}
