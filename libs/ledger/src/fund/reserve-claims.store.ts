/** Decides over claims on a fund and holds the money of what they got, in the transaction of the deed. */
import { parsePeriod, type Period, sumFen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { enterBook, lockAccounts } from '../book/book.store';
import { FundRefused } from '../errors';
import { reserveEach } from '../reservation/reserve.store';
import { getFund, insertGrants, listGrants, listSources } from './fund.store';
import { type FundClaim, type GrantedClaim, shareShortfall, type ShortfallPolicy } from './share-shortfall';
import { drawableSources, planDraws } from './source-order';

/** Claims on a fund that are decided together. */
export interface FundDecision {
  readonly fundId: string;
  /** Names the decision for ever, for example `2025-watershed`. */
  readonly decisionKey: string;
  readonly purpose: string;
  /** The period that is paid for; the year in which it ends is that of the money. */
  readonly period: Period;
  readonly claims: readonly FundClaim[];
  readonly expiresAt: Date;
  /** Instead of that of the fund. */
  readonly policy?: ShortfallPolicy;
  readonly agreement?: string;
}

/** What a claim got, with the reservations that hold it. */
export interface FundedClaim extends GrantedClaim {
  readonly reservationIds: readonly string[];
}

/**
 * Decides over claims and holds the money of what they got. Two decisions at once come one after the other; what a claim did
 * not get is recorded, and refuses nothing. The audit row is the caller's.
 * @throws LedgerMissing, FundRefused
 */
export async function reserveFundClaims(
  tx: EntityManager,
  actor: Actor,
  decision: FundDecision,
): Promise<FundedClaim[]> {
  const { fundId, decisionKey, purpose, claims, expiresAt, agreement = null } = decision;
  const period = parsePeriod(decision.period);
  await enterBook(tx);
  const fund = await getFund(tx, fundId);
  const policy = decision.policy ?? fund.shortfallPolicy;
  const faults = claims.filter(({ amountFen }) => amountFen < 0n);
  if (!/^[\x21-\x7e]{1,120}$/.test(decisionKey) || claims.some(({ code }) => !/^[\x21-\x7e]{1,100}$/.test(code)))
    throw new FundRefused(fund.code, {
      zh: '决定的名称（至多 120 个）与申请的代码（至多 100 个）应为可见的 ASCII 字符',
      en: 'the name of a decision (up to 120) and the codes of claims (up to 100) are visible ASCII characters',
    });
  if (faults.length > 0 || new Set(claims.map(({ code }) => code)).size < claims.length)
    throw new FundRefused(fund.code, {
      zh: '各项申请的代码应互不相同，金额不小于零',
      en: 'claims have codes of their own and amounts of zero or more',
    });
  const accountIds = (await listSources(tx, fundId)).map(({ accountId }) => accountId);
  await lockAccounts(tx, accountIds);
  if ((await listGrants(tx, fundId, { decisionKey })).length > 0)
    throw new FundRefused(fund.code, {
      zh: `决定 ${decisionKey} 已经作出；请使用新的名称`,
      en: `the decision ${decisionKey} has been made; give another name`,
    });
  const sources = drawableSources(await listSources(tx, fundId), purpose, Number(period.slice(0, 4)));
  const available = sumFen(sources.map(({ availableFen }) => availableFen));
  const granted = shareShortfall(available, claims, policy);
  await insertGrants(
    ...([tx, fund, { decisionKey, purpose, period, policy }, granted] as const),
    new Map(claims.map(({ code, since = period }) => [code, since])),
  );
  const accountOf = new Map(sources.map(({ code, accountId }) => [code, accountId]));
  const partyOf = new Map(claims.map(({ code, party = code }) => [code, party]));
  const held = new Map<string, string[]>();
  const draws = planDraws(sources, granted);
  const answers = await reserveEach(
    tx,
    actor,
    draws.map(({ claim, source, amountFen }) => ({
      businessKey: `${fund.code}:${decisionKey}:${claim}:${source}`,
      accountId: accountOf.get(source)!,
      ...{ amountFen, expiresAt, party: partyOf.get(claim), purpose, agreement, period, memo: decisionKey },
    })),
  );
  for (const [at, { claim }] of draws.entries()) held.set(claim, [...(held.get(claim) ?? []), answers[at].id]);
  return granted.map((claim) => ({ ...claim, reservationIds: held.get(claim.code) ?? [] }));
}
