/** Drafts what a restatement asks of one settlement: a correction where money moved, a mark where none did. Nothing posted is edited. */
import { DomainError } from '@gep/kernel';
import { appendAudit } from '@gep/platform';
import { stateOf, type Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { actOnSettlement } from '../act/act-on-settlement.service';
import { computeSettlement } from '../compute/compute-settlement.service';
import { decideSettlement, type DecidedSettlement } from '../compute/decide-settlement.service';
import { settlementState, standingsOf } from '../compute/standing.service';
import type { SettlementHead } from '../settlement';
import type { SettlementState } from '../settlement-steps';
import type { SettlementTools } from '../settlement-tools.service';
import { getDraft, listHeads, listParts } from '../settlement.store';
import { correctionOf, kindOfCorrection, type Corrected } from './correction-draft';
import { isFalsified } from './restatement-reason';
import { listRestatedFigures } from './stale.store';
import { insertTrueUp, listCodesLike, lockTrueUp, type TrueUpRecord } from './true-up.store';

/** A restatement as far as a settlement is concerned. */
export interface Cause {
  readonly disclosureId: string;
  readonly reason: string | null;
}

/** States of a correction that no money has moved by. */
const movable: readonly (SettlementState | undefined)[] = ['computed', 'confirmed', 'reserved', 'approved', 'returned'];

/**
 * Looks at the settlement as it stands now and drafts the correction that brings everybody to what the newest vintages entitle
 * to. A correction that nobody was paid by yet is replaced when its own figures were restated, and kept when they were not.
 * @returns undefined when the settlement was withdrawn
 */
export async function draftCorrection(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  about: SettlementHead,
  { disclosureId, reason }: Cause,
): Promise<TrueUpRecord | undefined> {
  await lockTrueUp(tx, about.id);
  const { id, territoryPath } = about;
  if ((await settlementState(tx, id)) === 'withdrawn') return undefined;
  const plain = { about: id, disclosureId, territoryPath, correction: null, snapshotDigest: null, refusal: null };
  const record = isFalsified(reason)
    ? { ...plain, outcome: 'falsified' as const }
    : !(await wasPaid(tx, id))
      ? { ...plain, outcome: 'stale' as const }
      : { ...plain, ...(await correct(tx, actor, tools, about)) };
  await insertTrueUp(tx, record);
  await appendAudit(tx, { actor, action: 'settlement.true-up.draft', subject: id, territoryPath, after: record });
  return record;
}

/** Whether money has moved by it: what is only approved can still be withdrawn and computed anew. */
export async function wasPaid(tx: EntityManager, settlementId: string): Promise<boolean> {
  const procedure = await stateOf(tx, { kind: 'settlement', id: settlementId });
  return procedure?.state === 'closed' || (procedure?.steps.some(({ act }) => act === 'pay') ?? false);
}

type Correction = Pick<TrueUpRecord, 'outcome' | 'correction' | 'snapshotDigest' | 'refusal'>;
const without = { correction: null, snapshotDigest: null, refusal: null };

async function correct(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  about: SettlementHead,
): Promise<Correction> {
  // An advance is trued up by the result itself, which counts what was advanced.
  if (about.kind === 'advance') return { ...without, outcome: 'listed' };
  const standing = await keepOrWithdraw(tx, actor, tools, about);
  if (standing)
    return { ...without, outcome: 'drafted', correction: standing.id, snapshotDigest: standing.snapshotDigest };
  const planned = await planCorrection(tx, tools, about);
  if (planned instanceof DomainError)
    return { ...without, outcome: 'refused', refusal: { code: planned.code, text: planned.text } };
  const snapshotDigest = planned.frozen.digest;
  if (planned.draft.trueUp.way === 'none') return { ...without, outcome: 'listed', snapshotDigest };
  if (planned.parts.every(isStill)) return { ...without, outcome: 'unchanged', snapshotDigest };
  const kind = kindOfCorrection(planned.parts, planned.draft.trueUp.way);
  const { id } = await computeSettlement(tx, actor, tools, { ...planned.draft, kind });
  return { ...without, outcome: 'drafted', correction: id, snapshotDigest };
}

/** Whether nothing is due to or from a party, and nothing waits but its objection. */
const isStill = ({ claimFen, billFen, clawbackFen, waitingFen, waitingCause }: DecidedSettlement['parts'][number]) =>
  claimFen === 0n && billFen === 0n && clawbackFen === 0n && (waitingFen === 0n || waitingCause === 'disputed');

/** A correction that is on its way and says what would be said now; others that are on their way are withdrawn. */
async function keepOrWithdraw(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  about: SettlementHead,
): Promise<SettlementHead | undefined> {
  let standing: SettlementHead | undefined;
  for (const head of await listHeads(tx, { about: about.id })) {
    const state = await settlementState(tx, head.id);
    if (!movable.includes(state) || (await wasPaid(tx, head.id))) continue;
    const isOvertaken = (await listRestatedFigures(tx, head.id)).length > 0 || (await hasObjectionEnded(tx, head));
    if (isOvertaken) await withdraw(tx, actor, tools, head);
    else standing = head;
  }
  return standing;
}

/** Whether somebody was left out because of an objection that is over. */
async function hasObjectionEnded(tx: EntityManager, { id, about }: SettlementHead): Promise<boolean> {
  const waiting = (await listParts(tx, { settlementIds: [id] })).filter((part) => part.waitingCause === 'disputed');
  if (waiting.length === 0) return false;
  const { standings } = await standingsOf(tx, about!);
  return waiting.some(({ party }) => !standings.get(party)?.isDisputed);
}

/** Takes an unpaid settlement off its way because its figures were restated. */
export async function withdraw(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  { id }: SettlementHead,
): Promise<void> {
  const reason = 'figures were restated · 所依据的账户已重述';
  await actOnSettlement(tx, actor, tools, { id, act: 'withdraw', reason });
}

/** What would be corrected, without writing anything; the refusal when it cannot be decided. */
export async function planCorrection(
  tx: EntityManager,
  tools: SettlementTools,
  about: SettlementHead,
): Promise<DecidedSettlement | DomainError> {
  const taken = await listCodesLike(tx, about.territoryPath, about.code);
  try {
    return await decideSettlement(tx, tools, correctionOf(await correctedOf(tx, about), 'true-up', taken));
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

export async function correctedOf(tx: EntityManager, { id, ruleEdition }: SettlementHead): Promise<Corrected> {
  return { id, ruleEdition, draft: await getDraft(tx, id) };
}
