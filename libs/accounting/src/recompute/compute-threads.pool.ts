/** A fixed number of worker threads that compute; a task goes to the first that is free, and one that dies is replaced. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ComputeResult, ComputeTask } from './compute-batch';

interface Waiting {
  readonly task: ComputeTask;
  readonly resolve: (result: ComputeResult) => void;
  readonly reject: (error: Error) => void;
}

/** What a thread sends back for a task. */
export interface Answer {
  readonly result?: ComputeResult;
  readonly failure?: Error;
}

/** Memory of one thread for objects; chunks lie outside of it, in shared memory. */
const heapMegabytes = 1024;

export class ComputeThreads {
  private readonly free: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly queue: Waiting[] = [];
  private readonly busy = new Map<Worker, Waiting>();
  private closed = false;

  constructor(private readonly size: number) {}

  /** Rejects when the computation throws, or its thread dies. */
  async run(task: ComputeTask): Promise<ComputeResult> {
    if (this.closed) throw new Error('the threads that compute are closed');
    return new Promise<ComputeResult>((resolve, reject) => {
      this.queue.push({ task, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.all].map(async (thread) => thread.terminate()));
  }

  private next(): void {
    if (this.queue.length === 0) return;
    const thread = this.free.pop() ?? (this.all.size < this.size ? this.start() : undefined);
    if (!thread) return;
    const waiting = this.queue.shift()!;
    this.busy.set(thread, waiting);
    thread.ref();
    thread.postMessage(waiting.task);
  }

  private start(): Worker {
    const thread = new Worker(path.join(__dirname, `compute.thread${path.extname(__filename)}`), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      ...startedFrom(__filename),
    });
    this.all.add(thread);
    thread.on('message', (answer: Answer) => this.finish(thread, answer));
    thread.on('error', (error: Error) => this.lose(thread, error));
    thread.on('exit', (code) => this.lose(thread, new Error(`a thread that computes ended with ${code}`)));
    return thread;
  }

  private finish(thread: Worker, { result, failure }: Answer): void {
    const waiting = this.busy.get(thread);
    this.busy.delete(thread);
    this.free.push(thread);
    // An idle thread does not keep the program from ending.
    thread.unref();
    if (failure) waiting?.reject(failure);
    else waiting?.resolve(result!);
    this.next();
  }

  private lose(thread: Worker, error: Error): void {
    const waiting = this.busy.get(thread);
    this.all.delete(thread);
    this.busy.delete(thread);
    if (this.free.includes(thread)) this.free.splice(this.free.indexOf(thread), 1);
    waiting?.reject(error);
    if (!this.closed) this.next();
  }
}

/** From the sources, a thread has to learn TypeScript first; from the build it has not. */
function startedFrom(file: string): { execArgv?: string[] } {
  if (!file.endsWith('.ts')) return {};
  return { execArgv: ['--require', path.resolve(__dirname, '../../../../test/fixtures/load-typescript.js')] };
}
