/** The audit trail: one sealed row per deed, written in the transaction of the deed. */
import { canonicalJson } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { rootPath, type Actor } from '../database/actor';
import { emptyHead, followChain, type AuditBreak, type AuditHead, type AuditRow } from './audit-chain';

export interface AuditEntry {
  readonly actor: Actor;
  /** What was done, `subject.verb`, for example `observation.import`. */
  readonly action: string;
  /** What it was done to, for example a batch id or a territory code. */
  readonly subject: string;
  /** ltree text of the territory it is about, by which auditors see it; the root when left out. */
  readonly territoryPath?: string;
  readonly before?: object | null;
  readonly after?: object | null;
}

/**
 * Adds a row to the chain. Writers of the chain wait for each other from here to their commit: call it last.
 * Values are kept as canonical JSON; bigint becomes a decimal string. Never pass secrets: rows stay for ever.
 */
export async function appendAudit(tx: EntityManager, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, territoryPath = rootPath, before, after } = entry;
  const json = (value: unknown) => (value === undefined ? null : canonicalJson(value));
  await tx.query(
    `insert into platform.audit (actor_id, actor_name, action, subject, before_json, after_json, territory_path)
     values ($1, $2, $3, $4, $5, $6, $7::ltree)`,
    [actor.id, actor.name, action, subject, json(before), json(after), territoryPath],
  );
}

/** The latest row of a deed about something, as it is sealed: what proves a deed to somebody without the database. */
export async function findSealedRow(tx: EntityManager, action: string, subject: string): Promise<AuditRow | undefined> {
  const rows = await tx.query<AuditRow[]>(
    `select ${rowColumns} from platform.audit where action = $1 and subject = $2 order by seq desc limit 1`,
    [action, subject],
  );
  return rows[0];
}

export interface AuditVerdict {
  /** Rows that were checked and found whole. */
  readonly rows: number;
  readonly head: AuditHead;
  /** The first place where the chain does not hold; absent when it does. */
  readonly broken?: AuditBreak;
}

const batchRows = 5000;
const rowColumns = `seq, at, actor_id as "actorId", actor_name as "actorName", action, subject, before_json as "beforeJson",
  after_json as "afterJson", seal_format as "sealFormat", territory_path::text as "territoryPath", prev_hash as "prevHash", hash`;

/**
 * Follows the whole chain. Run it in a snapshot with the root as scope: rows out of sight would count as missing.
 * @param published a head noted outside the database earlier; only with it can rows cut off at the end be noticed
 */
export async function verifyAuditChain(tx: EntityManager, published?: AuditHead): Promise<AuditVerdict> {
  let head = emptyHead;
  let publishedSeen = !published || published.rows === 0;
  for (;;) {
    const rows = await readBatch(tx, head.rows);
    for (const row of rows) {
      const next = followChain(head, row);
      if ('reason' in next) return { rows: head.rows, head, broken: next };
      head = next;
      if (head.rows !== published?.rows) continue;
      if (head.hash !== published.hash)
        return { rows: head.rows, head, broken: { seq: head.rows, reason: 'head-differs' } };
      publishedSeen = true;
    }
    if (rows.length === batchRows) continue;
    const broken: AuditBreak | undefined = publishedSeen ? undefined : { seq: head.rows + 1, reason: 'row-missing' };
    return { rows: head.rows, head, ...(broken && { broken }) };
  }
}

function readBatch(tx: EntityManager, afterSeq: number): Promise<AuditRow[]> {
  return tx.query(`select ${rowColumns} from platform.audit where seq > $1 order by seq limit ${batchRows}`, [
    afterSeq,
  ]);
}
