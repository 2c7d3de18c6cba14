/** Reads and checks one observation file in the running thread. */
import { checkTables, CheckOutcome } from '../check/check-tables';
import { ProblemList } from '../table/cell-problem';
import { ObservationVocabulary } from '../table/vocabulary';
import { ImportLimits, importLimits } from './limits';
import { ObservationFile, readTables } from './read-file.loader';

/**
 * Everything that is good in the file, and everything that is wrong with it. For large files or files of strangers use
 * `checkFileApart`: this one works on the event loop, without a limit of time or memory.
 * @throws FileTooLarge, FileUnreadable
 */
export async function checkFile(
  file: ObservationFile,
  vocabulary: ObservationVocabulary,
  limits: ImportLimits = importLimits,
): Promise<CheckOutcome> {
  const problems = new ProblemList();
  return checkTables(await readTables(file, problems, limits), vocabulary, problems);
}
