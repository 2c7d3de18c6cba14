/** Notices when npm, which started us, is gone: its shell may end on a signal without passing it on. */
import fs from 'node:fs';

const lookMs = 250;

/** The process that started us and, where the machine can tell, the one that started that: npm runs a shell between. */
function launchers(): string {
  try {
    const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, 'latin1');
    // The name in brackets may hold spaces and brackets itself; state and parent follow it.
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/** Calls back once, and only when npm started us: whoever starts us otherwise may leave us running on purpose. */
export function whenLauncherGoes(act: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const atFirst = launchers();
  const timer = setInterval(() => {
    if (launchers() === atFirst) return;
    clearInterval(timer);
    act();
  }, lookMs);
  timer.unref();
}
