/** Makes the files of a new cluster, its roles and its database. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgresRefused } from './errors';
import type { PostgresBinaries } from './postgres-binaries.loader';

/** Names of roles and database in the embedded server. The superuser serves only to make the other two. */
export const embeddedNames = { superuser: 'gep_super', owner: 'gep_owner', app: 'gep_app', database: 'gep' } as const;

/** Passwords by role, kept in a file that only its owner may read. */
export interface Credentials {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

/** Reads the passwords of the cluster, or makes new ones when there is no cluster yet. */
export function loadCredentials(dataDir: string, cluster: string): Credentials {
  const file = path.join(dataDir, 'credentials.json');
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as Credentials;
  if (fs.existsSync(cluster)) {
    throw new EmbeddedPostgresRefused(
      `${file} 不见了，无法登录 ${cluster} 中的数据库；请从备份恢复该文件，或移走整个 ${dataDir} 重新开始`,
      `${file} is gone, and without its passwords the database in ${cluster} cannot be opened; restore the file from a backup, or move ${dataDir} away to start afresh`,
    );
  }
  const password = () => randomBytes(24).toString('base64url');
  const made: Credentials = { superuser: password(), owner: password(), app: password() };
  fs.writeFileSync(`${file}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return made;
}

/** Runs initdb in a draft folder that takes its name only when it is complete, so that a killed start leaves no half cluster. */
export async function createCluster(
  binaries: PostgresBinaries,
  cluster: string,
  superuserPassword: string,
  test: boolean,
): Promise<void> {
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (binaries.owner !== undefined) {
    fs.chownSync(draft, binaries.owner, binaries.owner);
    fs.chownSync(passwordFile, binaries.owner, binaries.owner);
  }
  try {
    const fixed = [
      '-U',
      embeddedNames.superuser,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--data-checksums',
    ];
    await run(binaries, ['-D', draft, ...fixed, `--pwfile=${passwordFile}`, ...(test ? ['--no-sync'] : [])]);
    fs.renameSync(draft, cluster);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

function run(binaries: PostgresBinaries, initdbArgs: string[]): Promise<void> {
  const { file, args, options } = binaries.command('initdb', initdbArgs);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout?.on('data', (text) => (said += String(text)));
    child.stderr?.on('data', (text) => (said += String(text)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const hint =
        binaries.owner === undefined
          ? { zh: '', en: '' }
          : {
              zh: '\n当前以 root 运行且系统禁止用户命名空间：请把 GEP_DATA_DIR 设为其他用户可进入的目录',
              en: '\nthis runs as root where user namespaces are forbidden: set GEP_DATA_DIR to a folder that other users may enter',
            };
      const end = said.trim().split('\n').slice(-5).join('\n');
      reject(
        new EmbeddedPostgresRefused(
          `无法建立数据库目录（initdb）：\n${end}${hint.zh}`,
          `the database folder could not be made (initdb):\n${end}${hint.en}`,
        ),
      );
    });
  });
}

/** Makes the two roles and the database; safe to run again after a start that was cut short. */
export async function ensureRolesAndDatabase(superuser: Client, { owner, app }: Credentials): Promise<void> {
  const { rows } = await superuser.query<{ name: string }>(
    'select rolname::text as name from pg_roles union all select datname::text from pg_database',
  );
  const known = new Set(rows.map(({ name }) => name));
  const names = embeddedNames;
  for (const [role, password] of [
    [names.owner, owner],
    [names.app, app],
  ] as const) {
    const verb = known.has(role) ? 'alter' : 'create';
    await superuser.query(`${verb} role ${role} login nosuperuser nobypassrls nocreaterole password '${password}'`);
  }
  if (!known.has(names.database)) await superuser.query(`create database ${names.database} owner ${names.owner}`);
}
