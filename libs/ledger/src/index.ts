/** Front door of the ledger: the book of double entries, reservations, and special funds. */
export {
  availableFen,
  bookUnits,
  signRules,
  type AccountBalance,
  type AccountDraft,
  type BookAccount,
  type BookUnit,
  type SignRule,
} from './book/book-account';
export {
  balancesAt,
  insertAccount,
  listAccounts,
  type AccountFilter,
  type AccountWithBalance,
  type BalanceMoment,
} from './book/book.store';
export { listPartyBalances, sumOfParty, type PartyBalance } from './book/party-balance.store';
export { findBookHead, verifyBook, type ChainPart } from './chain/chain.store';
export { emptyBook, type BookHead, type ChainVerdict, type SealBreak } from './chain/voucher-chain';
export { listClosings, type Closing } from './closing/closing.store';
export {
  BalanceInsufficient,
  BookAccountRefused,
  ClawbackExceedsPaid,
  ClosingRefused,
  FundRefused,
  LedgerMissing,
  PeriodClosed,
  ProposalRefused,
  ReservationRefused,
  ReversalRefused,
  VoucherDiffers,
  VoucherRefused,
} from './errors';
export { fundRoles, type FundRole } from './fund/fund-accounts';
export { FundService, type FundReceipt } from './fund/fund.service';
export {
  getFund,
  getFundAccount,
  listCarriedOver,
  listFunds,
  listGrants,
  listSources,
  type Fund,
  type FundGrant,
  type CarriedOver,
  type FundSource,
} from './fund/fund.store';
export type { InTransit } from './fund/in-transit';
export { listInTransit } from './fund/in-transit.store';
export { reserveFundClaims, type FundDecision, type FundedClaim } from './fund/reserve-claims.store';
export {
  shareShortfall,
  shortfallPolicies,
  type FundClaim,
  type GrantedClaim,
  type ShortfallPolicy,
} from './fund/share-shortfall';
export {
  ageOf,
  carryOverAges,
  drawableSources,
  planDraws,
  type CarryOverAge,
  type SourceDraw,
} from './fund/source-order';
export { readBookFacts } from './invariant/book-facts.store';
export { reportInvariants, unjudged, type InvariantName, type InvariantResult } from './invariant/report-invariants';
export { LedgerModule } from './ledger.module';
export { LedgerService, type LedgerAnswer, type ReservationDecision } from './ledger.service';
export {
  heldFen,
  reservationStates,
  stateOf,
  type ReservationAct,
  type ReservationState,
} from './reservation/reservation';
export { listReservations, type ReservationDraft, type ReservationRecord } from './reservation/reservation.store';
export { actOnReservation, actOnReservations, reserve } from './reservation/reserve.store';
export { claimRoles, proposalActs, proposalKinds, proposalStates, stateOfProposal } from './proposal/proposal';
export type { Proposal, ProposalAct, ProposalKind, ProposalState } from './proposal/proposal';
export {
  ProposalService,
  type AdjustmentWish,
  type ProposedAnswer,
  type TransferWish,
  type WriteOffWish,
} from './proposal/proposal.service';
export { listProposals } from './proposal/proposal.store';
export { postRun } from './run/post-run.store';
export type { RunDraft, RunPostings } from './run/run-postings';
export { postVoucher, type PostedAnswer } from './voucher/post-voucher.store';
export { reverseVoucher } from './voucher/reverse-voucher.store';
export {
  deedKinds,
  noBasis,
  type DeedKind,
  type Posting,
  type PostingBasis,
  type VoucherDraft,
} from './voucher/voucher';
export { listVouchers, type JournalFilter, type VoucherRecord } from './voucher/voucher.store';
