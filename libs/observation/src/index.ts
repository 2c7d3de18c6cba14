/** Front door of observation: submitted measurements, checked and turned into columnar chunks. */
export { type CellProblem } from './table/cell-problem';
export { checkTables, type CheckCounts, type CheckOutcome } from './check/check-tables';
export { decodeChunk, encodeChunk } from './chunk/chunk-codec';
export {
  chunkDigest,
  observationDigest,
  type PatchChunk,
  type StatisticRow,
  type TerritoryPeriodData,
} from './chunk/patch-chunk';
export { FileTooLarge, FileUnreadable } from './errors';
export { checkFile } from './file/check-file.loader';
export { type FileFormat, type ObservationFile } from './file/read-file.loader';
export { type RawCell, type RawRow, type RawTable, type TableKind } from './table/raw-table';
export { readJson } from './file/read-json';
export {
  type ObservationVocabulary,
  type ObservedAttribute,
  type ObservedItem,
  type ObservedType,
} from './table/vocabulary';
export { vocabularyOf } from './table/vocabulary-of-norm';
