/** A deed in money that no mechanism does: one person proposes it, another approves it, a third one posts it. */
import type { Bilingual, Fen, Period } from '@gep/kernel';
import { FundRefused, ProposalRefused } from '../errors';
import { ageOf, type SourceMoney } from '../fund/source-order';
import type { Posting, VoucherDraft } from '../voucher/voucher';

export const proposalKinds = ['transfer', 'return', 'write-off', 'adjustment'] as const;
/**
 * `transfer`: between two sources of a fund. `return`: surplus back to the treasury. `write-off`: a claim that nobody will
 * meet. `adjustment`: a correction by hand, which moves no money out of a source.
 */
export type ProposalKind = (typeof proposalKinds)[number];

export const proposalActs = ['approve', 'post', 'refuse', 'withdraw'] as const;
export type ProposalAct = (typeof proposalActs)[number];

export const proposalStates = ['proposed', 'approved', 'posted', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** The kind of voucher that each becomes. */
export const deedOf: Readonly<Record<ProposalKind, VoucherDraft['kind']>> = {
  transfer: 'transfer',
  return: 'transfer',
  'write-off': 'write-off',
  adjustment: 'adjustment',
};

export interface ProposalStep {
  readonly act: ProposalAct;
  readonly actorId: string;
  readonly actorName: string;
  readonly reason: string;
  readonly at: Date;
  readonly voucherId: string | null;
}

export interface Proposal {
  readonly id: string;
  readonly fundId: string;
  readonly territoryPath: string;
  readonly kind: ProposalKind;
  readonly reason: string;
  readonly aboutVoucher: string | null;
  readonly postings: readonly Posting[];
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly steps: readonly ProposalStep[];
}

const after: Readonly<Record<ProposalAct, ProposalState>> = {
  approve: 'approved',
  post: 'posted',
  refuse: 'refused',
  withdraw: 'withdrawn',
};

export function stateOfProposal({ steps }: Pick<Proposal, 'steps'>): ProposalState {
  const last = steps.at(-1);
  return last ? after[last.act] : 'proposed';
}

/** Whether this person may do that now. @throws ProposalRefused */
export function judgeProposal(proposal: Proposal, act: ProposalAct, actorId: string): void {
  const refuse = (reason: Bilingual): ProposalRefused => new ProposalRefused(proposal.id, reason);
  const state = stateOfProposal(proposal);
  const wanted: readonly ProposalState[] =
    act === 'approve' ? ['proposed'] : act === 'post' ? ['approved'] : ['proposed', 'approved'];
  if (!wanted.includes(state))
    throw refuse({
      zh: `现为“${state}”，不能${act === 'post' ? '过账，须先经批准' : '再办此事'}`,
      en: `it is ${state}${act === 'post' ? '; it has to be approved before it is posted' : ', so this cannot be done any more'}`,
    });
  const isOwn = actorId === proposal.proposedBy;
  if (act === 'withdraw' ? !isOwn : isOwn)
    throw refuse(
      isOwn
        ? {
            zh: '提出人不批准、不驳回、不过账自己的提议；请由另一人办理，或撤回',
            en: 'whoever proposed it does not approve, refuse or post it; let another person do so, or withdraw it',
          }
        : { zh: '只有提出人可以撤回；他人请驳回', en: 'only the proposer withdraws it; another person refuses it' },
    );
  if (act === 'post' && proposal.steps.some((step) => step.act === 'approve' && step.actorId === actorId))
    throw refuse({
      zh: '批准人不过账；提出、批准、过账应由三人分别办理',
      en: 'whoever approved it does not post it: who proposes, approves and posts are three persons',
    });
}

/**
 * Bound money stays bound, and no money gets younger on the way.
 * @throws FundRefused
 */
export function checkTransfer(fund: string, from: SourceMoney, to: SourceMoney): void {
  if (from.code === to.code)
    throw new FundRefused(fund, { zh: '调出与调入的来源相同', en: 'the money would stay in the same source' });
  const isWithin =
    from.purposes.length === 0 || (to.purposes.length > 0 && to.purposes.every((one) => from.purposes.includes(one)));
  if (!isWithin)
    throw new FundRefused(fund, {
      zh: `来源 ${from.code} 只可用于 ${from.purposes.join('、')}，不能调入用途更宽的来源 ${to.code}`,
      en: `money of ${from.code} is for ${from.purposes.join(', ')} alone and cannot go to ${to.code}, whose purposes are wider`,
    });
  if (to.budgetYear > from.budgetYear)
    throw new FundRefused(fund, {
      zh: `${from.budgetYear} 年度的资金不能调入 ${to.budgetYear} 年度的来源 ${to.code}：结转年限不能因调剂而延长（预算法第四十二条）`,
      en: `money of ${from.budgetYear} cannot go to ${to.code} of ${to.budgetYear}: a transfer does not lengthen its life (Budget Law art. 42)`,
    });
}

/** What of a source goes back to the treasury in that year. */
export function surplusFen({ budgetYear, availableFen }: SourceMoney, year: number): Fen {
  return ageOf(budgetYear, year) === 'surplus' && availableFen > 0n ? availableFen : 0n;
}

/** Where a claim of a fund on a party may stand. */
export const claimRoles = ['advanced', 'billed', 'clawback'] as const;
export type ClaimRole = (typeof claimRoles)[number];

/** A posting of an adjustment, by the role of its account. */
export interface AdjustmentLine<R extends string> {
  readonly account: R;
  readonly party: string | null;
  readonly amountFen: Fen;
}

/** What a proposal rests on, beside its reason. */
export interface ProposalBasis {
  readonly period: Period;
  readonly agreement?: string;
}
