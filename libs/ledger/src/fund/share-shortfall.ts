/** Who gets what of a fund that may not have enough for all: decided over all claims at once, never by their order. */
import { allocate, assert, type Fen, Fraction, type Period, sumFen } from '@gep/kernel';

export const shortfallPolicies = ['all-or-nothing', 'pro-rata', 'priority', 'queue'] as const;
/**
 * `all-or-nothing`: when there is not enough for all, nobody gets anything. `pro-rata`: all get the same share of their claims.
 * `priority`: class by class, the first one that cannot be paid in full shares what is left pro rata. `queue`: claims of the
 * oldest period first; a period that cannot be paid in full waits as a whole, and so do those after it.
 */
export type ShortfallPolicy = (typeof shortfallPolicies)[number];

export interface FundClaim {
  readonly code: string;
  readonly amountFen: Fen;
  /** Who is to be paid; the code of the claim when absent. */
  readonly party?: string;
  /** Smaller numbers are paid first, under `priority`; 0 when absent. */
  readonly priority?: number;
  /** Period in which it was first made, under `queue`; before all others when absent. */
  readonly since?: Period;
}

/** What a claim got; `queued` when the rest of it waits for the next period. */
export interface GrantedClaim {
  readonly code: string;
  readonly claimedFen: Fen;
  readonly grantedFen: Fen;
  readonly shortfallFen: Fen;
  readonly queued: boolean;
}

/**
 * Grants sum to no more than there is, and no claim gets more than it asks for. The order of the claims changes nothing.
 * @param availableFen zero or more
 * @returns by code. @throws BrokenInvariant on a claim below zero or a code that stands twice
 */
export function shareShortfall(
  availableFen: Fen,
  claims: readonly FundClaim[],
  policy: ShortfallPolicy,
): GrantedClaim[] {
  assert(availableFen >= 0n, 'a fund has less than nothing');
  assert(new Set(claims.map(({ code }) => code)).size === claims.length, 'two claims have the same code');
  for (const { code, amountFen } of claims) assert(amountFen >= 0n, `negative claim of ${code}`);
  const whole = policy === 'all-or-nothing' || policy === 'queue';
  const granted = new Map<string, Fen>();
  let left = availableFen;
  for (const level of classesOf(claims, policy)) {
    const wanted = sumFen(level.map(({ amountFen }) => amountFen));
    const given = wanted <= left ? wanted : whole ? 0n : left;
    const weights = level.map(({ code, amountFen }) => ({ code, weight: Fraction.of(amountFen) }));
    for (const [code, part] of allocate(given, weights)) granted.set(code, part);
    // Whoever comes later does not overtake those who wait.
    left = given < wanted ? 0n : left - given;
  }
  return [...claims]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, amountFen }) => {
      const grantedFen = granted.get(code)!;
      const shortfallFen = amountFen - grantedFen;
      const queued = policy === 'queue' && shortfallFen > 0n;
      return { code, claimedFen: amountFen, grantedFen, shortfallFen, queued };
    });
}

/** Claims in the classes that are served one after the other. */
function classesOf(claims: readonly FundClaim[], policy: ShortfallPolicy): FundClaim[][] {
  const keyOf = ({ priority = 0, since = '' }: FundClaim): number | string =>
    policy === 'priority' ? priority : policy === 'queue' ? since : 0;
  const keys = [...new Set(claims.map(keyOf))].sort((a, b) => (a < b ? -1 : 1));
  return keys.map((key) => claims.filter((claim) => keyOf(claim) === key));
}
