/** SQL of measurements that departments hand in for the periods of an agreement. */
import type { Period } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { MeasuredTable, MeasurementSource } from './measured-table';

export interface MeasurementDraft extends MeasuredTable, MeasurementSource {
  readonly agreement: string;
  readonly period: Period;
  readonly documentName: string;
  /** SHA-256 of the document that the figures were taken from. */
  readonly documentDigest: string;
}

export interface Measurement extends MeasurementDraft {
  readonly id: string;
  readonly territoryPath: string;
  /** SHA-256 of header and rows. */
  readonly digest: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

export async function insertMeasurement(
  tx: EntityManager,
  territoryPath: string,
  draft: MeasurementDraft & { readonly digest: string },
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into compensation.measurement (territory_path, agreement, period, supplied_by, supplier_place, sampled_with,
       header, rows, document_name, document_digest, digest)
     values ($1::ltree, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[territoryPath, draft.agreement, draft.period, draft.suppliedBy, draft.supplierPlace, draft.sampledWith],
      ...[JSON.stringify(draft.header), JSON.stringify(draft.rows)],
      ...[draft.documentName, draft.documentDigest, draft.digest],
    ],
  );
  return id;
}

export interface MeasurementFilter {
  readonly id?: string;
  readonly territoryPath?: string;
  readonly agreement?: string;
  readonly period?: Period;
}

/** The latest first. */
export async function listMeasurements(tx: EntityManager, filter: MeasurementFilter): Promise<Measurement[]> {
  return tx.query(
    `select m.id, m.territory_path::text as "territoryPath", m.agreement, m.period, m.supplied_by as "suppliedBy",
       m.supplier_place as "supplierPlace", m.sampled_with as "sampledWith", m.header, m.rows,
       m.document_name as "documentName", m.document_digest as "documentDigest", m.digest,
       m.recorded_by as "recordedBy", m.recorded_at as "recordedAt"
     from compensation.measurement m
     where ($1::uuid is null or m.id = $1) and ($2::ltree is null or m.territory_path = $2::ltree)
       and ($3::text is null or m.agreement = $3) and ($4::text is null or m.period = $4)
     order by m.recorded_at desc, m.id`,
    [filter.id ?? null, filter.territoryPath ?? null, filter.agreement ?? null, filter.period ?? null],
  );
}
