/** Looks at processes of this machine: whether one lives, and whether it is still the one that was meant. */
import fs from 'node:fs';

/** State letter and start time of a process from /proc; undefined where there is no /proc or no such process. */
function readStat(pid: number): { state: string; started: string } | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold spaces and brackets itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, started: fields[19]! };
  } catch {
    return undefined;
  }
}

/** False for a process that has ended, also when nobody has collected it (a zombie, common in containers). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = readStat(pid)?.state;
  return state !== 'Z' && state !== 'X';
}

/** A name for a process that a later one with the same pid does not share. */
export function processMark(pid: number): string {
  return `${pid}:${readStat(pid)?.started ?? ''}`;
}

/** True when the process that was marked is still running. */
export function isMarkAlive(mark: string): boolean {
  const pid = Number(mark.split(':')[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && processMark(pid) === mark;
}

/** Pids of the processes whose working directory is this folder; empty where there is no /proc. */
export function processesInFolder(folder: string): number[] {
  const pids = fs.existsSync('/proc/self/cwd') ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.map(Number).filter((pid) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/cwd`) === folder && isAlive(pid);
    } catch {
      return false;
    }
  });
}
