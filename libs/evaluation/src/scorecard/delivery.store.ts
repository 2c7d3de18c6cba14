/** SQL of what departments deliver for a scorecard. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { ScoreMissing } from './errors';
import type { DeliveredCell } from './delivery-table';
import type { ScoreDeliveryState } from './score-steps';

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

export interface ScoreDelivery extends DeliveryDraft {
  readonly id: string;
  readonly deliveryNo: string;
  readonly suppliedBy: string;
  readonly suppliedName: string;
  readonly suppliedAt: Date;
  readonly state: ScoreDeliveryState;
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
  readonly state?: ScoreDeliveryState;
}

/** The earliest first. */
export async function listDeliveries(tx: EntityManager, filter: DeliveryFilter): Promise<ScoreDelivery[]> {
  return tx.query(
    `select d.id, d.delivery_no as "deliveryNo", d.territory_path::text as "territoryPath", d.scorecard, d.period, d.department,
       d.supplier, d.document_name as "documentName", d.document_digest as "documentDigest", d.cells, d.digest,
       d.supplied_by as "suppliedBy", d.supplied_name as "suppliedName", d.supplied_at as "suppliedAt", s.state
     from evaluation.score_delivery d cross join lateral (
       select to_state as state from procedure.step where kind = 'score-delivery' and subject_id = d.id order by no desc limit 1) as s
     where ($1::uuid is null or d.id = $1) and ($2::ltree is null or d.territory_path = $2::ltree)
       and ($3::text is null or d.scorecard = $3) and ($4::text is null or d.period = $4) and ($5::text is null or s.state = $5)
     order by d.delivery_no`,
    [
      ...[filter.id ?? null, filter.territoryPath ?? null, filter.scorecard ?? null, filter.period ?? null],
      filter.state ?? null,
    ],
  );
}

/** @throws ScoreMissing */
export async function getDelivery(tx: EntityManager, id: string): Promise<ScoreDelivery> {
  const [found] = /^[0-9a-f-]{36}$/i.test(id) ? await listDeliveries(tx, { id }) : [];
  if (!found) throw new ScoreMissing({ zh: '报送', en: 'delivery' }, id);
  return found;
}
