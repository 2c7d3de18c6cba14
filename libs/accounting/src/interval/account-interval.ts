/** The intervals of an account: what its draws say of every total, of the parameters behind them, and of a target. */
import { type Fen, Fraction, roundToFen, sumFen, unitValue } from '@gep/kernel';
import type { Account } from '../account/account';
import type { DrawModel } from './draw-model';
import type { DrawnValue } from './drawn-values';
import type { DrawRun, Draws } from './run-draws';
import { varianceShares } from './variance-shares';

/** A total over all draws, rounded to fen. Percentiles are interpolated between the ranks p × (draws − 1) around them. */
export interface IntervalFigure {
  /** The total of the account, at the values of the norm. */
  readonly accountFen: Fen;
  readonly meanFen: Fen;
  readonly medianFen: Fen;
  /** 5th percentile. */
  readonly lowFen: Fen;
  /** 95th percentile. */
  readonly highFen: Fen;
}

export interface DrawnShare extends DrawnValue {
  /** Part of the variance of the total that follows it in a line; see `varianceShares`. Null when nothing varies. */
  readonly share: number | null;
}

/** 90% intervals of an account. They cover the values that carry a spread, and nothing else. */
export interface AccountInterval {
  readonly territory: string;
  readonly period: string;
  readonly norm: Account['norm'];
  readonly accountDigest: string;
  readonly draws: number;
  readonly seed: number;
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

/** Cuts draws into runs that several threads may do. */
export function runsOf({ draws, seed }: IntervalRequest, parts: number): DrawRun[] {
  const cuts = Array.from({ length: parts + 1 }, (_, part) => Math.round((draws * part) / parts));
  return cuts.slice(1).map((to, part) => ({ seed, from: cuts[part], to, draws }));
}

/** Joins the draws of runs, which come in order. */
export function joinDraws(runs: readonly Draws[]): Draws {
  return {
    outputs: runs[0].outputs.map(([name], at) => {
      return [name, BigInt64Array.from(runs.flatMap(({ outputs }) => [...outputs[at][1]]))] as const;
    }),
    values: runs[0].values.map((_, at) => Float64Array.from(runs.flatMap(({ values }) => [...values[at]]))),
  };
}

/** What the draws of an account say. */
export function summariseDraws(
  { account, values }: Pick<DrawModel, 'account' | 'values'>,
  { draws, seed, targetFen }: IntervalRequest,
  { outputs, values: drawn }: Draws,
): AccountInterval {
  const { totals, territory, period, norm, digest } = account;
  const columns = new Map(outputs);
  const figures = (kind: string, fenByCode: Readonly<Record<string, Fen>>): Record<string, IntervalFigure> =>
    Object.fromEntries(
      Object.entries(fenByCode).map(([code, fen]) => [code, figureOf(fen, columns.get(`${kind} ${code}`)!)]),
    );
  const total = columns.get('total')!;
  const variance = varianceShares(Float64Array.from(total, Number), drawn);
  const shared = values.list.map((value, at) => ({ ...value, share: variance?.shares[at] ?? null }));
  return {
    ...{ territory, period, norm, draws, seed },
    accountDigest: digest,
    total: figureOf(totals.totalFen, total),
    byCategory: figures('category', totals.byCategory),
    byService: figures('service', totals.byService),
    byType: figures('type', totals.byType),
    drawn: shared.sort((a, b) => (b.share ?? 0) - (a.share ?? 0)),
    unexplained: variance?.unexplained ?? null,
    target:
      targetFen === undefined
        ? null
        : { fen: targetFen, probability: total.filter((fen) => fen >= targetFen).length / draws },
  };
}

function figureOf(accountFen: Fen, column: BigInt64Array): IntervalFigure {
  const sorted = column.slice().sort();
  const percentile = (p: number): Fen => {
    const rank = p * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
    return below + BigInt(Math.round(Number(above - below) * (rank - Math.floor(rank))));
  };
  const mean = Fraction.of(sumFen(column), 100n * BigInt(column.length));
  return {
    accountFen,
    meanFen: roundToFen(1, unitValue(mean)),
    medianFen: percentile(0.5),
    lowFen: percentile(0.05),
    highFen: percentile(0.95),
  };
}
