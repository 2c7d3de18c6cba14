/** Reads the files of a parallel tree into its tables, with the reader that observations go through. */
import { treeTables, type TreeProblem } from '@gep/territory';
import { ProblemList } from '../table/cell-problem';
import type { RawTable } from '../table/raw-table';
import { type ImportLimits, importLimits } from './limits';
import { readTables, type ObservationFile } from './read-file.loader';

const mebibyte = 2 ** 20;

/** A tree is read on the event loop, so it may be less than observations; the counties of the nation are 2,978 rows. */
const treeLimits: ImportLimits = {
  ...importLimits,
  bytes: { csv: 8 * mebibyte, json: 8 * mebibyte, xlsx: 4 * mebibyte },
  unpackedBytes: 32 * mebibyte,
  rows: 100_000,
};

/**
 * Tables of CSV, JSON or XLSX files, all their rows read, and what is wrong with the files themselves.
 * @throws FileTooLarge, FileUnreadable
 */
export async function readTreeFiles(
  files: readonly ObservationFile[],
): Promise<{ readonly tables: RawTable[]; readonly problems: TreeProblem[] }> {
  const found = new ProblemList();
  const tables: RawTable[] = [];
  for (const file of files) {
    // What is wrong with a row is found when it is read.
    for (const table of await readTables(file, found, treeLimits, treeTables))
      tables.push({ ...table, rows: [...table.rows] });
  }
  const problems = found.inRowOrder.map(({ sheet, row, column, value, code, text, mend }) => ({
    ...{ sheet, row, column, value, code },
    text: { zh: `${text.zh}；${mend.zh}`, en: `${text.en}; ${mend.en}` },
  }));
  return { tables, problems };
}
