/** Front door of the territory subject. */
export {
  NationalTreeUnavailable,
  SiteNameUnusable,
  TerritoriesRefused,
  TerritoryFileUnreadable,
  TerritoryMissing,
  type TerritoryProblem,
} from './errors';
export { nationalDepths, statedOn, type NationalDepth } from './national-tree';
export { siteCode } from './site-code';
export {
  levelOfCode,
  parentOfCode,
  territoryLevels,
  type Territory,
  type TerritoryLevel,
  type TerritoryRow,
} from './territory';
export { codesOfPath, isWithin, labelOfCode, pathBelow, placesOfPath } from './territory-path';
