/** Reads an input document of the SEEA accounts from a file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { extentOfSheet, InputNode } from '@gep/accounting';
import { ProblemList, readTables } from '@gep/observation';
import { ObservationsUnreadable, ReportFileUnreadable } from '../errors';
import { readObservations } from '../observed-file.loader';
import { fileFailure } from '../terminal/failure';

/** @throws ObservationsUnreadable, InputUnreadable */
export async function readDocument(file: string): Promise<InputNode> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
  return InputNode.read(text.replace(/^\uFEFF/, ''), path.basename(file));
}

/**
 * The document of an extent account, or a spreadsheet (CSV, XLSX) with a change matrix or a list of transitions.
 * @throws ObservationsUnreadable, FileUnreadable, FileTooLarge, ReportFileUnreadable, InputUnreadable
 */
export async function readExtentDocument(file: string): Promise<InputNode> {
  if (!/\.(csv|xlsx)$/i.test(file)) return readDocument(file);
  const problems = new ProblemList();
  const [table] = await readTables(await readObservations(file), problems);
  const rows = [...table.rows].map(({ cells }) => cells.map((cell) => String(cell ?? '')));
  if (problems.errors > 0) throw new ReportFileUnreadable(file, problems.kept);
  const name = path.basename(file);
  return InputNode.read(JSON.stringify(extentOfSheet(name, rows)), name);
}
