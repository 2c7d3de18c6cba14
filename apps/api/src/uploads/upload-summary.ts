/** What is shown of an import that was recorded. */
import type { Batch } from '@gep/observation';
import { wire } from '../answer/wire';

/** Names the person, not their id. */
export function uploadSummary(batch: Batch) {
  const { id, fileName, format, status, counts, importedByName, importedAt } = batch;
  const norm = { id: batch.normId, edition: batch.normEdition };
  const shown = { id, fileName, format, status, counts, norm, digest: batch.fileDigest };
  return { ...wire(shown), importedBy: importedByName, importedAt: importedAt.toISOString() };
}
