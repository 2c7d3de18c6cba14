/** Which sources of a fund pay a claim, and in which order: the oldest money first, bound money before free money. */
import { assert, type Fen } from '@gep/kernel';

/** Money of one department and year in a fund, with what of it is neither paid nor reserved. */
export interface SourceMoney {
  readonly code: string;
  /** Purposes that it may be used for; any purpose when empty. */
  readonly purposes: readonly string[];
  /** Year of the budget that it came from. */
  readonly budgetYear: number;
  readonly availableFen: Fen;
}

export const carryOverAges = ['future', 'current', 'carried', 'surplus'] as const;
/**
 * Budget Law of the PRC, art. 42: what a year leaves may be used in the next; what is left after two years is surplus and
 * goes back to the treasury.
 */
export type CarryOverAge = (typeof carryOverAges)[number];

export function ageOf(budgetYear: number, year: number): CarryOverAge {
  const years = year - budgetYear;
  if (years < 0) return 'future';
  return years === 0 ? 'current' : years === 1 ? 'carried' : 'surplus';
}

/** Sources that may pay for the purpose in that year, in the order in which they are used. */
export function drawableSources<S extends SourceMoney>(sources: readonly S[], purpose: string, year: number): S[] {
  return sources
    .filter(({ budgetYear }) => ['current', 'carried'].includes(ageOf(budgetYear, year)))
    .filter(({ purposes }) => purposes.length === 0 || purposes.includes(purpose))
    .sort(
      (a, b) =>
        a.budgetYear - b.budgetYear ||
        Number(a.purposes.length === 0) - Number(b.purposes.length === 0) ||
        (a.code < b.code ? -1 : 1),
    );
}

/** What one source pays of one claim. */
export interface SourceDraw {
  readonly claim: string;
  readonly source: string;
  readonly amountFen: Fen;
}

/**
 * Takes what was granted from the sources. The claims are served in the order of their codes, which decides from which
 * source the money of a claim comes and never how much it gets.
 * @param ordered sources as `drawableSources` gives them; together they have enough
 */
export function planDraws(
  ordered: readonly SourceMoney[],
  grants: readonly { readonly code: string; readonly grantedFen: Fen }[],
): SourceDraw[] {
  const left = ordered.map(({ availableFen }) => availableFen);
  const draws: SourceDraw[] = [];
  let at = 0;
  for (const { code, grantedFen } of [...grants].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    for (let open = grantedFen; open > 0n;) {
      while (at < left.length && left[at] <= 0n) at++;
      assert(at < left.length, 'more is granted than the sources have');
      const amountFen = open < left[at] ? open : left[at];
      draws.push({ claim: code, source: ordered[at].code, amountFen });
      left[at] -= amountFen;
      open -= amountFen;
    }
  }
  return draws;
}
