/** Lays the unfinished tasks of a run out as a tree of jobs: all batches below, the levels stacked above them. */
import { AccountingJobs, accountingQueue, taskAttempts, taskBackoff } from './jobs';

/** A task as far as its place in the flow is concerned. */
export interface FlowTask {
  readonly taskNo: number;
  /** Null for a batch; the administrative level for a roll-up. Levels are numbered after all batches, lowest first. */
  readonly level: string | null;
  readonly finished: boolean;
}

/** A run as far as its flow is concerned. */
export interface FlowRun {
  readonly runId: string;
  /** How often the run was issued; part of the job ids, because a queue ignores an id it has seen. */
  readonly round: number;
  readonly tasks: readonly FlowTask[];
}

/** A node in the form that BullMQ's FlowProducer takes. */
export interface FlowNode {
  readonly name: 'recomputeBatch' | 'rollUpLevel';
  readonly queueName: string;
  readonly data: AccountingJobs['recomputeBatch'] | AccountingJobs['rollUpLevel'];
  readonly opts: {
    readonly jobId: string;
    readonly attempts: number;
    readonly backoff: typeof taskBackoff;
    /** A dead child does not keep its parent waiting: the roll-up shows the gap in its coverage. */
    readonly ignoreDependencyOnFailure?: true;
    readonly removeOnComplete: { readonly age: number };
    readonly removeOnFail: { readonly age: number };
  };
  readonly children?: readonly FlowNode[];
}

/**
 * The trees of jobs of a run: one root when there is something to roll up, else one root per batch. Finished tasks are
 * left out. A node runs after all its children; levels form a chain, because each needs the one below it complete.
 */
export function flowOfRun(run: FlowRun): FlowNode[] {
  const open = run.tasks.filter((task) => !task.finished).sort((a, b) => a.taskNo - b.taskNo);
  const batches = open.filter((task) => task.level === null);
  const levels = open.filter((task) => task.level !== null);
  if (levels.length === 0) return batches.map((task) => nodeOf(run, task, false, []));
  let below = batches.map((task) => nodeOf(run, task, true, []));
  levels.forEach((task, position) => {
    below = [nodeOf(run, task, position < levels.length - 1, below)];
  });
  return below;
}

/** Deterministic and, as queues demand, without a colon and not a bare number. */
export function jobIdOf(runId: string, taskNo: number, round: number): string {
  return `recompute-${runId}-${taskNo}-r${round}`;
}

function nodeOf(run: FlowRun, task: FlowTask, hasParent: boolean, children: readonly FlowNode[]): FlowNode {
  const { runId, round } = run;
  const { taskNo, level } = task;
  return {
    name: level === null ? 'recomputeBatch' : 'rollUpLevel',
    queueName: accountingQueue,
    data: level === null ? { runId, taskNo } : { runId, taskNo, level },
    opts: {
      jobId: jobIdOf(runId, taskNo, round),
      attempts: taskAttempts,
      backoff: taskBackoff,
      ...(hasParent ? { ignoreDependencyOnFailure: true as const } : {}),
      removeOnComplete: { age: 3600 },
      removeOnFail: { age: 7 * 24 * 3600 },
    },
    ...(children.length > 0 ? { children } : {}),
  };
}
