/** Entry of a process that runs one command line after the other as `gep` runs each: for the specs that are about what a verb does. */
import 'reflect-metadata';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { runGep } from '../../apps/cli/src/run-gep.main';

export interface TypedCommand {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly input: string;
}

export interface CommandAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What would keep a process of its own from ending; the pipes are our own. */
const awake = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap');

function catching(stream: NodeJS.WriteStream, into: string[]): void {
  stream.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    into.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback as () => void);
    return true;
  };
}

const home = process.cwd();

async function run({ args, env, cwd, input }: TypedCommand): Promise<CommandAnswer> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  catching(process.stdout, stdout);
  catching(process.stderr, stderr);
  process.env = env;
  process.chdir(cwd);
  process.argv = [process.argv[0], process.argv[1], ...args];
  Object.defineProperty(process, 'stdin', { value: Readable.from(input === '' ? [] : [input]), configurable: true });
  process.exitCode = undefined;
  await runGep();
  // A process of its own would live on until what it has opened is closed, and so do we.
  do await sleep(1);
  while (awake().length > 0);
  process.chdir(home);
  return { code: Number(process.exitCode ?? 0), stdout: stdout.join(''), stderr: stderr.join('') };
}

// With its parent, however that ended.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (typed: TypedCommand) => {
  void run(typed).then((answer) => process.send!(answer));
});
process.send!('ready');
