/** Front door of procurement: companies and their rights, yearly contracts on increments, market purchases. */
export {
  companyStatuses,
  legalForms,
  rightBases,
  type Company,
  type CompanyStatus,
  type CompanyVersion,
  type LegalForm,
  type RecordedVersion,
  type RightBasis,
  type SaleRight,
} from './company/company';
export { CompanyService, type CompanyDraft, type SaleRightDraft } from './company/company.service';
export { getCompany, listCompanies, listSaleRights } from './company/company.store';
export { type Contract, type ContractDeed, type DeedFacts } from './contract/contract';
export {
  ContractService,
  type ContractDraft,
  type ContractWish,
  type SupplementDraft,
} from './contract/contract.service';
export {
  contractActs,
  contractStates,
  contractTable,
  type ContractAct,
  type ContractState,
} from './contract/contract-table';
export {
  negativePolicies,
  references,
  type ContractTerms,
  type NegativePolicy,
  type Reference,
} from './contract/contract-terms';
export { viewContract, type ContractView } from './contract/contract-view.service';
export { getContract, listContracts } from './contract/contract.store';
export { factsOfActs } from './contract/judge-deed';
export { agreedDayTitles, listAgreedDays } from './agreed/agreed-days.service';
export { type SoldGain } from './gain/sold-gain';
export { SoldGainService, type SoldGainDraft } from './gain/sold-gain.service';
export { listSoldGains } from './gain/sold-gain.store';
export { valuationPayers, type SiteValuation, type ValuationPayer } from './market/market-purchase';
export {
  MarketPurchaseService,
  viewPurchase,
  type MarketDraft,
  type MarketView,
  type ReceiptDraft,
} from './market/market-purchase.service';
export { listPurchases, type MarketPurchase } from './market/market-purchase.store';
export { contractPackage } from './release/ocds-package.service';
export { isUsed, measureKinds, spendingUses, type MeasureKind, type SpendingUse } from './spending/spending';
export { SpendingService, type MeasureDraft, type SpendingDraft } from './spending/spending.service';
export { CompanyBookService, type CompanyEntryWish } from './income/company-book.service';
export {
  codeOfDividend,
  countings,
  type Counting,
  type Dividend,
  type DividendLine,
  type DividendPlan,
  type RecordedVote,
} from './dividend/dividend';
export {
  dividendJobNames,
  dividendQueue,
  dividendTaskRequested,
  type DividendJobName,
  type DividendJobs,
} from './dividend/dividend-events';
export { listLines, type LineFilter } from './dividend/dividend-line.store';
export { DividendRuns } from './dividend/dividend-runs.service';
export { dividendTable, type DividendAct, type DividendState } from './dividend/dividend-steps';
export { findTask, type TaskAct } from './dividend/dividend-task.store';
export { DividendService, standingOf, type DividendView, type PlanWish } from './dividend/dividend.service';
export { getDividend, listDividends } from './dividend/dividend.store';
export { DividendMissing, DividendRefused, IncomeNotPaid } from './dividend/errors';
export { LineMoneyService, type LineMoney } from './dividend/line-money.service';
export { OwnAppeals } from './dividend/own-appeals.service';
export { OwnDividends, type OwnDividend } from './dividend/own-dividends.service';
export { type RegisterLists } from './owner/checked-register';
export { HoldingRefused, RegisterMissing, RegisterRefused } from './owner/errors';
export { readShare } from './owner/holder-set';
export { HoldingService, type OwnerChange, type ParcelChange, type ParcelTransfer } from './owner/holding.service';
export { type BaseFrom } from './owner/base-account.service';
export { ownerKinds, type OwnerKind } from './owner/register-rows';
export { RegisterService, type RegisterAnswer, type RegisterImport } from './owner/register.service';
export { type Owner, type Parcel, type ShareMovement } from './owner/register';
export { listOwners, listParcels } from './owner/register.store';
export { successionKinds, type SuccessionKind } from './owner/succession.store';
export { checkProof, type LineProof, type ProofFault } from './sum-tree/line-proof';
export { ProcurementModule } from './procurement.module';
