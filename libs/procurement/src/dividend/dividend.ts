/** A dividend as it is kept: figures of the closed book, its plan, the vote, and what was allotted. */
import type { Fen } from '@gep/kernel';
import type { MemberVote } from './judge-vote';

/** Who holds counts: on one day, or by the days held in the period. */
export const countings = ['record-date', 'days-held'] as const;
export type Counting = (typeof countings)[number];

/** How a dividend is to be shared. */
export interface DividendPlan {
  readonly no: number;
  readonly policy: string;
  readonly ruleEdition: string;
  /** Exact: `0.1`. */
  readonly reserveShare: string;
  readonly counting: Counting;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  /** Days after which money that came back is set aside as unclaimed. */
  readonly unclaimedAfter: number;
  readonly reserveFen: Fen;
  readonly dividendFen: Fen;
  readonly retainedFen: Fen;
  readonly memo: string;
}

export interface RecordedVote extends MemberVote {
  readonly heldOn: string;
  readonly online: boolean;
  readonly documentDigest: string;
}

/** What the register gave on the record date; root and total are for everybody. */
export interface Allotment {
  readonly owners: number;
  readonly reserveFen: Fen;
  readonly dividendFen: Fen;
  readonly retainedFen: Fen;
  readonly inputDigest: string;
  readonly root: string;
}

export interface Dividend {
  readonly id: string;
  readonly companyId: string;
  readonly company: string;
  readonly period: string;
  readonly round: number;
  readonly territoryPath: string;
  readonly incomeFen: Fen;
  readonly costFen: Fen;
  readonly closedThrough: string;
  readonly openedAt: Date;
  /** The last one; null before there is any. */
  readonly plan: DividendPlan | null;
  /** On the last plan. */
  readonly vote: RecordedVote | null;
  readonly allotment: Allotment | null;
}

/** Where the money of a line is. */
export const lineStates = ['allotted', 'declared', 'held', 'paid', 'returned', 'set-aside', 'claimed'] as const;
export type LineState = (typeof lineStates)[number];

/** What happened to one line besides being paid with all others. */
export type LineAct = 'hold' | 'pay' | 'return' | 'set-aside' | 'claim';

export interface DividendLine {
  readonly owner: string;
  readonly amountFen: Fen;
  /** Exact weight. */
  readonly weight: string;
  readonly state: LineState;
  /** Of the amount, what successors have claimed already. */
  readonly claimedFen: Fen;
  /** Day of the last act on the line alone; null when there was none. */
  readonly since: string | null;
}

/** What people type for a dividend: `company.period`, from the second round of a period on `company.period.round`. */
export const codeOfDividend = ({ company, period, round }: Pick<Dividend, 'company' | 'period' | 'round'>): string =>
  `${company}.${period}${round > 1 ? `.${round}` : ''}`;

/** What a code names; undefined when the text is none. */
export function readDividendCode(text: string): Pick<Dividend, 'company' | 'period' | 'round'> | undefined {
  const found = /^([a-z0-9][a-z0-9-]*)\.([A-Za-z0-9-]+)(?:\.([1-9]\d{0,5}))?$/.exec(text);
  return found ? { company: found[1], period: found[2], round: Number(found[3] ?? 1) } : undefined;
}

/** Days of a dividend's names: `company:period:round`, which all its vouchers begin with. */
export const keyOfDividend = ({ company, period, round }: Pick<Dividend, 'company' | 'period' | 'round'>): string =>
  `dividend:${company}:${period}:${round}`;

/** The party of an owner in the book. */
export const partyOfOwner = (owner: string): string => `owner:${owner}`;

/** @param place the last act on the line alone but claims; the money of all others went with the run of all */
export function stateOfLine(
  dividend: 'allotted' | 'declared' | 'paid',
  place: Exclude<LineAct, 'claim'> | null,
  leftFen: Fen,
): LineState {
  if (place === null) return dividend;
  if (place === 'hold') return 'held';
  if (place === 'pay') return 'paid';
  if (leftFen === 0n) return 'claimed';
  return place === 'return' ? 'returned' : 'set-aside';
}
