/** Where the site is that `npm start` runs here: it notes the address beside the data, and links of the terminal begin with it. */
import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '@gep/platform';

interface SiteNote {
  readonly url: string;
  /** The process that wrote it; the note of a dead one says nothing. */
  readonly pid: number;
  /** Host, port and name of the database behind the site. */
  readonly database: string;
}

const patienceMs = 2_000;

/** Notes the address until it is closed. */
export function noteSiteAddress(config: Config, url: string): { close(): Promise<void> } {
  const file = noteOf(config);
  const note: SiteNote = { url, pid: process.pid, database: placeOf(config.databaseUrl) };
  fs.writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
  return { close: async () => fs.rmSync(file, { force: true }) };
}

/**
 * The address under which people reach the site of this database, as far as it is known: what the settings name, or the
 * site that `npm start` runs here now. A guess would hand the secret of a link to whoever listens there.
 */
export async function findSiteAddress(config: Config, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env['GEP_PUBLIC_URL']?.trim() || env['GEP_PORT']?.trim()) return config.publicUrl;
  const note = readNote(noteOf(config));
  if (!note || note.database !== placeOf(config.databaseUrl) || !isAlive(note.pid)) return undefined;
  return (await answers(note.url)) ? note.url : undefined;
}

const noteOf = ({ dataDir }: Config): string => path.join(dataDir, 'site.json');

function placeOf(databaseUrl: string | undefined): string {
  const { host, pathname } = new URL(databaseUrl ?? 'postgres:///');
  return `${host}${pathname}`;
}

function readNote(file: string): SiteNote | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as SiteNote;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/v1/health/live`, { signal: AbortSignal.timeout(patienceMs) });
    return ((await response.json()) as { status?: string }).status === 'live';
  } catch {
    return false;
  }
}
