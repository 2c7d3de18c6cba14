/** A settlement as it stands: its head, state and steps, and of every part what was granted, paid, billed and taken back. */
import { listFrozen, stateOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { byParty } from '../decision/by-party';
import { movesByParty, paidByParty } from '../compute/standing.service';
import { addMoves, disputedOf, noMoves } from '../decision/part-progress';
import { type FundShare, listDeeds, listShares } from '../deed.store';
import { SettlementMissing } from '../errors';
import type { PartState, PartView, PlacedPart, SettlementDeed, SettlementHead, SettlementView } from '../settlement';
import { settlementTable, type SettlementState } from '../settlement-steps';
import { gistOf } from '../settlement-gist';
import { listHeads, listLines, listParts } from '../settlement.store';

/**
 * As far as the actor sees it: whoever sees the territory of the settlement sees all of it, a party its own parts.
 * @throws SettlementMissing
 */
export async function viewSettlement(tx: EntityManager, id: string): Promise<SettlementView> {
  const isId = /^[0-9a-f-]{36}$/.test(id);
  const parts = isId ? await listParts(tx, { settlementIds: [id] }) : [];
  const [head] = isId ? await listHeads(tx, { ids: [id] }) : [];
  if (!head && parts.length === 0) throw new SettlementMissing({ zh: '结算', en: 'settlement' }, id);
  const [shares, deeds] = [await listShares(tx, [id]), await listDeeds(tx, [id])];
  const subject = { kind: 'settlement', id };
  const procedure = head && (await stateOf(tx, subject));
  const frozen = head ? await shownFrozen(tx, head) : new Set<string>();
  const disputed = frozen.size === 0 ? new Set<string>() : await disputedParties(tx, id, frozen);
  const state = (procedure?.state ?? null) as SettlementState | null;
  const gist = parts.at(0)?.gist;
  const [sharesOf, deedsOf] = [byParty(shares), byParty(deeds)];
  return {
    gist: gist ?? gistOf(head),
    head: head ?? null,
    state,
    nameOfState: state && settlementTable.nameOfState[state],
    steps: procedure?.steps ?? [],
    frozen: [...frozen].sort(),
    parts: parts.map(({ settlementId: _id, gist: _gist, ...part }) =>
      viewPart(part, sharesOf(part.party), deedsOf(part.party), disputed.has(part.party)),
    ),
  };
}

/** As `frozenOf`, for looking only. */
async function shownFrozen(
  tx: EntityManager,
  { id, about }: Pick<SettlementHead, 'id' | 'about'>,
): Promise<ReadonlySet<string>> {
  const ids = about === null ? [id] : [id, about];
  const found: string[] = [];
  for (const one of ids) found.push(...(await listFrozen(tx, { kind: 'settlement', id: one })));
  return new Set(found);
}

async function disputedParties(tx: EntityManager, id: string, frozen: ReadonlySet<string>): Promise<Set<string>> {
  const lines = await listLines(tx, id);
  return new Set([...disputedOf(lines, frozen)].filter(([, { isDisputed }]) => isDisputed).map(([party]) => party));
}

/** A part with what was done about it; shares and deeds are its own. */
export function viewPart(
  part: PlacedPart,
  shares: readonly FundShare[],
  own: readonly SettlementDeed[],
  isDisputed: boolean,
): PartView {
  const moves = (movesByParty(own).get(part.party) ?? []).reduce(addMoves, noMoves);
  const sumOf = (kind: SettlementDeed['deed']): bigint =>
    own.filter(({ deed }) => deed === kind).reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const released = new Set(own.filter(({ deed }) => deed === 'release').map(({ round }) => round));
  const held = shares.filter(({ round }) => !released.has(round));
  const grantedFen = held.reduce((sum, share) => sum + share.grantedFen - share.restoredFen, 0n);
  const last = held.at(-1);
  const paidFen = paidByParty(own).get(part.party) ?? 0n;
  const amounts = {
    ...{ grantedFen, paidFen, billedFen: moves.billedFen, clawedFen: moves.clawbackFen },
    shortfallFen: last ? part.claimFen - grantedFen : 0n,
    collectedFen: sumOf('collect'),
    recoveredFen: sumOf('recover'),
  };
  const undone = new Set(own.filter(({ deed }) => deed === 'undo').map(({ aboutDeed }) => aboutDeed));
  const posted = new Set(own.filter((one) => one.deed === 'settle' && !undone.has(one.id)).map(({ round }) => round));
  const isPending = held.some((share) => share.grantedFen > 0n && !posted.has(share.round));
  return {
    ...part,
    ...amounts,
    state: stateOfPart(part, amounts, {
      isDisputed,
      isPending,
      isQueued: last?.queued ?? false,
      isShared: last !== undefined,
    }),
    vouchers: [...new Set(own.flatMap(({ voucherId }) => voucherId ?? []))],
  };
}

function stateOfPart(
  part: PlacedPart,
  amounts: Pick<
    PartView,
    'grantedFen' | 'paidFen' | 'billedFen' | 'collectedFen' | 'clawedFen' | 'recoveredFen' | 'shortfallFen'
  >,
  {
    isDisputed,
    isPending,
    isQueued,
    isShared,
  }: Readonly<Record<'isDisputed' | 'isPending' | 'isQueued' | 'isShared', boolean>>,
): PartState {
  const { grantedFen, paidFen, billedFen, collectedFen, clawedFen, recoveredFen, shortfallFen } = amounts;
  if (isDisputed) return 'disputed';
  if (isPending) return 'reserved';
  if (paidFen < grantedFen) return 'payable';
  if (billedFen > collectedFen) return 'billed';
  if (clawedFen > recoveredFen) return 'recovering';
  if (part.claimFen > 0n && !isShared) return 'open';
  if (billedFen < part.billFen || clawedFen < part.clawbackFen) return 'open';
  if (shortfallFen > 0n) return isQueued ? 'queued' : 'short';
  return part.claimFen > 0n ? 'paid' : 'settled';
}
