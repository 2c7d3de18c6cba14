/** A voucher: one deed in money, its postings, and what each of them rests on. */
import { digestOfValue, type Fen, type Period } from '@gep/kernel';

/** What was done. It decides what a posting must rest on. */
export const deedKinds = [
  'receipt',
  'settlement',
  'purchase',
  'dividend',
  'payment',
  'adjustment',
  'clawback',
  'transfer',
  'write-off',
  'reversal',
] as const;
export type DeedKind = (typeof deedKinds)[number];

/** What the amount of a posting follows from; null where the deed has none. */
export interface PostingBasis {
  /** Edition of the rule, by its digest. */
  readonly ruleEdition: string | null;
  /** The vintage of the account, by its id. */
  readonly vintageId: string | null;
  readonly agreement: string | null;
  /** The period that the money is for. */
  readonly period: Period | null;
}

export const noBasis: PostingBasis = { ruleEdition: null, vintageId: null, agreement: null, period: null };

export interface Posting {
  readonly accountId: string;
  /** Who is owed or owes, where the account is kept by party. */
  readonly party: string | null;
  /** A debit is positive, a credit negative; never zero. */
  readonly amountFen: Fen;
  /** ltree text of the territory it is about. */
  readonly territoryPath: string;
  readonly basis: PostingBasis;
}

/** A deed as it is handed in. */
export interface VoucherDraft {
  /** Names the deed for ever, for example `settlement:520523:2024:<vintage>`: there is one voucher of that name at most. */
  readonly businessKey: string;
  readonly kind: Exclude<DeedKind, 'reversal'>;
  /** Day on which it takes effect, `YYYY-MM-DD`. */
  readonly effectiveDate: string;
  /** ltree text of a territory that all its postings lie in. */
  readonly territoryPath: string;
  readonly memo: string;
  /** The voucher that it corrects or claws back; null when it is about none. */
  readonly aboutVoucher?: string | null;
  readonly postings: readonly Posting[];
  /** Reservations that it pays out of; the whole of what is approved and not paid where no amount is given. */
  readonly draws?: readonly ReservationDraw[];
}

export interface ReservationDraw {
  readonly reservationId: string;
  readonly amountFen?: Fen;
}

/** What of a deed must be there besides its period, which every deed names. */
const bases: Readonly<Record<DeedKind, readonly (keyof PostingBasis)[]>> = {
  receipt: ['period'],
  settlement: ['ruleEdition', 'agreement', 'period'],
  purchase: ['ruleEdition', 'vintageId', 'agreement', 'period'],
  dividend: ['ruleEdition', 'period'],
  payment: ['period'],
  adjustment: ['ruleEdition', 'period'],
  clawback: ['period'],
  transfer: ['period'],
  'write-off': ['period'],
  reversal: [],
};

/** Members of the basis that this deed needs and that are not given. */
export function missingBasis(kind: DeedKind, basis: PostingBasis): (keyof PostingBasis)[] {
  return bases[kind].filter((member) => basis[member] === null);
}

/** Kinds that may speak of a closed period: they correct what was posted in it. */
export const correctingKinds: readonly DeedKind[] = ['adjustment', 'clawback', 'reversal'];

/** Digest of the whole draft: two drafts with one business key are the same deed only when it agrees. */
export function digestOfDraft(draft: VoucherDraft): string {
  const { aboutVoucher = null, draws = [], ...rest } = draft;
  return digestOfValue({ ...rest, aboutVoucher, draws });
}

/** The smallest territory that all of these lie in, as ltree text. */
export function commonPath(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('.'));
  const differing = first.findIndex((label, at) => others.some((other) => other[at] !== label));
  return (differing < 0 ? first : first.slice(0, differing)).join('.');
}
