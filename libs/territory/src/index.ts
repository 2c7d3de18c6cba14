/** Front door of the territory subject. */
export { fetchNationalTree, type NationalTreeOptions } from './china-division.loader';
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
export { parseTerritoryFile } from './territory-file';
export { loadTerritoryFile } from './territory-file.loader';
export { TerritoryModule } from './territory.module';
export { codesOfPath, isWithin, labelOfCode, pathBelow, placesOfPath } from './territory-path';
export { TerritoryService, type TerritoryImport } from './territory.service';
export {
  ancestorsOf,
  findTerritory,
  getTerritory,
  listChildren,
  listSubtree,
  pathsOf,
  searchTerritories,
  type SubtreePage,
} from './territory.store';
