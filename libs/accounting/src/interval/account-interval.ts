/** The intervals of an account: what its draws say of every total, of the values behind them, and of a target. */
import { type EvidenceGrade, type Fen, Fraction, roundToFen, sumFen, unitValue } from '@gep/kernel';
import type { Account } from '../account/account';
import type { DrawnParts, DrawnTotals } from './draw-parts';
import type { DrawnValue } from './drawn-values';
import type { DrawRun, Draws } from './run-draws';
import { varianceShares } from './variance-shares';

/** A total over all draws, rounded to fen. Percentiles are interpolated between the ranks p × (draws − 1) around them. */
export interface IntervalFigure {
  /** The total of the account, at the values of the norm and as reported. */
  readonly accountFen: Fen;
  readonly meanFen: Fen;
  readonly medianFen: Fen;
  /** 5th percentile. */
  readonly lowFen: Fen;
  /** 95th percentile. */
  readonly highFen: Fen;
  /** The weakest evidence that the total rests on; a range says nothing of values that carry none. */
  readonly grade: EvidenceGrade;
}

export interface DrawnShare extends DrawnValue {
  /** Part of the variance of the total that follows it in a line; see `varianceShares`. Null when nothing varies. */
  readonly share: number | null;
  /** Draws in which it was cut to what it may mean. */
  readonly cutDraws: number;
}

/** 90% intervals of an account. They cover the values that carry a spread, and nothing else. */
export interface AccountInterval {
  readonly territory: string;
  readonly period: string;
  readonly norm: Account['norm'];
  readonly accountDigest: string;
  readonly draws: number;
  readonly seed: number;
  /** Draws in which any value was cut. */
  readonly cutDraws: number;
  /** What the account has beyond what was drawn; the same in every draw. */
  readonly fixedFen: Fen;
  readonly total: IntervalFigure;
  readonly byCategory: Readonly<Record<string, IntervalFigure>>;
  readonly byService: Readonly<Record<string, IntervalFigure>>;
  readonly byType: Readonly<Record<string, IntervalFigure>>;
  /** Values that were drawn, those with the largest share first. */
  readonly drawn: readonly DrawnShare[];
  /** 1 less all shares; null when nothing varies. */
  readonly unexplained: number | null;
  /** The share of draws that reach the target. */
  readonly target: { readonly fen: Fen; readonly probability: number } | null;
}

/** What is asked of an account. */
export interface IntervalRequest {
  readonly draws: number;
  /** 0 to 2^53 − 1; the same seed gives the same bits. */
  readonly seed: number;
  readonly targetFen?: Fen;
}

/** The account that intervals are of; its own totals are kept where they differ from the sum of its parts. */
export type WholeAccount = DrawnParts['account'] & { readonly totals: DrawnTotals };

/** Cuts draws into runs that several threads may do. */
export function runsOf({ draws, seed }: IntervalRequest, parts: number): DrawRun[] {
  const cuts = Array.from({ length: parts + 1 }, (_, part) => Math.round((draws * part) / parts));
  return cuts.slice(1).map((to, part) => ({ seed, from: cuts[part], to, draws }));
}

/** Joins the draws of runs, which come in order. */
export function joinDraws(runs: readonly Draws[]): Draws {
  const draws = runs.reduce((sum, { outputs }) => sum + outputs[0][1].length, 0);
  const join = <T extends Float64Array | BigInt64Array | Uint8Array>(whole: T, columns: readonly T[]): T => {
    let at = 0;
    for (const column of columns) {
      whole.set(column as never, at);
      at += column.length;
    }
    return whole;
  };
  return {
    outputs: runs[0].outputs.map(([name], nth) => {
      const columns = runs.map(({ outputs }) => outputs[nth][1]);
      return [name, join(new BigInt64Array(draws), columns)] as const;
    }),
    values: runs[0].values.map((_, nth) =>
      join(
        new Float64Array(draws),
        runs.map(({ values }) => values[nth]),
      ),
    ),
    cuts: runs[0].cuts.map((_, nth) =>
      join(
        new Uint8Array(draws),
        runs.map(({ cuts }) => cuts[nth]),
      ),
    ),
  };
}

/** What the draws of an account say. @param whole the recorded account; that of the only part when absent */
export function summariseDraws(
  { account: first, totals, evidence, values, draws: { outputs, values: drawn, cuts } }: DrawnParts,
  { draws, seed, targetFen }: IntervalRequest,
  whole: WholeAccount = { ...first, totals },
): AccountInterval {
  const columns = new Map(outputs);
  const figure = (name: string, accountFen: Fen, partsFen: Fen, grade = evidence.total): IntervalFigure => {
    return { ...figureOf(accountFen, accountFen - partsFen, columns.get(name) ?? new BigInt64Array(draws)), grade };
  };
  const figures = (kind: string, of: 'byCategory' | 'byService' | 'byType'): Record<string, IntervalFigure> =>
    Object.fromEntries(
      Object.entries(whole.totals[of]).map(([code, fen]) => [
        code,
        figure(`${kind} ${code}`, fen, totals[of][code] ?? 0n, evidence[of][code] ?? 'published'),
      ]),
    );
  const total = columns.get('total')!;
  const fixedFen = whole.totals.totalFen - totals.totalFen;
  const variance = varianceShares(Float64Array.from(total, Number), drawn);
  const shared = values.map((value, at) => {
    const cutDraws = cuts[at].reduce((sum, cut) => sum + cut, 0);
    return { ...value, share: variance?.shares[at] ?? null, cutDraws };
  });
  const { territory, period, norm, digest } = whole;
  return {
    ...{ territory, period, norm, draws, seed },
    accountDigest: digest,
    cutDraws: total.reduce((sum, _, draw) => sum + (cuts.some((cut) => cut[draw] === 1) ? 1 : 0), 0),
    fixedFen,
    total: figure('total', whole.totals.totalFen, totals.totalFen),
    byCategory: figures('category', 'byCategory'),
    byService: figures('service', 'byService'),
    byType: figures('type', 'byType'),
    drawn: shared.sort((a, b) => (b.share ?? 0) - (a.share ?? 0)),
    unexplained: variance?.unexplained ?? null,
    target:
      targetFen === undefined
        ? null
        : { fen: targetFen, probability: total.filter((fen) => fen + fixedFen >= targetFen).length / draws },
  };
}

/** @param fixedFen what is added to every draw */
function figureOf(accountFen: Fen, fixedFen: Fen, column: BigInt64Array): Omit<IntervalFigure, 'grade'> {
  const sorted = column.slice().sort();
  const mean = Fraction.of(sumFen(column), 100n * BigInt(column.length));
  return {
    accountFen,
    meanFen: fixedFen + roundToFen(1, unitValue(mean)),
    medianFen: fixedFen + percentileOf(sorted, 50n),
    lowFen: fixedFen + percentileOf(sorted, 5n),
    highFen: fixedFen + percentileOf(sorted, 95n),
  };
}

/** Between the two draws around the rank: whole numbers throughout, rounded once, half away from zero. */
function percentileOf(sorted: BigInt64Array, percent: bigint): Fen {
  const scaledRank = percent * BigInt(sorted.length - 1);
  const [at, rest] = [Number(scaledRank / 100n), scaledRank % 100n];
  if (rest === 0n) return sorted[at];
  const scaled = sorted[at] * (100n - rest) + sorted[at + 1] * rest;
  return scaled < 0n ? -((50n - scaled) / 100n) : (scaled + 50n) / 100n;
}
