/** Reads the files of a parallel tree from the disk. */
import { readTreeFiles } from '@gep/observation';
import { readObservations } from '../observed-file.loader';

/** Tables of the files, and what is wrong with the files themselves. @throws ObservationsUnreadable, FileTooLarge, FileUnreadable */
export async function loadTreeTables(files: readonly string[]): ReturnType<typeof readTreeFiles> {
  return readTreeFiles(await Promise.all(files.map(readObservations)));
}
