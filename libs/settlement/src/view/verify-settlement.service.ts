/** Decides a settlement anew from its snapshot and the edition of its rule: the same must come out, bit for bit. */
import { digestOf } from '@gep/kernel';
import { decide, getPolicyEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { digestOfDecision, linesOf } from '../decision/settlement-line';
import { netOf } from '../decision/settlement-part';
import { isFund } from '../draft/settlement-draft';
import { thawBook } from '../input/plain-book';
import { getDraft, getHead, getSnapshot, listLines, listParts } from '../settlement.store';

export interface SettlementVerdict {
  readonly id: string;
  readonly code: string;
  readonly holds: boolean;
  /** What differs: `snapshot`, `decision`, `lines`, `parts`. */
  readonly found: readonly string[];
  readonly decisionDigest: string;
  readonly decidedAnew: string;
}

/** @throws SettlementMissing */
export async function verifySettlement(tx: EntityManager, id: string): Promise<SettlementVerdict> {
  const head = await getHead(tx, id);
  const draft = await getDraft(tx, id);
  const snapshot = await getSnapshot(tx, head);
  const found: string[] = [];
  if (digestOf(snapshot.content) !== head.snapshotDigest) found.push('snapshot');
  const rule = await getPolicyEdition(tx, head.ruleEdition);
  const decision = decide(rule, thawBook(snapshot), rule.period === 'none' ? '' : head.period);
  const decidedAnew = digestOfDecision(decision);
  if (decidedAnew !== head.decisionDigest) found.push('decision');
  const lines = linesOf(decision, draft, head.fundCode);
  const kept = await listLines(tx, id);
  const textOf = ({ no, payment, unit, fromParty, toParty, amountFen }: (typeof lines)[number]): string =>
    [no, payment, unit, fromParty, toParty, amountFen].join('|');
  if (lines.map(textOf).join('\n') !== kept.map(textOf).join('\n')) found.push('lines');
  const net = netOf(lines);
  const parts = await listParts(tx, { settlementIds: [id] });
  const known = new Set(parts.map(({ party }) => party));
  const differs = parts.some(({ party, entitledFen }) => (net.get(party) ?? 0n) !== entitledFen);
  if (differs || [...net.keys()].some((party) => !isFund(party) && !known.has(party))) found.push('parts');
  return { id, code: head.code, holds: found.length === 0, found, decisionDigest: head.decisionDigest, decidedAnew };
}
