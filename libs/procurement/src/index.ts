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
export { ProcurementModule } from './procurement.module';
