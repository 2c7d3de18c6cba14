/** SQL of what departments deliver for a scorecard. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { DeliveredCell } from './delivery-table';

export interface DeliveryDraft {
  readonly territoryPath: string;
  /** Id of the rule. */
  readonly scorecard: string;
  readonly period: string;
  readonly department: string;
  /** Code of the territory whose department it is. */
  readonly supplier: string;
  readonly documentName: string;
  readonly documentDigest: string;
  readonly cells: readonly DeliveredCell[];
  readonly digest: string;
}

export interface DeliveryRow extends DeliveryDraft {
  readonly id: string;
  readonly deliveryNo: string;
  readonly suppliedBy: string;
  readonly suppliedName: string;
  readonly suppliedAt: Date;
}

export async function insertDelivery(tx: EntityManager, { name }: Actor, draft: DeliveryDraft): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.score_delivery (territory_path, scorecard, period, department, supplier, document_name,
       document_digest, cells, digest, supplied_name)
     values ($1::ltree, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[draft.territoryPath, draft.scorecard, draft.period, draft.department, draft.supplier, draft.documentName],
      ...[draft.documentDigest, JSON.stringify(draft.cells), draft.digest, name],
    ],
  );
  return id;
}

export interface DeliveryFilter {
  readonly id?: string;
  readonly territoryPath?: string;
  readonly scorecard?: string;
  readonly period?: string;
}

/** The earliest first. */
export async function listDeliveryRows(tx: EntityManager, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  return tx.query(
    `select d.id, d.delivery_no as "deliveryNo", d.territory_path::text as "territoryPath", d.scorecard, d.period, d.department,
       d.supplier, d.document_name as "documentName", d.document_digest as "documentDigest", d.cells, d.digest,
       d.supplied_by as "suppliedBy", d.supplied_name as "suppliedName", d.supplied_at as "suppliedAt"
     from evaluation.score_delivery d
     where ($1::uuid is null or d.id = $1) and ($2::ltree is null or d.territory_path = $2::ltree)
       and ($3::text is null or d.scorecard = $3) and ($4::text is null or d.period = $4)
     order by d.delivery_no`,
    [filter.id ?? null, filter.territoryPath ?? null, filter.scorecard ?? null, filter.period ?? null],
  );
}
