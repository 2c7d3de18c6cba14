/** `gep recompute`: asks for a run through the queue, shows its progress, and tells what was refused. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import {
  accountingQueue,
  accountLocked,
  findRun,
  listFailures,
  RecomputeService,
  runStateNames,
  type Failure,
  type Run,
} from '@gep/accounting';
import { assert, type Bilingual } from '@gep/kernel';
import { createLogger, openQueues, type LocalDatabase } from '@gep/platform';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { lendWorker } from './machine/lent-worker.service';
import { withDatabase } from './machine/opened-database.service';
import type { Terminal } from './terminal/terminal.service';

interface RecomputeOptions {
  readonly period: string;
  readonly norm: string;
  readonly territory: string;
}

/** A run that has ended, with what was refused in it. */
interface Followed {
  readonly run: Run;
  readonly failures: readonly Failure[];
}

const pollMs = 250;
/** A rate seen for a shorter time is not worth telling. */
const paceAfterMs = 2_000;
/** Looks without a change after which we see whether there is still a worker. */
const quietPolls = 25;

export function addRecomputeCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('recompute')
    .description('recompute all accounts of a period through the queue · 重算一个核算期')
    .requiredOption('--period <period>', 'for example 2024 · 例如 2024')
    .option('--norm <id>', 'norm to compute by · 计算所依据的规范', 'cn-terrestrial')
    .option('--territory <code>', 'this territory and all below it · 该地域及其以下全部', 'CN')
    .action(async (options: RecomputeOptions) => recompute(open(), options));
  withExamples(
    command,
    'gep recompute --period 2024',
    'gep recompute --period 2024 --territory 520000 --norm cn-terrestrial --json',
  );
}

async function recompute(terminal: Terminal, request: RecomputeOptions): Promise<void> {
  const { run, failures, seconds } = await withDatabase((local) => recomputeThere(terminal, local, request));
  // What waits for a review is as it should be.
  if (run.state !== 'done' || failures.some(({ code }) => code !== accountLocked)) process.exitCode = exitCodes.refused;
  terminal.result({ run, failures, seconds }, () => summary(terminal, run, failures, seconds));
}

/** Ctrl-C ends the watching; the run itself goes on with the next worker, and the same command follows it again. */
async function recomputeThere(
  terminal: Terminal,
  local: LocalDatabase,
  { period, norm, territory }: RecomputeOptions,
): Promise<Followed & { seconds: number }> {
  const begun = process.hrtime.bigint();
  const request = { period, normId: norm, territory };
  // Before a worker is started: what is refused is refused at once.
  const { runId } = await new RecomputeService(local.database).requestRecompute(operator, request, randomUUID());
  let lent: Awaited<ReturnType<typeof lendWorker>>;
  const keepWorked = async (): Promise<void> => {
    lent ??= await lendWorker(local.config, await workersAtWork(local));
  };
  try {
    await keepWorked();
    const followed = await follow(terminal, local, runId, keepWorked);
    return { ...followed, seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
  } finally {
    await lent?.stop();
  }
}

/** Workers that are connected to the queue now, in any process. */
async function workersAtWork({ config }: LocalDatabase): Promise<number> {
  // A refusal of the queue is told by the command; a log line would say it twice.
  const queues = await openQueues(config, { logger: createLogger({ ...config, logLevel: 'silent' }) });
  try {
    return await queues.queue(accountingQueue).getWorkersCount();
  } finally {
    await queues.close();
  }
}

/** @param keepWorked called when nothing has moved for a while: the worker that was there may have gone */
async function follow(
  terminal: Terminal,
  { database }: LocalDatabase,
  runId: string,
  keepWorked: () => Promise<void>,
): Promise<Followed> {
  let shown = '';
  const pace = new Pace();
  for (let still = 1; ; still += 1) {
    const run = await database.snapshot(operator, (tx) => findRun(tx, runId));
    assert(run, `run ${runId} has vanished`);
    const { tasks, territories } = run.progress;
    const done = territories.computed + territories.unchanged + territories.refused + territories.locked;
    const state = [tasks.done, tasks.total, territories.total, done].join(' ');
    if (state !== shown) {
      still = 0;
      shown = state;
      const speed = pace.after(done, territories.total);
      const line = {
        zh: `任务 ${tasks.done}/${tasks.total}，地域 ${done}/${territories.total}（${toldCounts(territories).zh}）${speed.text.zh}`,
        en: `tasks ${tasks.done}/${tasks.total}, territories ${done}/${territories.total} (${toldCounts(territories).en})${speed.text.en}`,
      };
      terminal.progress(line, { tasks, territories, ...speed.facts });
    }
    if (run.state !== 'active')
      return { run, failures: await database.snapshot(operator, (tx) => listFailures(tx, runId)) };
    if (still % quietPolls === quietPolls - 1) await keepWorked();
    await sleep(pollMs);
  }
}

/** How fast a run goes since it was first looked at, and what that leaves. */
class Pace {
  private first: { readonly at: number; readonly done: number } | undefined;

  /** Says nothing before there is something to go by. */
  after(done: number, total: number): { text: Bilingual; facts: { perSecond?: number; secondsLeft?: number } } {
    const at = performance.now();
    this.first ??= { at, done };
    const perSecond = ((done - this.first.done) * 1000) / (at - this.first.at);
    if (at - this.first.at < paceAfterMs || !(perSecond > 0)) return { text: { zh: '', en: '' }, facts: {} };
    const secondsLeft = Math.ceil((total - done) / perSecond);
    const rate = perSecond.toFixed(1);
    const text = {
      zh: `，每秒 ${rate} 个，约剩 ${secondsLeft} 秒`,
      en: `, ${rate} a second, about ${secondsLeft} s left`,
    };
    return { text, facts: { perSecond: Number(rate), secondsLeft } };
  }
}

function summary(terminal: Terminal, run: Run, failures: readonly Failure[], seconds: number): string {
  const refused = failures.map(
    (failure) => `${failure.subject}  ${failure[terminal.options.language]} [${failure.code}]`,
  );
  const counts = toldCounts(run.progress.territories);
  const verdict = terminal.say({
    zh: `${run.period} ${run.norm.id}：${runStateNames[run.state].zh}，${counts.zh}，用时 ${seconds.toFixed(1)} 秒（运行 ${run.id}）`,
    en: `${run.period} ${run.norm.id}: ${run.state}, ${counts.en}, ${seconds.toFixed(1)} s (run ${run.id})`,
  });
  return [...refused, verdict].join('\n');
}

function toldCounts({ computed, unchanged, refused, locked }: Run['progress']['territories']): Bilingual {
  return {
    zh: `新算 ${computed}，未变 ${unchanged}，拒绝 ${refused}${locked > 0 ? `，已锁定待复核 ${locked}` : ''}`,
    en: `${computed} computed, ${unchanged} unchanged, ${refused} refused${locked > 0 ? `, ${locked} locked, waiting for review` : ''}`,
  };
}
