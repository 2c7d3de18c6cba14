/** Reads and checks the files of one import in the running thread. */
import { digestOf, digestOfValue } from '@gep/kernel';
import { checkTables, type CheckOutcome, type CheckWish } from '../check/check-tables';
import { ImportLimits, importLimits } from '../file/limits';
import { ObservationFile, readTables } from '../file/read-file.loader';
import { presentable, ProblemList } from '../table/cell-problem';
import { RawTable } from '../table/raw-table';
import { ObservationVocabulary } from '../table/vocabulary';

const longestName = 200;

/**
 * Everything that is good in the file or files, and everything that is wrong with them. Several files are one import: a
 * CSV file holds one table only. For large files or files of strangers use `checkFilesApart`: this one works on the event
 * loop, without a limit of time or memory.
 * @throws FileTooLarge, FileUnreadable
 */
export async function checkFile(
  files: ObservationFile | readonly ObservationFile[],
  vocabulary: ObservationVocabulary,
  limits: ImportLimits = importLimits,
  wish: CheckWish = {},
): Promise<CheckOutcome> {
  const problems = new ProblemList();
  const given = 'bytes' in files ? [files] : files;
  const tables: RawTable[] = [];
  for (const file of given) {
    for (const table of await readTables(file, problems, limits)) {
      const longer = `${file.fileName} ${table.sheet}`;
      const names = [table.sheet, longer, `${longer} (${tables.length + 1})`].map((name) =>
        presentable(name, longestName),
      );
      const sheet = names.find((name) => tables.every((other) => other.sheet !== name)) ?? names[0];
      tables.push({ ...table, sheet });
    }
  }
  return checkTables(tables, vocabulary, problems, wish);
}

/** Digest of the files of an import: of the bytes alone when there is one. */
export function digestOfFiles(files: readonly ObservationFile[]): string {
  const digests = files.map(({ bytes }) => digestOf(bytes));
  return digests.length === 1 ? digests[0] : digestOfValue(digests);
}
