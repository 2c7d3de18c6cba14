/** What must hold of the book at every moment, judged from rows that were read from it. */
import { type Bilingual, type Fen, sumFen } from '@gep/kernel';
import { type BookAccount, keepsSign, type SignRule } from '../book/book-account';
import type { ChainVerdict } from '../chain/voucher-chain';
import type { InTransit } from '../fund/in-transit';

/** An account with what is kept of it and what its rows add up to. */
export interface AccountFacts {
  readonly code: BookAccount['code'];
  readonly signRule: SignRule;
  readonly postedFen: Fen;
  readonly reservedFen: Fen;
  readonly summedFen: Fen;
  readonly heldFen: Fen;
}

export interface ReservationFacts {
  readonly id: string;
  readonly amountFen: Fen;
  readonly approvedFen: Fen;
  readonly postedFen: Fen;
  readonly releasedFen: Fen;
  /** Somebody who reserved also approved or paid, or approved and paid. */
  readonly samePerson: boolean;
}

export interface SourceFacts {
  readonly fund: string;
  readonly code: string;
  readonly receivedFen: Fen;
  readonly reservedFen: Fen;
  readonly paidFen: Fen;
}

/** What was read of a book. Lists of vouchers and parties hold only those that are not as they have to be. */
export interface BookFacts {
  readonly accounts: readonly AccountFacts[];
  readonly reservations: readonly ReservationFacts[];
  readonly sources: readonly SourceFacts[];
  readonly unbalanced: readonly string[];
  /** Vouchers that took money from a guarded account otherwise than by reservation, or another sum. */
  readonly unreserved: readonly string[];
  /** Payments of what nobody was owed. */
  readonly unsettled: readonly string[];
  /** Money that was paid to a fund, beside what was received there. */
  readonly inTransit: readonly InTransit[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly wrongParties: readonly string[];
  readonly wrongReversals: readonly string[];
  readonly excessClawbacks: readonly string[];
  readonly unsealed: readonly string[];
  /** Absent when the chain was not followed: that takes the whole nation. */
  readonly chain?: ChainVerdict;
}

export const invariantNames = [
  'balanced',
  'added-up',
  'on-its-side',
  'within-received',
  'approved',
  'matched',
  'corrected-once',
  'clawback',
  'sealed',
] as const;
export type InvariantName = (typeof invariantNames)[number];

export interface InvariantResult {
  readonly name: InvariantName;
  readonly says: Bilingual;
  /** Null when it was not looked at. */
  readonly holds: boolean | null;
  /** What breaks it: codes and ids. */
  readonly found: readonly string[];
}

const says: Readonly<Record<InvariantName, Bilingual>> = {
  balanced: { zh: '每张凭证与全部账目借贷相等', en: 'debits equal credits in every voucher and in total' },
  'added-up': {
    zh: '余额等于其分录与未了预留之和',
    en: 'balances are the sums of their postings and open reservations',
  },
  'on-its-side': { zh: '没有科目或对方的余额在错误的一方', en: 'no account and no party stands on the wrong side' },
  'within-received': {
    zh: '每一来源的预留与已付不超过已收',
    en: 'of no source more is reserved and paid than was received',
  },
  approved: {
    zh: '没有未经批准的支付，经办、批准、支付各由不同的人',
    en: 'nothing unapproved is paid, and three persons did it',
  },
  matched: {
    zh: '每笔支出都与预留和应付相符，付给资金的款项三十日内都已收到',
    en: 'every payment matches its reservation and what was owed, and a fund that was paid has received it within thirty days',
  },
  'corrected-once': {
    zh: '冲销与原凭证相反，且只有一次',
    en: 'a reversal is the opposite of its original, and the only one',
  },
  clawback: { zh: '追回不超过已付', en: 'no more is clawed back than was paid' },
  sealed: { zh: '每张凭证都已封存，封存链完整', en: 'every voucher is sealed, and the chain of seals is whole' },
};

/** The same before anything has been looked at. */
export function unjudged(): InvariantResult[] {
  return invariantNames.map((name) => ({ name, says: says[name], holds: null, found: [] }));
}

/** How long money may be on its way: Budget Law art. 52. */
const daysInTransit = 30;

/** Money that is on its way for too long, or of which more came than was sent. */
function overdue({ inTransit, today }: BookFacts): string[] {
  const latest = new Date(Date.parse(`${today}T00:00:00Z`) - daysInTransit * 86_400_000).toISOString().slice(0, 10);
  return inTransit
    .filter(({ paidFen, receivedFen, since }) => receivedFen > paidFen || since < latest)
    .map(({ agreement, party }) => `${agreement} / ${party}`);
}

/** The result for each invariant, in a fixed order. */
export function reportInvariants(facts: BookFacts): InvariantResult[] {
  const { accounts, reservations, sources, chain } = facts;
  const total = sumFen(accounts.map(({ summedFen }) => summedFen));
  const found: Readonly<Record<InvariantName, readonly string[]>> = {
    balanced: [...facts.unbalanced, ...(total === 0n ? [] : [`Σ ${total}`])],
    'added-up': accounts
      .filter((one) => one.postedFen !== one.summedFen || one.reservedFen !== one.heldFen)
      .map(({ code }) => code),
    'on-its-side': [
      ...accounts
        .filter(
          ({ signRule, summedFen, heldFen }) => !keepsSign(signRule, { postedFen: summedFen, reservedFen: heldFen }),
        )
        .map(({ code }) => code),
      ...facts.wrongParties,
    ],
    'within-received': sources
      .filter(({ receivedFen, reservedFen, paidFen }) => reservedFen + paidFen > receivedFen)
      .map(({ fund, code }) => `${fund}/${code}`),
    approved: reservations
      .filter(
        (one) =>
          one.samePerson ||
          one.postedFen > one.approvedFen ||
          one.approvedFen > one.amountFen ||
          one.postedFen + one.releasedFen > one.amountFen,
      )
      .map(({ id }) => id),
    matched: [...facts.unreserved, ...facts.unsettled, ...overdue(facts)],
    'corrected-once': facts.wrongReversals,
    clawback: facts.excessClawbacks,
    sealed: [...facts.unsealed, ...(chain?.broken ? [`#${chain.broken.seq} ${chain.broken.reason}`] : [])],
  };
  return invariantNames.map((name) => {
    const unseen = name === 'sealed' && (chain === undefined || chain.more) && found.sealed.length === 0;
    return { name, says: says[name], holds: unseen ? null : found[name].length === 0, found: found[name] };
  });
}
