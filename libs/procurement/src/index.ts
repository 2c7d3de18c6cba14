/** Front door of procurement: companies and their rights, yearly contracts on increments, market purchases. */
export {
  companyStatuses,
  legalForms,
  partyOfCompany,
  rightBases,
  versionOn,
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
export { measureKinds, spendingUses, type MeasureKind, type SpendingUse } from './spending/spending';
export { SpendingService, type MeasureDraft, type SpendingDraft } from './spending/spending.service';
export { ProcurementModule } from './procurement.module';
