/** Where parties stand with an agreement: what is advanced, what was settled and corrected, and what waits for the next settlement. */
import type { Fen } from '@gep/kernel';
import { type Fund, getFundAccount, listPartyBalances } from '@gep/ledger';
import { frozenFigures, stateOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { listTakings, type Taking } from '../before.store';
import { disputedOf, type PartMoves } from '../decision/part-progress';
import type { PartsBefore } from '../decision/settlement-part';
import { type FundShare, listDeeds, listShares } from '../deed.store';
import { isCorrection } from '../draft/settlement-draft';
import type { SettlementDeed, SettlementHead } from '../settlement';
import type { SettlementState } from '../settlement-steps';
import { getHead, listHeads, listLines, listParts } from '../settlement.store';

/** The state of a settlement; undefined where the actor does not see its territory. */
export async function settlementState(tx: EntityManager, id: string): Promise<SettlementState | undefined> {
  return (await stateOf(tx, { kind: 'settlement', id }))?.state as SettlementState | undefined;
}

/** Those in one of these states. */
export async function inState(
  tx: EntityManager,
  heads: readonly SettlementHead[],
  ...states: readonly SettlementState[]
): Promise<SettlementHead[]> {
  const found: SettlementHead[] = [];
  for (const head of heads) {
    const state = await settlementState(tx, head.id);
    if (state !== undefined && states.includes(state)) found.push(head);
  }
  return found;
}

/** States in which a settlement counts, and those in which its money has been decided upon. */
export const live = ['computed', 'confirmed', 'reserved', 'approved', 'paid', 'closed'] as const;
export const settled = ['approved', 'paid', 'closed'] as const;

/**
 * Figures of a settlement that are under objection. A correction moves nothing of a party whose figure in what it corrects is
 * disputed.
 */
export async function frozenOf(
  tx: EntityManager,
  { id, about }: Pick<SettlementHead, 'id' | 'about'>,
): Promise<ReadonlySet<string>> {
  const own = await frozenFigures(tx, { kind: 'settlement', id });
  return about === null ? own : new Set([...own, ...(await frozenFigures(tx, { kind: 'settlement', id: about }))]);
}

/** What stands advanced for an agreement in periods up to this one, by party. */
export async function advancedBefore(
  tx: EntityManager,
  fund: Fund,
  { agreement, period }: { readonly agreement: string; readonly period: string },
): Promise<Map<string, Fen>> {
  const codes = (await listHeads(tx, { agreement, fundId: fund.id })).map(({ code }) => code);
  const account = await getFundAccount(tx, fund, 'advanced');
  const sums = new Map<string, Fen>();
  for (const { party, period: of, postedFen } of await listPartyBalances(tx, account, [agreement, ...codes]))
    if (of <= period || of.startsWith(period)) sums.set(party, (sums.get(party) ?? 0n) + postedFen);
  return new Map([...sums].filter(([, fen]) => fen !== 0n));
}

/** What a correction left waiting for a party, less what was taken of it since. */
interface WaitingEntry {
  readonly correctionId: string;
  readonly about: string;
  readonly party: string;
  readonly leftFen: Fen;
}

/** What waits for the next settlement of an agreement: of every settlement what its last correction left, the oldest first. */
export async function listWaiting(
  tx: EntityManager,
  { agreement, fundId }: Pick<SettlementHead, 'agreement' | 'fundId'>,
): Promise<WaitingEntry[]> {
  const corrections = (await listHeads(tx, { agreement, fundId })).filter(({ kind }) => isCorrection(kind));
  // The newest first: of each settlement the last correction counts.
  const last = new Map<string, string>();
  for (const { id, about } of await inState(tx, corrections, ...settled)) if (!last.has(about!)) last.set(about!, id);
  const taken = await liveTakings(tx, [...last.keys()]);
  const entries: WaitingEntry[] = [];
  for (const [about, correctionId] of [...last].reverse())
    for (const { party, waitingFen, waitingCause } of await listParts(tx, { settlementIds: [correctionId] })) {
      if (waitingCause === 'disputed' || waitingCause === 'none') continue;
      const gone = sumOf(taken.filter((one) => one.correctionId === correctionId && one.party === party));
      if (waitingFen !== gone) entries.push({ correctionId, about, party, leftFen: waitingFen - gone });
    }
  return entries;
}

const sumOf = (takings: readonly Taking[]): Fen => takings.reduce((sum, { takenFen }) => sum + takenFen, 0n);

async function liveTakings(tx: EntityManager, abouts: readonly string[]): Promise<Taking[]> {
  const takings = await listTakings(tx, abouts);
  const takers = await listHeads(tx, { ids: [...new Set(takings.map(({ settlementId }) => settlementId))] });
  const counted = new Set((await inState(tx, takers, ...live)).map(({ id }) => id));
  return takings.filter(({ settlementId }) => counted.has(settlementId));
}

/** What settle deeds posted for each party, those that were undone left out. */
export function movesByParty(deeds: readonly SettlementDeed[]): Map<string, PartMoves[]> {
  const undone = new Set(deeds.filter(({ deed }) => deed === 'undo').map(({ aboutDeed }) => aboutDeed));
  const found = new Map<string, PartMoves[]>();
  for (const { deed, id, party, moves } of deeds)
    if (deed === 'settle' && moves && !undone.has(id)) found.set(party, [...(found.get(party) ?? []), moves]);
  return found;
}

/** Payments that did not come back. */
export function standingPayments(deeds: readonly SettlementDeed[]): SettlementDeed[] {
  const returned = new Set(deeds.filter(({ deed }) => deed === 'return-payment').map(({ aboutDeed }) => aboutDeed));
  return deeds.filter(({ deed, id }) => deed === 'pay' && !returned.has(id));
}

/** The same, by party. */
export function paidByParty(deeds: readonly SettlementDeed[]): Map<string, Fen> {
  const paid = new Map<string, Fen>();
  for (const { party, amountFen } of standingPayments(deeds)) paid.set(party, (paid.get(party) ?? 0n) + amountFen);
  return paid;
}

/** Where each party stands with a settlement and its corrections, for the next correction. @throws SettlementMissing */
export async function standingsOf(
  tx: EntityManager,
  aboutId: string,
): Promise<Pick<PartsBefore, 'standings' | 'contract'>> {
  const about = await getHead(tx, aboutId);
  const corrections = await inState(tx, await listHeads(tx, { about: aboutId }), ...settled);
  const ids = [about.id, ...corrections.map(({ id }) => id)];
  const [deeds, shares, parts, taken] = [
    await listDeeds(tx, ids),
    await listShares(tx, ids),
    await listParts(tx, { settlementIds: ids }),
    await liveTakings(tx, [aboutId]),
  ];
  const frozen = await frozenOf(tx, about);
  const disputed = disputedOf(frozen.size === 0 ? [] : await listLines(tx, aboutId), frozen);
  const standings = new Map<string, StandingSums>();
  const of = (party: string): StandingSums => {
    const known = standings.get(party) ?? { settledFen: 0n, shortfallFen: 0n, paidFen: 0n, isDisputed: false };
    standings.set(party, known);
    return known;
  };
  let [contractFen, supplementedFen] = [0n, 0n];
  for (const id of ids) {
    const own = deeds.filter(({ settlementId }) => settlementId === id);
    const moves = movesByParty(own);
    const isFirst = id === aboutId;
    for (const [party, fen] of paidByParty(own)) of(party).paidFen += fen;
    for (const part of parts.filter(({ settlementId }) => settlementId === id)) {
      const standing = of(part.party);
      const sum = (moves.get(part.party) ?? []).reduce(
        (total, { grantedFen, advanceSpentFen, billedFen, clawbackFen }) => ({
          grantedFen: total.grantedFen + grantedFen,
          spentFen: total.spentFen + advanceSpentFen,
          netFen: total.netFen + grantedFen + advanceSpentFen - billedFen - (isFirst ? 0n : clawbackFen),
          clawedFen: total.clawedFen + (isFirst ? 0n : clawbackFen),
        }),
        { grantedFen: 0n, spentFen: 0n, netFen: isFirst ? -part.takenFen : 0n, clawedFen: 0n },
      );
      standing.settledFen += sum.netFen;
      standing.paidFen += sum.spentFen - sum.clawedFen;
      standing.shortfallFen += shortfallOf(
        shares.filter((share) => share.settlementId === id && share.party === part.party),
      );
      if (isFirst && sum.netFen > 0n) contractFen += sum.netFen;
      if (!isFirst) supplementedFen += sum.grantedFen;
    }
  }
  for (const { party, takenFen } of taken) of(party).settledFen += takenFen;
  for (const [party, { isDisputed }] of disputed) of(party).isDisputed = isDisputed;
  return { standings, contract: { contractFen, supplementedFen } };
}

/** What the fund refused for good; what was never claimed, or still waits in its queue, is not refused. */
function shortfallOf(shares: readonly FundShare[]): Fen {
  const last = shares.at(-1);
  return last && !last.queued ? last.claimedFen - last.grantedFen : 0n;
}

interface StandingSums {
  settledFen: Fen;
  shortfallFen: Fen;
  paidFen: Fen;
  isDisputed: boolean;
}
