/** Reads the files of a parallel tree into tables, with the reader that observations go through. */
import { ProblemList, readTables, type RawTable } from '@gep/observation';
import { treeTables, type TreeProblem } from '@gep/territory';
import { readObservations } from '../observed-file.loader';

/**
 * Tables of CSV, JSON or XLSX files, and what is wrong with the files themselves.
 * @throws ObservationsUnreadable, FileTooLarge, FileUnreadable
 */
export async function loadTreeTables(
  files: readonly string[],
): Promise<{ readonly tables: RawTable[]; readonly problems: TreeProblem[] }> {
  const found = new ProblemList();
  const tables: RawTable[] = [];
  for (const file of files) {
    tables.push(...(await readTables(await readObservations(file), found, undefined, treeTables)));
  }
  const problems = found.inRowOrder.map(({ sheet, row, column, value, code, text, mend }) => ({
    ...{ sheet, row, column, value, code },
    text: { zh: `${text.zh}；${mend.zh}`, en: `${text.en}; ${mend.en}` },
  }));
  return { tables, problems };
}
