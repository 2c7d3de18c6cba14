/** SQL of declared flows: only ever added, a row for each territory concerned. */
import { Fraction } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { commonPath, type FlowAuthor, type PlacedFlow, type RecordedFlow } from './declared-flow';

/** What a list is limited to; every part may be left out. */
export interface FlowFilter {
  readonly ids?: readonly string[];
  readonly normId?: string;
  readonly service?: string;
  /** At either end. */
  readonly territory?: string;
  /** Day on which they hold, `YYYY-MM-DD`. */
  readonly on?: string;
  /** Without those that have been withdrawn. */
  readonly standing?: boolean;
  readonly limit?: number;
  /** Id of the last one of the page before. */
  readonly after?: string;
}

/** Declarations that the actor may see, by id. */
export async function listFlows(tx: EntityManager, filter: FlowFilter = {}): Promise<RecordedFlow[]> {
  const rows: FlowRow[] = await tx.query(
    `SELECT DISTINCT ON (f.id) f.id, f.norm_id, f.service, f.item, f.supplier, f.beneficiary, f.share, f.quantity, f.unit,
       f.holds_from, f.holds_until, f.reason, f.source, f.actor_id, f.actor_name, f.declared_at,
       w.reason AS withdrawal_reason, w.actor_id AS withdrawn_by, w.actor_name AS withdrawn_by_name, w.withdrawn_at
     FROM accounting.flow_declaration f LEFT JOIN accounting.flow_withdrawal w USING (id, territory_path)
     WHERE ($1::uuid[] IS NULL OR f.id = ANY ($1))
       AND ($2::text IS NULL OR f.norm_id = $2)
       AND ($3::text IS NULL OR f.service = $3)
       AND ($4::text IS NULL OR $4 IN (f.supplier, f.beneficiary))
       AND ($5::date IS NULL OR (f.holds_from <= $5 AND (f.holds_until IS NULL OR f.holds_until > $5)))
       AND (NOT $6::boolean OR w.id IS NULL)
       AND ($7::uuid IS NULL OR f.id > $7)
     ORDER BY f.id LIMIT $8`,
    [
      filter.ids ?? null,
      filter.normId ?? null,
      filter.service ?? null,
      filter.territory ?? null,
      filter.on ?? null,
      filter.standing ?? false,
      filter.after ?? null,
      filter.limit ?? null,
    ],
  );
  return rows.map(toFlow);
}

/** Keeps everybody else from declaring flows of this norm until the transaction ends. */
export async function lockFlows(tx: EntityManager, normId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [`flows of ${normId}`]);
}

export async function insertFlow(tx: EntityManager, placed: PlacedFlow, by: FlowAuthor): Promise<void> {
  const { flow, supplierPath, beneficiaryPath } = placed;
  const { amount } = flow;
  await tx.query(
    `INSERT INTO accounting.flow_declaration (id, territory_path, norm_id, service, item, supplier, beneficiary, share,
       quantity, unit, holds_from, holds_until, reason, source, actor_id, actor_name, declared_at)
     SELECT $1, path, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, date_trunc('milliseconds', now())
     FROM unnest($2::public.ltree[]) AS path`,
    [
      flow.id,
      [commonPath(placed), supplierPath, beneficiaryPath],
      ...[flow.normId, flow.service, flow.item, flow.supplier, flow.beneficiary],
      'share' in amount ? amount.share.toString() : null,
      ...('share' in amount ? [null, null] : [amount.quantity.toString(), amount.unit]),
      ...[flow.from, flow.until, flow.reason, flow.source, by.id, by.name],
    ],
  );
}

/** Withdraws a declaration for every territory that it concerns; the actor sees all of them. */
export async function insertWithdrawal(tx: EntityManager, id: string, reason: string, by: FlowAuthor): Promise<void> {
  await tx.query(
    `INSERT INTO accounting.flow_withdrawal (id, territory_path, reason, actor_id, actor_name, withdrawn_at)
     SELECT id, territory_path, $2, $3, $4, date_trunc('milliseconds', now())
     FROM accounting.flow_declaration WHERE id = $1`,
    [id, reason, by.id, by.name],
  );
}

interface FlowRow {
  id: string;
  norm_id: string;
  service: string;
  item: string | null;
  supplier: string;
  beneficiary: string;
  share: string | null;
  quantity: string | null;
  unit: string | null;
  holds_from: string;
  holds_until: string | null;
  reason: string;
  source: string;
  actor_id: string;
  actor_name: string;
  declared_at: Date;
  withdrawal_reason: string | null;
  withdrawn_by: string | null;
  withdrawn_by_name: string | null;
  withdrawn_at: Date | null;
}

function toFlow(row: FlowRow): RecordedFlow {
  return {
    id: row.id,
    normId: row.norm_id,
    service: row.service,
    item: row.item,
    supplier: row.supplier,
    beneficiary: row.beneficiary,
    amount:
      row.share === null
        ? { quantity: Fraction.parse(row.quantity!)!, unit: row.unit! }
        : { share: Fraction.parse(row.share)! },
    from: row.holds_from,
    until: row.holds_until,
    reason: row.reason,
    source: row.source,
    by: { id: row.actor_id, name: row.actor_name },
    at: row.declared_at,
    withdrawn: row.withdrawn_at && {
      reason: row.withdrawal_reason!,
      by: { id: row.withdrawn_by!, name: row.withdrawn_by_name! },
      at: row.withdrawn_at,
    },
  };
}
