/** Reads the tables of a published report: CSV, XLSX (each sheet a table) or JSON with a list `figures`. */
import path from 'node:path';
import type { PlainTable } from '@gep/accounting';
import { ProblemList, readTables, type RawTable } from '@gep/observation';
import { ReportFileUnreadable } from '../errors';
import { readObservations } from '../observed-file.loader';

/** @throws ObservationsUnreadable, FileUnreadable, FileTooLarge, ReportFileUnreadable */
export async function readReport(files: readonly string[]): Promise<PlainTable[]> {
  const tables = await Promise.all(files.map(readFileTables));
  return tables.flat();
}

async function readFileTables(file: string): Promise<PlainTable[]> {
  const problems = new ProblemList();
  const tables = await readTables(await readObservations(file), problems, undefined, ['figures']);
  const stem = path.basename(file, path.extname(file));
  const read = tables.map((table) => plainTable(table, tables.length > 1 ? `${stem}-${table.sheet}` : stem));
  if (problems.errors > 0) throw new ReportFileUnreadable(file, problems.kept);
  return read;
}

/** A cell that is merged over several rows stands in each of them. */
function plainTable({ header, rows }: RawTable, name: string): PlainTable {
  const written = [...rows].map(({ row, cells }) => {
    return { row, cells: cells.map((cell) => (cell === undefined || cell === null ? '' : String(cell))) };
  });
  return {
    // A place is named by words with points between them.
    name: name.replaceAll('.', '-'),
    rows: header ? [{ row: 0, cells: header }, ...written] : written,
  };
}
