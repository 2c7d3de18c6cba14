/** What is shown of an import: of one that was recorded, and its report when it is made. */
import type { Batch, ImportReport } from '@gep/observation';
import { wire } from '../answer/wire';

/** Names the person, not their id. */
export function uploadSummary(batch: Batch) {
  const { id, fileName, format, status, counts, importedByName, importedAt } = batch;
  const norm = { id: batch.normId, edition: batch.normEdition };
  const shown = {
    id,
    fileName,
    format,
    sheet: batch.dataSheet,
    takenBack: batch.takenBack,
    status,
    counts,
    norm,
    digest: batch.fileDigest,
  };
  return { ...wire(shown), importedBy: importedByName, importedAt: importedAt.toISOString() };
}

/** The report of an import as it is made. */
export function reportBody({ dataSheet, territories, problems, ...report }: ImportReport) {
  return {
    ...report,
    sheet: dataSheet,
    territories: territories.map(({ dataSheets, ...period }) => ({ ...period, sheets: [...dataSheets] })),
    problems: [...problems],
  };
}
