/** Reads the audit trail back, the latest row first. */
import type { EntityManager } from 'typeorm';

/** One deed as it was recorded. */
export interface AuditRecord {
  /** Place in the chain, from 1, as text because it is a bigint. */
  readonly seq: string;
  /** UTC with microseconds. */
  readonly at: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  /** ltree text of the territory it was about; the root when about none. */
  readonly territoryPath: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly hash: string;
}

/** What a page of the trail is limited to; every part may be left out. */
export interface AuditFilter {
  readonly actorId?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Label of a territory in the tree, for example `520523`: deeds about it and what lies below it. */
  readonly within?: string;
  /** ISO 8601, inclusive. */
  readonly from?: string;
  /** ISO 8601, exclusive. */
  readonly until?: string;
}

/** At most `limit` rows that come before the row `beforeSeq` in the chain, as far as the scope of the transaction shows them. */
export async function listAudit(
  tx: EntityManager,
  filter: AuditFilter,
  page: { readonly beforeSeq?: string; readonly limit: number },
): Promise<AuditRecord[]> {
  const rows = await tx.query<(AuditRecord & { before: string | null; after: string | null })[]>(
    `select seq, at, actor_id as "actorId", actor_name as "actorName", action, subject, before_json as before,
            after_json as after, territory_path::text as "territoryPath", hash
     from platform.audit
     where ($1::text is null or actor_id = $1) and ($2::text is null or action = $2) and ($3::text is null or subject = $3)
       and ($4::timestamptz is null or at::timestamptz >= $4) and ($5::timestamptz is null or at::timestamptz < $5)
       and ($6::bigint is null or seq < $6) and ($8::text is null or territory_path ~ ('*.' || $8 || '.*')::lquery)
     order by seq desc limit $7`,
    [
      filter.actorId ?? null,
      filter.action ?? null,
      filter.subject ?? null,
      filter.from ?? null,
      filter.until ?? null,
      page.beforeSeq ?? null,
      page.limit,
      filter.within ?? null,
    ],
  );
  const read = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
  return rows.map((row) => ({ ...row, before: read(row.before), after: read(row.after) }));
}
