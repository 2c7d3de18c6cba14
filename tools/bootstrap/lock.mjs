// Lets one process at a time install or build. A lock that a killed process left behind is taken over.
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names a process so that a later one with the same number is not taken for it. */
function markOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${pid}:${fields[19]}`;
  } catch {
    return `${pid}:`;
  }
}

const readText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** Writes the lock whole or not at all; false when somebody else holds it. */
function take(lockFile) {
  const draft = `${lockFile}.${process.pid}`;
  fs.writeFileSync(draft, markOf(process.pid));
  try {
    fs.linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Renaming first makes sure that of several who find a dead holder only one removes its lock. */
function removeDead(lockFile, holder) {
  const aside = `${lockFile}.dead.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
  } catch {
    return;
  }
  if (readText(aside) !== holder && !fs.existsSync(lockFile)) fs.renameSync(aside, lockFile);
  fs.rmSync(aside, { force: true });
}

/** True while the process that wrote the lock lives, or one that it started and noted there. */
const isHeld = (holder) => holder.split('\n').some((mark) => markOf(Number(mark.split(':')[0])) === mark);

/**
 * Runs `work` alone; `say` tells once that it waits for another. `work` gets a function that notes a child process: it
 * may outlive us when we are killed, and whoever comes next must wait for it.
 */
export async function whileLocked(lockFile, say, work) {
  for (let told = false; !take(lockFile);) {
    const holder = readText(lockFile);
    if (holder === undefined) continue;
    if (!isHeld(holder)) {
      removeDead(lockFile, holder);
      continue;
    }
    const [pid] = holder.split(':');
    if (!told) say(`等待另一个进程完成安装或编译 · waiting for process ${pid}, which installs or builds …`);
    told = true;
    await sleep(200);
  }
  const release = () => fs.rmSync(lockFile, { force: true });
  try {
    return await work((child) => fs.appendFileSync(lockFile, `\n${markOf(child.pid)}`));
  } finally {
    release();
  }
}
