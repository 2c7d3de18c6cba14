/** Runs the commands of a guide as they stand there, by the program of the terminal, and keeps what later ones name. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { formatYuan } from '@gep/kernel';
import { gepProgram } from '../../apps/cli/src/program.command';
import type { TestDatabase } from '../fixtures/test-database';

const dutyOf =
  (kind: string) =>
  (duties: readonly { id: string; subject: { kind: string } }[]): string =>
    duties.find(({ subject }) => subject.kind === kind)!.id;

/** Where a command's answer has what the guide calls so; what is not here is its id. */
const named: Readonly<Record<string, (answer: never) => unknown>> = {
  plan: dutyOf('target-plan'),
  year: dutyOf('target-progress'),
  edition: ({ edition }: { edition: string }) => edition,
  amount: ({ money }: { money: { amountFen: string } }) => money.amountFen,
  disclosure: ([{ id }]: { id: string }[]) => id,
  duty: dutyOf('settlement'),
  owed: ({ next: [{ owed }] }: { next: { owed: { amountFen: string } }[] }) => formatYuan(BigInt(owed.amountFen)),
};

/** Stands for the papers of a guide. */
const paper = 'a'.repeat(64);

/** Words of a line of a shell: quotes hold blanks together, a comment ends it. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

export class GuideCommands {
  readonly lines: readonly string[];
  /** Names and roles of the first persons, as the loop of the guide adds them. */
  readonly people: readonly (readonly [name: string, role: string])[];
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'gep-guide-'));
  private readonly files: ReadonlyMap<string, string>;
  private readonly known = new Map<string, string>();
  private readonly before = { ...process.env };

  constructor(
    guide: string,
    { config: { databaseUrl, secret, creditKeys } }: TestDatabase,
    readonly password: string,
  ) {
    const text = readFileSync(guide, 'utf8');
    this.files = new Map(
      [...text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, name, file]) => [name, file]),
    );
    const blocks = [...text.matchAll(/^```sh run\n([\s\S]*?)^```$/gm)];
    this.lines = blocks.flatMap(([, block]) => block.trimEnd().split('\n'));
    const [, people] = /^for p in (.*); do$/m.exec(text)!;
    this.people = people.split(' ').map((one) => one.split(':') as [string, string]);
    const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: this.folder };
    Object.assign(process.env, env, { GEP_CREDIT_KEYS: creditKeys });
  }

  close(): void {
    process.env = this.before;
    rmSync(this.folder, { recursive: true });
  }

  /** Arguments of `gep` in a line of the guide. */
  argumentsOf(line: string): string[] {
    const [command] = line.split(/ +# /);
    const given = command
      .replace(/ < (pw|"\$pw")/, '')
      .replaceAll('$paper', paper)
      .replace('$(TZ=Asia/Shanghai date +%F)', () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
      .replace(/<(\w+)>/g, (_, name: string) => this.known.get(name)!);
    const [first, ...rest] = wordsOf(given);
    if (first === 'deed') return [...rest.slice(1), '--as', `my-${rest[0]}`, '--password-stdin'];
    expect([first, ...rest.slice(0, 3)]).toEqual(['npm', 'run', 'gep', '--']);
    return rest.slice(3);
  }

  /** @returns what it answered, which has to be no refusal */
  async run(line: string): Promise<unknown> {
    const args = this.argumentsOf(line).map((word, at, all) =>
      all[at - 1] === '--out' ? path.join(this.folder, word) : this.fileOf(word),
    );
    const written: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((part) => written.push(String(part)) > 0);
    Object.defineProperty(process, 'stdin', { value: Readable.from([`${this.password}\n`]), configurable: true });
    try {
      await gepProgram().program.parseAsync(['node', 'gep', ...args, '--json']);
    } finally {
      out.mockRestore();
    }
    const answer = JSON.parse(written.join('')) as never;
    const [, name] = / # .*<(\w+)>/.exec(line) ?? [];
    if (name !== undefined) this.known.set(name, String(named[name]?.(answer) ?? (answer as { id: string }).id));
    return answer;
  }

  /** A file of the guide, written with what is known by now. */
  private fileOf(word: string): string {
    const name = word.replace(/^\.\//, '');
    const text = this.files.get(name);
    if (text === undefined) return word;
    const target = path.join(this.folder, name);
    writeFileSync(
      target,
      text.replace(/<(\w+)>/g, (_, known: string) => this.known.get(known)!),
    );
    return target;
  }
}
