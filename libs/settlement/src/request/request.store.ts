/** SQL of settlements that were asked for, and of what became of them. Rows are only added. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { SettlementDraft } from '../draft/settlement-draft';

/** A settlement that is to be computed for somebody. */
export interface SettlementRequest {
  readonly id: string;
  readonly code: string;
  readonly territoryPath: string;
  readonly draft: SettlementDraft;
  /** Territories of whoever asked, ltree texts. */
  readonly scope: readonly string[];
  readonly requestedBy: string;
  readonly requestedName: string;
  readonly requestedAt: Date;
  /** Once it was computed. */
  readonly settlementId: string | null;
  /** Once it was refused: code, kind and text. */
  readonly refusal: Readonly<Record<string, unknown>> | null;
}

export async function insertRequest(
  tx: EntityManager,
  actor: Actor,
  request: { readonly id: string; readonly draft: SettlementDraft; readonly bodyDigest: string },
): Promise<void> {
  const { id, draft, bodyDigest } = request;
  await tx.query(
    `insert into settlement.request (id, territory_path, code, draft, body_digest, scope, requested_name)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, draft.territoryPath, draft.code, JSON.stringify(draft), bodyDigest, actor.scope, actor.name],
  );
}

export async function insertOutcome(
  tx: EntityManager,
  { id, territoryPath }: Pick<SettlementRequest, 'id' | 'territoryPath'>,
  outcome: { readonly settlementId: string } | { readonly refusal: object },
): Promise<void> {
  const [settlementId, refusal] =
    'settlementId' in outcome ? [outcome.settlementId, null] : [null, JSON.stringify(outcome.refusal)];
  await tx.query(
    `insert into settlement.request_outcome (request_id, territory_path, settlement_id, refusal) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [id, territoryPath, settlementId, refusal],
  );
}

const columns = `r.id, r.code, r.territory_path::text as "territoryPath", r.draft, r.scope, r.requested_by as "requestedBy",
  r.requested_name as "requestedName", r.requested_at as "requestedAt", o.settlement_id as "settlementId", o.refusal`;

export async function findRequest(tx: EntityManager, id: string): Promise<SettlementRequest | undefined> {
  const [found] = await tx.query<SettlementRequest[]>(
    `select ${columns} from settlement.request r left join settlement.request_outcome o on o.request_id = r.id where r.id = $1`,
    [id],
  );
  return found;
}

/** Requests without an outcome that are older than this, each with a number that grows with its age. */
export async function listQuietRequests(
  tx: EntityManager,
  quietSeconds: number,
): Promise<{ id: string; issue: number }[]> {
  return tx.query(
    `select r.id, floor(extract(epoch from clock_timestamp() - r.requested_at) / greatest($1, 1))::int as issue
     from settlement.request r
     where r.requested_at < clock_timestamp() - make_interval(secs => $1)
       and not exists (select from settlement.request_outcome o where o.request_id = r.id)
     order by r.requested_at limit 500`,
    [quietSeconds],
  );
}
