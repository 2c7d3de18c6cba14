/** Front door of settlement: from figures and rules to money that is reserved, approved and paid, and what happens when the figures change. */
export { actOnSettlement, type SettlementWish } from './act/act-on-settlement.service';
export { collectBill, type CollectWish } from './act/collect-bill.service';
export { computeSettlement, getSettlement } from './compute/compute-settlement.service';
export { gatherFigures } from './compute/gather-figures.service';
export { settlementState } from './compute/standing.service';
export { type SettlementLine } from './decision/settlement-line';
export { type SettlementPart } from './decision/settlement-part';
export { draftOfSent, tableOf, type SentSettlement } from './draft/sent-draft';
export { settlementKinds, type SettlementDraft, type SettlementKind } from './draft/settlement-draft';
export {
  FiguresRefused,
  NothingToRecover,
  RoundIdle,
  SettlementAmbiguous,
  SettlementConflict,
  SettlementGated,
  SettlementMissing,
  SettlementRefused,
} from './errors';
export { settlementApproved, settlementComputed, settlementPaid, settlementRequested } from './events';
export {
  type AccountFigure,
  type ColumnBinding,
  type InputTable,
  type SettlementInput,
  type TableCell,
} from './input/settlement-input';
export { readInput } from './input/read-input';
export { settlementJobNames, settlementQueue, type SettlementJobName, type SettlementJobs } from './jobs';
export type { Dependent, Reliance, RelianceEnd } from './reliance/reliance';
export { listDependents, noteReliances } from './reliance/reliance.store';
export { type SettlementRequest } from './request/request.store';
export { SettlementRequests } from './request/settlement-requests.service';
export { FiguresRestated, NotToRecompute, RestatementFalsified, RestatementMissing } from './restatement/errors';
export { type Impact, type ImpactedSettlement, type ImpactPart } from './restatement/impact';
export { type Recomputed, TrueUpService } from './restatement/true-up.service';
export { type TrueUpRecord } from './restatement/true-up.store';
export { type TrueUpTerms, trueUpWays } from './restatement/true-up-terms';
export {
  partStates,
  type PartState,
  type PartView,
  type PlacedPart,
  type Settlement,
  type SettlementGist,
  type SettlementHead,
  type SettlementView,
  type ShownSettlement,
} from './settlement';
export {
  settlementPermissions,
  settlementStates,
  settlementTable,
  type SettlementAct,
  type SettlementState,
} from './settlement-steps';
export { ShadowChanged, ShadowMissing, ShadowRefused } from './shadow/errors';
export { type ShadowEntry, type ShadowPart } from './shadow/shadow';
export { ShadowService, type ShadowWish, type ShownShadow } from './shadow/shadow.service';
export { type ShadowHead } from './shadow/shadow.store';
export { SettlementTools } from './settlement-tools.service';
export { SettlementModule } from './settlement.module';
export { SettlementService, type SettlementAnswer } from './settlement.service';
export {
  listHeads,
  listLines as listSettlementLines,
  listParts,
  settlementIdOf,
  type PartFilter,
  type SettlementFilter,
} from './settlement.store';
export { type SettlementExplanation } from './view/explain-settlement.service';
export { paidTo } from './view/paid-to.service';
export { viewSettlement } from './view/settlement-view.service';
export { type SettlementVerdict } from './view/verify-settlement.service';
