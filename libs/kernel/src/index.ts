/** Front door of the kernel: the few exact notions that every subject shares. */
export { allocate, type ShareWeight } from './allocate';
export {
  AllocationInfeasible,
  allocateWithin,
  leftoverPolicies,
  type AllocationPolicy,
  type BoundedAllocation,
  type BoundedShare,
  type LeftoverPolicy,
} from './allocate-within';
export { assert, BrokenInvariant } from './assert';
export { canonicalJson, digestOf, digestOfValue } from './canonical-json';
export { closestUnit } from './unit-suggestion';
export { closestWord } from './closest-word';
export { CompensatedSum, sumInOrder } from './compensated-sum';
export { Decimal } from './decimal';
export { DomainError, type Bilingual, type Facts, type RefusalKind } from './domain-error';
export { evidenceGrades, sourceGrades, weakerGrade, type Evidence, type EvidenceGrade } from './evidence';
export { Fraction } from './fraction';
export { formatWanYuan, formatYuan, roundToFen, sumFen, unitValue, wholeFen, type Fen, type UnitValue } from './money';
export { daysOfPeriod, InvalidPeriod, parsePeriod, periodEnd, shareOfYear, type Period } from './period';
export {
  InvalidTerritoryCode,
  isInvented,
  isTerritoryCode,
  parseTerritoryCode,
  type TerritoryCode,
} from './territory-code';
export {
  combineDimensions,
  conversionFactor,
  dimensionless,
  DuplicateUnit,
  formatDimension,
  IncompatibleUnits,
  sameDimension,
  UnitTable,
  UnknownUnit,
  type Dimension,
  type Unit,
  type UnitDefinition,
} from './unit';
export { isUuid } from './uuid';
