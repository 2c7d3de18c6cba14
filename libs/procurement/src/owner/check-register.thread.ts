/** What the thread of register files does: read them as streams, check every row, and give back columns. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { RegisterFileUnreadable } from './errors';
import type { RegisterFiles } from './check-register.pool';
import { type CheckedRegister, gatherRegister } from './checked-register';
import { headers, OwnerRows, ParcelRows, RegisterProblems } from './register-rows';

const ownerColumns = ['code', 'name', 'kind', 'territory', 'shares'];
const parcelColumns = ['code', 'territory', 'baseYear', 'baseGep', 'type', 'area', 'owner', 'share'];

/** @throws RegisterFileUnreadable */
export async function handle({ owners: ownerFile, parcels: parcelFile }: RegisterFiles): Promise<CheckedRegister> {
  const problems = new RegisterProblems();
  const digest = createHash('sha256');
  const owners = new OwnerRows(problems);
  if (ownerFile !== undefined) await readRows(ownerFile, ownerColumns, digest, (row, cells) => owners.read(row, cells));
  const parcels = new ParcelRows(problems);
  if (parcelFile !== undefined)
    await readRows(parcelFile, parcelColumns, digest, (row, cells) => parcels.read(row, cells));
  return { ...gatherRegister(owners, parcels, problems), digest: digest.digest('hex') };
}

async function readRows(
  file: string,
  columns: readonly string[],
  digest: Hash,
  take: (row: number, cells: Record<string, string>) => void,
): Promise<void> {
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
  const parser = parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  let places: number[] | undefined;
  let row = 0;
  const rows = async (records: AsyncIterable<string[]>): Promise<void> => {
    for await (const record of records) {
      row += 1;
      if (!places) places = placesOf(file, columns, record);
      else take(row, Object.fromEntries(columns.map((column, at) => [column, record[places![at]] ?? ''])));
    }
  };
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hashed, parser, rows);
  } catch (error) {
    if (error instanceof RegisterFileUnreadable) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new RegisterFileUnreadable(file, code ?? message);
  }
  if (!places) throw new RegisterFileUnreadable(file, 'empty');
}

/** Columns that a file may do without: a row tells what it lacks. */
const optional = ['share', 'shares', 'baseGep', 'type', 'area'];

/** Where each column stands. @throws RegisterFileUnreadable naming what is missing */
function placesOf(file: string, columns: readonly string[], header: readonly string[]): number[] {
  const places = columns.map((column) => header.findIndex((word) => headers[column].includes(word)));
  const missing = columns.filter((column, at) => places[at] < 0 && !optional.includes(column));
  if (missing.length > 0) throw new RegisterFileUnreadable(file, `no column ${missing.join(', ')}`);
  return places;
}
