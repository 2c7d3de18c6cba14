/** `npm start`: database, tables, sample data, API and worker on one machine, and the first accounts through the queue. */
import 'reflect-metadata';
import path from 'node:path';
import { SetupLinkService } from '@gep/access';
import { keptCreditKeys } from '@gep/credit';
import { DomainError, type Bilingual } from '@gep/kernel';
import { createLogger, openLocalDatabase, openQueues, type Config, type LocalDatabase } from '@gep/platform';
import { languageOf } from '../apps/cli/src/terminal/language';
import { entryOf, programRoot, readSettings } from '../apps/cli/src/machine/settings.loader';
import { noteSiteAddress } from '../apps/cli/src/machine/site-address.service';
import { keepRunning } from './start/kept-running.service';
import { computeDemonstration, loadDemonstration } from './start/demonstration.service';
import { demonstrateDeparture } from './start/evaluation/departure.service';
import { demonstrateCredit } from './start/credit/credit.service';
import { demonstrateDisclosures } from './start/evaluation/disclosures.service';
import { demonstrateScores } from './start/evaluation/scores.service';
import { demonstrateTargets } from './start/evaluation/targets.service';
import { demonstrateMoney, waitForWorker } from './start/money/money-demonstration.service';
import { whenLauncherGoes } from './start/launcher.service';
import { assertCanListen } from './start/listening-place.service';
import { Opened } from './start/opened.service';
import { launchProgram, type Program } from './start/program.service';
import { computeSample, loadSample, sampleTables } from './start/sample.service';
import { keptSecret } from './start/secret.service';

const language = languageOf(undefined, process.env);
const opened = new Opened();
/** Terminals and npm both pass a signal on, so that one Ctrl-C may arrive twice; a real second one comes later. */
const sameSignalMs = 700;

const say = (text: Bilingual): void => {
  // Since the process began: what Node takes to load us is part of what people wait for.
  if (!opened.ending) process.stdout.write(`[${process.uptime().toFixed(1).padStart(5)} s] ${text[language]}\n`);
};
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

async function end(code: number): Promise<never> {
  await opened.close(complain);
  process.exit(code);
}

async function start(): Promise<void> {
  const settings = readSettings();
  await assertCanListen(settings.host, process.env['GEP_PORT']?.trim() ? settings.port : undefined);
  const local = await opened.open('database', openChecked(settings));
  const [worker, api] = startPrograms(local);
  const sample = await loadSample(local.database, settings.rulebookDir, say);
  // A server of somebody's own holds real accounts; invented ones are no business of it.
  const demonstrates = local.embedded !== undefined;
  if (demonstrates) await loadDemonstration(local.database, settings.rulebookDir, say);
  await worker.ready;
  const queue = settings.redisUrl ? 'Redis' : 'PostgreSQL';
  say({ zh: `工作进程就绪，队列在 ${queue}`, en: `the worker is ready, its queue is on ${queue}` });
  await Promise.all([
    computeSample(local.database, sample, say),
    demonstrates ? computeDemonstration(local.database, say) : undefined,
  ]);
  const { url } = await api.ready;
  await opened.open('note', noteSiteAddress(local.config, url!));
  say({ zh: 'API 就绪', en: 'the API is ready' });
  process.stdout.write(`\n${await sampleTables(local.database, sample, language)}\n\n`);
  process.stdout.write(await nextSteps(local, url!));
  // Everything may be looked at meanwhile; what was cut short is taken up by the next start.
  if (demonstrates) await demonstrateAll(local, settings.rulebookDir);
}

async function demonstrateAll(local: LocalDatabase, rulebookDir: string): Promise<void> {
  const { database, config } = local;
  say({
    zh: '演示数据还在填入：资金、目标、评分、离任审计、披露、信用依次出现，首次启动约需几分钟；其间列表可能为空',
    en: 'the demonstration is still being filled: money, targets, scores, departures, disclosures and credit come one after the other, some minutes at the first start; until then lists may be empty',
  });
  await demonstrateMoney(database, rulebookDir, { say, workOff: waitForWorker(local) });
  await demonstrateTargets(database, rulebookDir, say);
  await demonstrateScores(database, rulebookDir, say);
  await demonstrateDeparture(database, rulebookDir, say);
  await demonstrateDisclosures(database, { rulebookDir, secret: secretOf(config) }, say);
  await demonstrateCredit(database, { rulebookDir, creditKeys: creditKeysOf(config) }, say);
  say({ zh: '演示数据已全部填入', en: 'the demonstration is filled: nothing more comes' });
}

const creditKeysOf = ({ creditKeys, dataDir }: Config): string => creditKeys ?? keptCreditKeys(dataDir);
const secretOf = ({ secret, dataDir }: Config): string => secret ?? keptSecret(dataDir);

/** The database as the settings mean it; a queue on a server of its own is looked at too, before anything begins. */
async function openChecked(settings: Config): Promise<LocalDatabase> {
  // Its refusal is told by whoever catches it; the log of a server would say it twice.
  const logger = createLogger({ ...settings, logLevel: 'silent' });
  if (settings.redisUrl) await (await openQueues(settings, { logger })).close();
  const local = await openLocalDatabase(settings, { applicationName: 'gep-start' });
  const { embedded } = local;
  if (!embedded)
    say({
      zh: 'PostgreSQL：DATABASE_URL 指定的服务器',
      en: 'PostgreSQL: the server of DATABASE_URL, tables up to date',
    });
  else if (embedded.reused)
    say({ zh: `PostgreSQL 已在端口 ${embedded.port} 运行`, en: `PostgreSQL was running on port ${embedded.port}` });
  else say({ zh: `PostgreSQL 已启动，端口 ${embedded.port}`, en: `PostgreSQL started on port ${embedded.port}` });
  return local;
}

function startPrograms({ config }: LocalDatabase): [worker: Program, api: Program] {
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl,
    // Only migrations need the owner, and they are done.
    DATABASE_OWNER_URL: undefined,
    GEP_SECRET: secretOf(config),
    GEP_CREDIT_KEYS: creditKeysOf(config),
    GEP_DATA_DIR: config.dataDir,
    GEP_RULEBOOK_DIR: config.rulebookDir,
  };
  const logFolder = path.join(config.dataDir, 'logs');
  const launch = (name: 'worker' | 'api'): Program => {
    const program = launchProgram({ name, entry: entryOf(`apps/${name}`), env, cwd: programRoot, logFolder });
    void opened.open('programs', program);
    return program;
  };
  const [worker, api] = [launch('worker'), launch('api')];
  worker.ready.then(() => keepWorker(worker, () => launch('worker'))).catch(failed);
  void api.ready.then(() => api.ended).then((how) => endedUnasked(api, how), failed);
  return [worker, api];
}

/** A worker may die of one bad task (memory, a crash); the work it left is issued again to the next. */
function keepWorker(worker: Program, launch: () => Program): Promise<void> {
  return keepRunning(worker, {
    launch,
    isEnding: () => opened.ending,
    again: ({ logFile }, how, pauseMs) =>
      say({
        zh: `工作进程意外结束（${how}），${pauseMs / 1000} 秒后重新启动；见 ${logFile}`,
        en: `the worker ended unexpectedly (${how}); it is started again in ${pauseMs / 1000} s; see ${logFile}`,
      }),
    backAgain: () => say({ zh: '工作进程已重新就绪', en: 'the worker is ready again' }),
    giveUp: endedUnasked,
  });
}

function endedUnasked({ name, logFile }: Program, how: string): void {
  if (opened.ending) return;
  complain(`${name} 意外结束（${how}），见 ${logFile}\n${name} ended unexpectedly (${how}); see ${logFile}`);
  void end(1);
}

async function nextSteps({ database }: LocalDatabase, url: string): Promise<string> {
  const steps = [
    `  ${url}            首页 · start page`,
    `  ${url}/api/docs   接口 · API (Swagger)`,
    '  npm run gep -- reproduce jinsha-mine   全部表与注 · all tables with their notes',
    '  npm run gep -- change --norm cn-terrestrial --territory 991103 --from 2020 --to 2024   演示县：变化从何而来 · a demonstration county: what its change comes from',
    '  npm run gep -- account tree --tree demonstration-basins --period 2024   演示流域与行政合计分毫不差 · demonstration basins, the same total to the fen',
    '  npm run gep -- --help                  命令行 · command line',
  ];
  const links = new SetupLinkService(database);
  if (await links.needsAdministrator()) {
    const { token, expiresAt } = await links.issueFirstAdministratorLink();
    const until = expiresAt.toISOString().slice(0, 16).replace('T', ' ');
    steps.push(
      '',
      `  首位管理员的一次性链接（有效至 ${until} UTC） · one-time link for the first administrator:`,
      `  ${url}/setup#token=${token}`,
    );
  }
  return `${steps.join('\n')}\n\n按 Ctrl-C 全部停止 · Ctrl-C stops everything\n`;
}

function failed(error: unknown): void {
  // What is being closed fails everything that still works on it.
  if (opened.ending) return;
  if (error instanceof DomainError) complain(`${error.text.zh}\n${error.text.en}`);
  else complain(String((error as Error).stack));
  void end(1);
}

let firstSignalAt: number | undefined;
function stop(): void {
  const now = Date.now();
  if (firstSignalAt === undefined) {
    firstSignalAt = now;
    if (process.stdout.writable) process.stdout.write('\n正在停止 · stopping …\n');
    void end(0);
  } else if (now - firstSignalAt > sameSignalMs) process.exit(130);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// The terminal, or whoever read us, is gone: nobody could stop us any more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(0));

whenLauncherGoes(() => {
  if (!opened.ending) stop();
});
start().catch(failed);
