/** Front door of observation: submitted measurements, checked and turned into columnar chunks. */
export { columnName, ProblemList, type CellProblem, type Reason, type SheetAddress } from './cell-problem';
export { checkTables, type CheckCounts, type CheckOutcome } from './check-tables';
export { decodeChunk, encodeChunk } from './chunk-codec';
export {
  chunkDigest,
  observationDigest,
  type PatchChunk,
  type StatisticRow,
  type TerritoryPeriodData,
} from './patch-chunk';
export { type RawCell, type RawRow, type RawTable, type TableKind } from './raw-table';
export { readJson } from './read-json';
export { type ObservationVocabulary, type ObservedAttribute, type ObservedItem, type ObservedType } from './vocabulary';
