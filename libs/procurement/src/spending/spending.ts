/** How the money of a contract was used: what went into conservation, what elsewhere, and whether that is enough and in time. */
import type { Fen } from '@gep/kernel';

export const spendingUses = ['conservation', 'allowed'] as const;
/** For conservation, or for another purpose that the contract allows. */
export type SpendingUse = (typeof spendingUses)[number];

export interface Spending {
  readonly id: string;
  readonly use: SpendingUse;
  readonly purpose: string;
  /** Below zero where it takes another one back. */
  readonly amountFen: Fen;
  readonly spentOn: string;
  /** Number of the invoice or paper that proves it; used once on the whole platform. */
  readonly evidence: string;
  readonly documentDigest: string;
  readonly cancels: string | null;
}

export interface SpendingStatement {
  readonly year: string;
  /** 1, 2, …: what a year comes to is said by the newest one. */
  readonly edition: number;
  readonly conservationFen: Fen;
  readonly allowedFen: Fen;
  readonly on: string;
  readonly documentDigest: string;
}

export const measureKinds = ['delay', 'cut', 'stop', 'recover', 'lift'] as const;
/**
 * `delay`: payments of the company wait. `stop`: no contract and no payment. `cut`, `recover`: an amount is taken off what the
 * next contract comes to. `lift` ends one of them.
 */
export type MeasureKind = (typeof measureKinds)[number];

export interface SpendingMeasure {
  readonly id: string;
  readonly contractId: string;
  readonly kind: MeasureKind;
  /** Of `lift`: the measure that it ends. */
  readonly lifts: string | null;
  /** Of `cut` and `recover`. */
  readonly amountFen: Fen | null;
  readonly on: string;
  readonly reason: string;
}

export interface SpendingSummary {
  readonly conservationFen: Fen;
  readonly allowedFen: Fen;
  /** What of the money paid is not spent yet. */
  readonly unspentFen: Fen;
  /** What must go into conservation and did not yet. */
  readonly conservationLackingFen: Fen;
  /** Years in which something was spent and of which there is no statement, or one that says something else. */
  readonly statementsLacking: readonly string[];
  /** Something is lacking and the day by which it was to be spent is over. */
  readonly isLate: boolean;
}

/** Nothing of it is unspent, unstated or lacking, so that the contract may be closed. */
export const isUsed = (spent: Pick<SpendingSummary, 'unspentFen' | 'conservationLackingFen' | 'statementsLacking'>) =>
  isAllSpent(spent) && spent.statementsLacking.length === 0;

/** All of it is spent as agreed, whether stated or not. */
export const isAllSpent = (spent: Pick<SpendingSummary, 'unspentFen' | 'conservationLackingFen'>): boolean =>
  spent.unspentFen === 0n && spent.conservationLackingFen === 0n;

/** Edition that a statement of the year would have; undefined when the newest one says the same already. */
export function nextEdition(
  statements: readonly SpendingStatement[],
  { year, conservationFen, allowedFen }: Pick<SpendingStatement, 'year' | 'conservationFen' | 'allowedFen'>,
): number | undefined {
  const newest = newestOf(statements, year);
  const isSame = newest?.conservationFen === conservationFen && newest.allowedFen === allowedFen;
  return isSame ? undefined : (newest?.edition ?? 0) + 1;
}

const newestOf = (statements: readonly SpendingStatement[], year: string): SpendingStatement | undefined =>
  statements.filter((one) => one.year === year).toSorted((one, other) => other.edition - one.edition)[0];

/** @param conservationDueFen what of the money paid must go into conservation */
export function summarizeSpending(
  {
    paidFen,
    conservationDueFen,
    spendBy,
  }: { readonly paidFen: Fen; readonly conservationDueFen: Fen; readonly spendBy: string },
  spendings: readonly Spending[],
  statements: readonly SpendingStatement[],
  today: string,
): SpendingSummary {
  const conservationFen = spentFen(spendings, 'conservation');
  const allowedFen = spentFen(spendings, 'allowed');
  const years = [...new Set(spendings.map(({ spentOn }) => spentOn.slice(0, 4)))].sort();
  const statementsLacking = years.filter((year) => {
    const of = spendings.filter(({ spentOn }) => spentOn.startsWith(year));
    const said = newestOf(statements, year);
    return said?.conservationFen !== spentFen(of, 'conservation') || said.allowedFen !== spentFen(of, 'allowed');
  });
  const unspentFen = paidFen - conservationFen - allowedFen;
  const lacking = conservationDueFen - conservationFen;
  const conservationLackingFen = lacking > 0n ? lacking : 0n;
  const spent = { conservationFen, allowedFen, unspentFen, conservationLackingFen, statementsLacking };
  return { ...spent, isLate: !isUsed(spent) && today > spendBy };
}

export const spentFen = (spendings: readonly Spending[], use: SpendingUse): Fen =>
  spendings.filter((one) => one.use === use).reduce((sum, { amountFen }) => sum + amountFen, 0n);

/** Measures that hold: neither lifts nor lifted. */
export function standingMeasures(measures: readonly SpendingMeasure[]): SpendingMeasure[] {
  const lifted = new Set(measures.map(({ lifts }) => lifts));
  return measures.filter(({ id, kind }) => kind !== 'lift' && !lifted.has(id));
}
