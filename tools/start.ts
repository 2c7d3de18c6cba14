/** `npm start`: database, tables, sample data, API and worker on one machine, and the first accounts through the queue. */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { SetupLinkService } from '@gep/access';
import { DomainError } from '@gep/kernel';
import { openLocalDatabase, readConfig, type Config, type LocalDatabase } from '@gep/platform';
import { computeSample, loadSample } from './start/sample.service';
import { startProgram, type Program } from './start/program.service';
import { keptSecret } from './start/secret.service';

const entryOf = (app: string): string => path.resolve(__dirname, `../apps/${app}/src/main.js`);
const begun = Date.now();
const say = (text: string): void => {
  process.stdout.write(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s] ${text}\n`);
};

/** What has been opened so far, in the order in which it is closed again from the end. */
const opened: { readonly name: string; close(): Promise<void> }[] = [];
let ending = false;

async function endAll(code: number): Promise<never> {
  ending = true;
  while (opened.length > 0) {
    const { name, close } = opened.pop()!;
    await close().catch((error: Error) => process.stderr.write(`${name}: ${error.message}\n`));
  }
  process.exit(code);
}

async function start(): Promise<void> {
  const settings = readConfig(process.env);
  say(
    settings.databaseUrl ? 'PostgreSQL: the server of DATABASE_URL' : `PostgreSQL: embedded, in ${settings.dataDir}/`,
  );
  const local = await openLocalDatabase(settings, { applicationName: 'gep-start' });
  opened.push({ name: 'database', close: () => local.close() });
  if (local.embedded)
    say(
      `PostgreSQL ${local.embedded.reused ? 'was running' : 'started'} on port ${local.embedded.port}, tables up to date`,
    );
  const [sample, [worker, api]] = await Promise.all([
    loadSample(local.database, settings.rulebookDir, say),
    startPrograms(local),
  ]);
  say(`worker ${worker.pid} and API ${api.pid} are ready; queue on ${settings.redisUrl ? 'Redis' : 'PostgreSQL'}`);
  await computeSample(local.database, sample, say);
  await showTables(local.config);
  await offerFirstAdministrator(local, api.url!);
  process.stdout.write(`\n  ${api.url}            start page · 首页\n  ${api.url}/api/docs   API (Swagger)\n\n`);
  process.stdout.write('Ctrl-C stops everything · 按 Ctrl-C 全部停止\n');
}

async function startPrograms({ config }: LocalDatabase): Promise<[worker: Program, api: Program]> {
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl,
    // Only migrations need the owner, and they are done.
    DATABASE_OWNER_URL: undefined,
    GEP_SECRET: config.secret ?? keptSecret(config.dataDir),
  };
  const logFolder = path.join(config.dataDir, 'logs');
  const programs = await Promise.all(
    ['worker', 'api'].map(async (name) => {
      const program = await startProgram({ name, entry: entryOf(name), env, logFolder });
      opened.push({ name, close: () => program.stop() });
      void program.ended.then((how) => {
        if (ending) return;
        process.stderr.write(`${name} ended unexpectedly (${how}); see ${logFolder}/${name}.log\n`);
        void endAll(1);
      });
      return program;
    }),
  );
  return [programs[0], programs[1]];
}

/** The tables of the sample study from the recorded accounts, as `gep reproduce` prints them. */
async function showTables(config: Config): Promise<void> {
  const env = { ...process.env, DATABASE_URL: config.databaseUrl, DATABASE_OWNER_URL: undefined };
  const args = [entryOf('cli'), 'reproduce', 'jinsha-mine', '--recorded'];
  process.stdout.write('\n');
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the tables of the sample could not be shown (exit code ${String(code)})`);
}

async function offerFirstAdministrator({ database }: LocalDatabase, url: string): Promise<void> {
  const links = new SetupLinkService(database);
  if (!(await links.needsAdministrator())) return;
  const { token, expiresAt } = await links.issueFirstAdministratorLink();
  process.stdout.write(
    `\nFirst administrator: open this one-time link before ${expiresAt.toISOString()}\n` +
      `首位管理员：请在上述时间前打开一次性链接\n  ${url}/setup#token=${token}\n`,
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void endAll(0));

start().catch((error: unknown) => {
  const text = error instanceof DomainError ? `${error.text.zh}\n${error.text.en}` : String((error as Error).stack);
  process.stderr.write(`${text}\n`);
  void endAll(1);
});
