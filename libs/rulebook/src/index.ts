/** Front door of the rulebook: norms as data, checked, named by their content, and looked up by type, place and date. */
export { attributeFallbacks, type AttributeFallback } from './attribute-fallbacks';
export { listCases, loadCase, type LoadedCase } from './case.loader';
export {
  CaseNotFound,
  EditionNotFound,
  formatNormProblem,
  NormIsSkeleton,
  NormNotFound,
  NormRefused,
  NormTooLarge,
  RulebookFileUnreadable,
} from './errors';
export {
  serviceCategories,
  type AttributeDefinition,
  type EcosystemType,
  type NormEdition,
  type NormFile,
  type NormFormula,
  type NormParameterValue,
  type NormProblem,
  type NormStatus,
  type ParameterDefinition,
  type ProductDefinition,
  type Service,
  type ServiceCategory,
  type ServiceGamma,
  type ServiceGroup,
  type ServicePrice,
  type ServiceQuantity,
} from './norm';
export { checkNorm, listNorms, loadNorm, loadNormFiles, loadUnits } from './norm.loader';
export { parameterLookup, type LookupContext } from './parameter-lookup';
export { parseNorm } from './parse-norm';
export { parseUnits } from './parse-units';
export {
  notesAtCell,
  type CaseNote,
  type CasePeriod,
  type CaseTable,
  type PrintedCell,
  type PublishedCase,
} from './published-case';
export { RulebookModule } from './rulebook.module';
export { RulebookService, type NormPublication } from './rulebook.service';
export {
  findCurrentEdition,
  findEdition,
  getEdition,
  listEditions,
  type PublishedEdition,
  type StoredEdition,
} from './rulebook.store';
