/** Lets one process at a time work on a folder, and knows which processes still use it; both survive `kill -9`. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMarkAlive, processMark } from './processes.loader';
import { EmbeddedPostgresRefused } from './errors';

const readText = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** Writes a file that appears whole or not at all, and only when it is not there yet. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(draft);
  }
}

/** Runs `work` while no other process runs work under the same lock file. A lock of a dead process is taken over. */
export async function whileLocked<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  const mine = processMark(process.pid);
  const deadline = Date.now() + 60_000;
  while (!createWhole(lockFile, mine)) {
    const holder = readText(lockFile);
    if (holder !== undefined && !isMarkAlive(holder)) takeAway(lockFile, holder);
    else if (Date.now() > deadline) throw lockedTooLong(lockFile, holder ?? '');
    else await sleep(50);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

/** Removes the lock of a dead holder; renaming first makes sure that a fresh lock is not removed with it. */
function takeAway(lockFile: string, holder: string): void {
  const aside = `${lockFile}.dead.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
  } catch {
    return;
  }
  const taken = readText(aside);
  if (taken !== undefined && taken !== holder) createWhole(lockFile, taken);
  fs.rmSync(aside, { force: true });
}

function lockedTooLong(lockFile: string, holder: string): EmbeddedPostgresRefused {
  const pid = holder.split(':')[0];
  return new EmbeddedPostgresRefused(
    `另一个进程（${pid}）占用 ${lockFile} 超过一分钟；请结束该进程后重试`,
    `another process (${pid}) has held ${lockFile} for more than a minute; end it and try again`,
  );
}

/** Remembers this process as a user of the folder. */
export function enrol(usersDir: string): void {
  fs.mkdirSync(usersDir, { recursive: true });
  fs.writeFileSync(path.join(usersDir, String(process.pid)), processMark(process.pid));
}

/** Forgets this process, and the dead ones; true when nobody is left. */
export function leave(usersDir: string): boolean {
  fs.rmSync(path.join(usersDir, String(process.pid)), { force: true });
  const names = fs.existsSync(usersDir) ? fs.readdirSync(usersDir) : [];
  const living = names.filter((name) => {
    const alive = isMarkAlive(readText(path.join(usersDir, name)) ?? '');
    if (!alive) fs.rmSync(path.join(usersDir, name), { force: true });
    return alive;
  });
  return living.length === 0;
}
