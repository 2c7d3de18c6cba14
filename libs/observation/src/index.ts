/** Front door of observation: submitted measurements, checked and turned into columnar chunks. */
export { ProblemList, type CellProblem } from './table/cell-problem';
export { checkTables, type CheckCounts, type CheckOutcome } from './check/check-tables';
export { readNumber } from './check/read-number';
export { decodeChunk, encodeChunk } from './chunk/chunk-codec';
export { type RoomFor } from './chunk/copied-fields';
export {
  chunkDigest,
  observationDigest,
  type PatchChunk,
  type StatisticRow,
  type StatisticSpread,
  type TerritoryPeriodData,
} from './chunk/patch-chunk';
export { storedChunkDigest } from './chunk/stored-chunk';
export { BatchMissing, FileTooLarge, FileUnreadable } from './errors';
export { batchImported, type BatchImported } from './events';
export { ImportGate, type ImportPlace } from './import/import-gate.service';
export { type Reason } from './table/cell-problem';
export { checkFile } from './import/check-file.loader';
export { type FileFormat } from './file/limits';
export { readTables, type ObservationFile } from './file/read-file.loader';
export { readTreeFiles } from './file/read-tree-files.loader';
export { type RawCell, type RawRow, type RawTable, type TableKind } from './table/raw-table';
export { readJson } from './file/read-json';
export {
  type ObservationVocabulary,
  type ObservedAttribute,
  type ObservedItem,
  type ObservedType,
} from './table/vocabulary';
export { vocabularyOf } from './table/vocabulary-of-norm';
export { ObservationModule } from './observation.module';
export { ObservationService, type ExportedTables, type ImportRequest } from './observation.service';
export { type ImportedPeriod, type ImportReport } from './import/import-report';
export {
  currentObservations,
  findBatchIds,
  findObservation,
  listObservationIds,
  type CurrentObservation,
} from './observation.store';
export { listObservedTerritories, type ObservedTerritory } from './observed-territory.store';
export { findStatistics } from './statistics.store';
export { SheetTakeBack, type TakenBack } from './delivery/take-back.service';
export { listStandingUploads, type StandingUpload } from './delivery/delivery.store';
export { getBatch, listBatchContent, listBatches, listImporters, type Batch, type BatchStatus } from './batch.store';
