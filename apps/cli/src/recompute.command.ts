/** `gep recompute`: asks for a run through the queue, shows its progress, and tells what was refused. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { accountingQueue, findRun, listFailures, RecomputeService, type Failure, type Run } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { openLocalDatabase, openQueues, readConfig, type LocalDatabase } from '@gep/platform';
import { exitCodes } from './failure';
import type { Terminal } from './terminal.service';
import { lendWorker } from './lent-worker.service';

interface RecomputeOptions {
  readonly period: string;
  readonly norm: string;
  readonly territory: string;
}

const pollMs = 400;

export function addRecomputeCommand(program: Command, open: () => Terminal): void {
  program
    .command('recompute')
    .description('recompute all accounts of a period through the queue · 重算一个核算期')
    .requiredOption('--period <period>', 'for example 2024')
    .option('--norm <id>', 'norm to compute by', 'cn-terrestrial')
    .option('--territory <code>', 'this territory and all below it', 'CN')
    .action(async (options: RecomputeOptions) => recompute(open(), options));
}

async function recompute(terminal: Terminal, { period, norm, territory }: RecomputeOptions): Promise<void> {
  const local = await openLocalDatabase(readConfig(process.env), { applicationName: 'gep-cli' });
  const worker = await lendWorker(local.config, await workersAtWork(local));
  try {
    const begun = process.hrtime.bigint();
    const request = { period, normId: norm, territory };
    const { runId } = await new RecomputeService(local.database).requestRecompute(operator, request, randomUUID());
    const { run, failures } = await follow(terminal, local, runId);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    if (run.state !== 'done' || failures.length > 0) process.exitCode = exitCodes.refused;
    terminal.result({ run, failures, seconds }, () => summary(terminal, run, failures, seconds));
  } finally {
    await worker?.stop();
    await local.close();
  }
}

/** Workers that are connected to the queue now, in any process. */
async function workersAtWork({ config }: LocalDatabase): Promise<number> {
  const queues = await openQueues(config);
  try {
    return await queues.queue(accountingQueue).getWorkersCount();
  } finally {
    await queues.close();
  }
}

async function follow(
  terminal: Terminal,
  { database }: LocalDatabase,
  runId: string,
): Promise<{ run: Run; failures: Failure[] }> {
  let shown = '';
  for (;;) {
    const run = await database.snapshot(operator, (tx) => findRun(tx, runId));
    assert(run, `run ${runId} has vanished`);
    const { tasks, territories } = run.progress;
    const done = territories.computed + territories.unchanged + territories.refused;
    const line = {
      zh: `任务 ${tasks.done}/${tasks.total}，地域 ${done}/${territories.total}（新算 ${territories.computed}，未变 ${territories.unchanged}，拒绝 ${territories.refused}）`,
      en: `tasks ${tasks.done}/${tasks.total}, territories ${done}/${territories.total} (${territories.computed} computed, ${territories.unchanged} unchanged, ${territories.refused} refused)`,
    };
    if (line.en !== shown) terminal.progress(line);
    shown = line.en;
    if (run.state !== 'active')
      return { run, failures: await database.snapshot(operator, (tx) => listFailures(tx, runId)) };
    await sleep(pollMs);
  }
}

function summary(terminal: Terminal, run: Run, failures: readonly Failure[], seconds: number): string {
  const refused = failures.map(
    (failure) => `${failure.subject}  ${failure[terminal.options.language]} [${failure.code}]`,
  );
  const { computed, unchanged } = run.progress.territories;
  const verdict = terminal.say({
    zh: `${run.period} ${run.norm.id}：${run.state}，新算 ${computed}，未变 ${unchanged}，用时 ${seconds.toFixed(1)} 秒（运行 ${run.id}）`,
    en: `${run.period} ${run.norm.id}: ${run.state}, ${computed} computed, ${unchanged} unchanged, ${seconds.toFixed(1)} s (run ${run.id})`,
  });
  return [...refused, verdict].join('\n');
}
