/** The seal of the audit chain, worked out without the database, so that writer and checker share no code. */
import { digestOf } from '@gep/kernel';
import { rootPath } from '../database/actor';

/** One row of platform.audit as it is stored. */
export interface AuditRow {
  readonly seq: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly beforeJson: string | null;
  readonly afterJson: string | null;
  /** 1: sealed before rows had a territory; 2: the territory is under the seal. */
  readonly sealFormat: 1 | 2;
  /** ltree text; the root when the deed is about no territory. */
  readonly territoryPath: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** How many rows a chain has, and the seal of the last one: publish it outside the database to prove the chain whole. */
export interface AuditHead {
  readonly rows: number;
  readonly hash: string;
}

/** Where a chain is broken. `row-missing` also stands for a row that was moved. */
export interface AuditBreak {
  readonly seq: number;
  readonly reason: 'row-missing' | 'wrong-link' | 'altered' | 'head-differs';
}

export const emptyHead: AuditHead = { rows: 0, hash: '0'.repeat(64) };

const field = (text: string | null): string => (text === null ? '-,' : `${Buffer.byteLength(text)}:${text},`);

/** SHA-256 over the fields of a row, each with its length in bytes before it; from format 2 on, the format comes first. */
export function sealOf(row: Omit<AuditRow, 'hash'>): string {
  const { prevHash, seq, at, actorId, actorName, action, subject, beforeJson, afterJson } = row;
  const first = [prevHash, seq, at, actorId, actorName, action, subject, beforeJson, afterJson];
  const sealed = row.sealFormat === 1 ? first : [String(row.sealFormat), ...first, row.territoryPath];
  return digestOf(sealed.map(field).join(''));
}

/** Checks one row against the head before it: the new head, or where the chain breaks. */
export function followChain(head: AuditHead, row: AuditRow): AuditHead | AuditBreak {
  const seq = head.rows + 1;
  if (Number(row.seq) !== seq) return { seq, reason: 'row-missing' };
  if (row.prevHash !== head.hash) return { seq, reason: 'wrong-link' };
  if (row.hash !== sealOf(row)) return { seq, reason: 'altered' };
  // No seal holds the territory of an old row, so only the one that all of them were given is right.
  if (row.sealFormat === 1 && row.territoryPath !== rootPath) return { seq, reason: 'altered' };
  return { rows: seq, hash: row.hash };
}
