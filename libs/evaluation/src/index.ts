/** Front door of evaluation: what lower governments are to reach, what they reached, and how they are judged by it. */
export { EvaluationModule } from './evaluation.module';
export { type DisclosedFigure, type DisclosureDocument } from './disclosure/disclosed-document';
export { packageCsv, packageText, receiptOfFigure, receiptText } from './disclosure/disclosure-files';
export { type DisclosurePackage, type DisclosureReceipt, type FigureReceipt } from './disclosure/disclosure-receipt';
export { DisclosureKey } from './disclosure/disclosure-signature';
export { disclosureActs, disclosureSteps, type DisclosureAct } from './disclosure/disclosure-steps';
export { DisclosureModule } from './disclosure/disclosure.module';
export { YearlyDisclosureMissing } from './disclosure/errors';
export { DisclosableFigures } from './disclosure/gather-figures.service';
export { verifyDisclosure, type DisclosureVerdict, type KnownBefore } from './disclosure/verify-disclosure';
export {
  getYearlyDisclosure,
  YearlyDisclosureService,
  type DisclosureDone,
} from './disclosure/yearly-disclosure.service';
export {
  findPublishedDisclosure,
  listYearlyDisclosures,
  type YearlyDisclosure,
  type YearlyDisclosureFilter,
} from './disclosure/yearly-disclosure.store';
