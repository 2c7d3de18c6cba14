/** A settlement with everything that was done about it, as an act finds it. */
import type { Fen } from '@gep/kernel';
import { type Fund, getFund, getFundAccount, type FundRole, type PostingBasis } from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import {
  addMoves,
  type Disputed,
  disputedOf,
  noMoves,
  nothingNow,
  type PartMoves,
  type PartPlan,
  planPart,
} from '../decision/part-progress';
import { type FundShare, listDeeds, listShares } from '../deed.store';
import { isCorrection } from '../draft/settlement-draft';
import type { PlacedPart, SettlementDeed, SettlementHead } from '../settlement';
import { waitedFor } from '../decision/waited-for';
import { getHead, listLines, listParts } from '../settlement.store';
import { frozenOf, movesByParty, paidByParty } from '../compute/standing.service';

/** Read it when the subject is locked. */
export class SettlementCase {
  private readonly moves: ReadonlyMap<string, PartMoves[]>;
  private readonly paid: ReadonlyMap<string, Fen>;
  private readonly pending: Map<string, Fen>;
  private readonly accounts = new Map<FundRole, Promise<string>>();
  private readonly byParty: ReadonlyMap<string, PlacedPart>;
  /** Shares that were neither posted nor released. */
  readonly pendingShares: readonly FundShare[];
  /** Shares that were posted and are neither paid nor undone. */
  readonly unpaidShares: readonly FundShare[];

  private constructor(
    readonly head: SettlementHead,
    readonly fund: Fund,
    readonly parts: readonly PlacedPart[],
    readonly shares: readonly FundShare[],
    readonly deeds: readonly SettlementDeed[],
    private readonly disputed: ReadonlyMap<string, Disputed>,
    private readonly leftOut: ReadonlySet<string>,
  ) {
    this.moves = movesByParty(deeds);
    this.paid = paidByParty(deeds);
    const endedBy = (...kinds: readonly SettlementDeed['deed'][]): ReadonlySet<string> =>
      new Set(deeds.filter(({ deed }) => kinds.includes(deed)).map(({ party, round }) => `${party} ${round}`));
    const [posted, unpending, unowed] = [endedBy('settle'), endedBy('settle', 'release'), endedBy('pay', 'release')];
    const granted = shares.filter(({ grantedFen }) => grantedFen > 0n);
    this.pendingShares = granted.filter(({ party, round }) => !unpending.has(`${party} ${round}`));
    this.unpaidShares = granted.filter(
      ({ party, round }) => posted.has(`${party} ${round}`) && !unowed.has(`${party} ${round}`),
    );
    this.pending = new Map<string, Fen>();
    for (const { party, grantedFen, restoredFen } of this.pendingShares)
      this.pending.set(party, this.pendingFen(party) + grantedFen - restoredFen);
    this.byParty = new Map(parts.map((part) => [part.party, part]));
  }

  /** @param leaveOut parties that a mechanism holds back: they stay as they are */
  static async read(tx: EntityManager, id: string, leaveOut: readonly string[] = []): Promise<SettlementCase> {
    const head = await getHead(tx, id);
    const frozen = await frozenOf(tx, head);
    const lines = frozen.size === 0 ? [] : await listLines(tx, id);
    return new SettlementCase(
      head,
      await getFund(tx, head.fundId),
      await listParts(tx, { settlementIds: [id] }),
      await listShares(tx, [id]),
      await listDeeds(tx, [id]),
      disputedOf(lines, frozen),
      new Set(leaveOut),
    );
  }

  get round(): number {
    return Math.max(0, ...this.shares.map(({ round }) => round));
  }

  part(party: string): PlacedPart | undefined {
    return this.byParty.get(party);
  }

  isDisputed(party: string): boolean {
    return this.disputed.get(party)?.isDisputed ?? false;
  }

  /** What was posted for a party so far. */
  done(party: string): PartMoves {
    return (this.moves.get(party) ?? []).reduce(addMoves, noMoves);
  }

  paidFen(party: string): Fen {
    return this.paid.get(party) ?? 0n;
  }

  /** What of new money is granted and not yet posted. */
  pendingFen(party: string): Fen {
    return this.pending.get(party) ?? 0n;
  }

  /** What can be claimed and posted for a part now. */
  plan(part: PlacedPart): PartPlan {
    if (this.leftOut.has(part.party)) return nothingNow;
    return planPart(part, this.granted(part), this.disputed.get(part.party), isCorrection(this.head.kind));
  }

  /** Whom alone a round would wait for, by objection or because the mechanism holds them back. */
  get waitedFor(): string[] {
    const [free, held] = [new Set<string>(), new Set<string>()];
    for (const share of this.pendingShares) (this.isFree(share) ? free : held).add(share.party);
    for (const { party } of this.unpaidShares) (this.isFree({ party, grantedFen: 0n }) ? free : held).add(party);
    return waitedFor(
      this.parts.map((part) => ({
        ...{ party: part.party, now: this.plan(part), later: planPart(part, this.granted(part)) },
        ...{ hasFreeGrant: free.has(part.party), hasHeldGrant: held.has(part.party) },
      })),
    );
  }

  private granted({ party }: PlacedPart): PartMoves {
    const done = this.done(party);
    return { ...done, grantedFen: done.grantedFen + this.pendingFen(party) };
  }

  /** Whether a grant may be posted and paid: nothing of the party is disputed, or it is covered by what is not. */
  isFree({ party, grantedFen }: Pick<FundShare, 'party' | 'grantedFen'>): boolean {
    if (this.leftOut.has(party)) return false;
    if (!this.isDisputed(party)) return true;
    const part = this.part(party)!;
    if (isCorrection(this.head.kind)) return false;
    const undisputed = planPart(part, noMoves, this.disputed.get(party)).claimFen;
    return this.done(party).grantedFen + grantedFen <= undisputed;
  }

  account(tx: EntityManager, role: FundRole): Promise<string> {
    const known = this.accounts.get(role) ?? getFundAccount(tx, this.fund, role);
    this.accounts.set(role, known);
    return known;
  }

  /** What amounts of a part follow from. */
  basis(part: PlacedPart): PostingBasis {
    const { ruleEdition, agreement, period } = this.head;
    return { ruleEdition, vintageId: part.vintageId, agreement, period };
  }
}
