/** Worker threads for heavy work: a task goes to the first that is free, and one that dies or hangs is replaced. */
import fs from 'node:fs';
import path from 'node:path';
import { Worker, type ResourceLimits, type TransferListItem } from 'node:worker_threads';
import { unpackFailure } from './carried-failure';
import { TaskTooLarge, TaskTooLong, ThreadPoolClosed } from './errors';
import type { TaskAnswer } from './task.thread';

export interface ThreadPoolOptions {
  /** Threads at once; they start when they are needed. */
  readonly size: number;
  /** Memory of a thread; a task that needs more ends with its thread. */
  readonly resourceLimits?: ResourceLimits;
  /** Longest time of one task, in milliseconds; none when absent. */
  readonly timeLimitMs?: number;
}

export interface ThreadPool<Task, Result> {
  /**
   * Does a task in a thread. Buffers in `transfer` are handed over and are empty here afterwards.
   * @throws RefusedInThread for a refusal there, TaskTooLong, TaskTooLarge, ThreadPoolClosed; another error for a defect
   */
  run(task: Task, transfer?: readonly TransferListItem[]): Promise<Result>;
  /** Ends all threads; tasks not yet done are rejected. */
  close(): Promise<void>;
}

interface Waiting {
  readonly task: unknown;
  readonly transfer: readonly TransferListItem[];
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

interface Busy {
  readonly waiting: Waiting;
  timer?: NodeJS.Timeout;
}

class Threads<Task, Result> implements ThreadPool<Task, Result> {
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Busy>();
  private readonly queue: Waiting[] = [];
  /** Threads that have read their file; the time for that is not the task's. */
  private readonly loaded = new WeakSet<Worker>();
  private closed = false;

  constructor(
    private readonly entry: string,
    private readonly options: ThreadPoolOptions,
  ) {}

  async run(task: Task, transfer: readonly TransferListItem[] = []): Promise<Result> {
    if (this.closed) throw new ThreadPoolClosed();
    return new Promise<Result>((resolve, reject) => {
      this.queue.push({ task, transfer, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.queue.splice(0)) reject(new ThreadPoolClosed());
    await Promise.all([...this.idle, ...this.busy.keys()].map((thread) => thread.terminate()));
  }

  private next(): void {
    if (this.queue.length === 0 || this.closed) return;
    const thread = this.idle.pop() ?? (this.busy.size < this.options.size ? this.start() : undefined);
    if (!thread) return;
    const waiting = this.queue.shift()!;
    this.busy.set(thread, { waiting });
    if (this.loaded.has(thread)) this.startClock(thread);
    thread.ref();
    try {
      thread.postMessage(waiting.task, waiting.transfer);
    } catch (error) {
      // A task that cannot be cloned does not harm the thread.
      this.finish(thread, ({ reject }) => reject(error as Error));
    }
  }

  private start(): Worker {
    const { file, execArgv } = threadStart();
    const { resourceLimits } = this.options;
    const thread = new Worker(file, {
      workerData: { entry: this.entry },
      execArgv,
      ...(resourceLimits && { resourceLimits }),
    });
    thread.on('message', (answer: TaskAnswer) => this.take(thread, answer));
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.lose(thread, outOfMemory ? new TaskTooLarge(this.options.resourceLimits?.maxOldGenerationSizeMb) : error);
    });
    thread.on('exit', (code) => {
      this.lose(thread, this.closed ? new ThreadPoolClosed() : new Error(`a worker thread ended with ${code}`));
    });
    return thread;
  }

  private startClock(thread: Worker): void {
    const busy = this.busy.get(thread);
    const { timeLimitMs } = this.options;
    if (!busy || timeLimitMs === undefined) return;
    busy.timer = setTimeout(() => this.lose(thread, new TaskTooLong(timeLimitMs)), timeLimitMs);
  }

  private take(thread: Worker, answer: TaskAnswer): void {
    if ('loaded' in answer) {
      this.loaded.add(thread);
      this.startClock(thread);
    } else if ('failure' in answer) this.finish(thread, ({ reject }) => reject(unpackFailure(answer.failure)));
    else this.finish(thread, ({ resolve }) => resolve(answer.result as never));
  }

  private finish(thread: Worker, settle: (waiting: Waiting) => void): void {
    const done = this.busy.get(thread);
    if (!done) return;
    clearTimeout(done.timer);
    this.busy.delete(thread);
    this.idle.push(thread);
    // An idle thread does not keep the program from ending.
    thread.unref();
    settle(done.waiting);
    this.next();
  }

  private lose(thread: Worker, error: Error): void {
    const lost = this.busy.get(thread);
    clearTimeout(lost?.timer);
    this.busy.delete(thread);
    if (this.idle.includes(thread)) this.idle.splice(this.idle.indexOf(thread), 1);
    void thread.terminate();
    lost?.waiting.reject(error);
    this.next();
  }
}

/** From the sources, as in tests, a thread has to learn TypeScript first; from the build it has not. */
function threadStart(): { file: string; execArgv: string[] } {
  const ending = path.extname(__filename);
  const hook = path.resolve(__dirname, '../../../../test/fixtures/load-typescript.js');
  return { file: path.join(__dirname, `task.thread${ending}`), execArgv: ending === '.ts' ? ['--require', hook] : [] };
}

/**
 * @param entryFile path, with or without its ending, of a file that exports `handle(task)` and perhaps
 *   `transferOf(result)`; it is loaded in each thread, so what it imports costs every thread its start
 */
export function createThreadPool<Task, Result>(
  entryFile: string,
  options: ThreadPoolOptions,
): ThreadPool<Task, Result> {
  const stem = entryFile.replace(/\.(js|ts)$/, '');
  const file = [`${stem}.js`, `${stem}.ts`].find((candidate) => fs.existsSync(candidate));
  if (!file) throw new TypeError(`no file of tasks: ${entryFile}`);
  return new Threads<Task, Result>(file, options);
}
