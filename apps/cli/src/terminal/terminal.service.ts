/** The terminal a command writes to: results on stdout, everything else on stderr, JSON when asked. */
import { canonicalJson, type Bilingual } from '@gep/kernel';
import type { CommanderError } from 'commander';
import { exitCodeOf, exitCodes, misuseOf, renderFailure, reportOf, type FailureReport } from './failure';
import { languageOf, type Language } from './language';

/** A file or a program is told of progress this often at most. */
const loggedEveryMs = 10_000;

export interface TerminalOptions {
  readonly json: boolean;
  readonly language: Language;
}

export class Terminal {
  private progressShown = false;
  private progressLoggedAt = -Infinity;

  constructor(readonly options: TerminalOptions) {}

  /** The result of the command, once: as JSON for programs, else as text for people. */
  result(value: unknown, text: string | (() => string)): void {
    this.endProgress();
    if (!this.options.json) process.stdout.write(`${typeof text === 'string' ? text : text()}\n`);
    // A nation of accounts is longer than the longest text, so lists go out entry by entry.
    else for (const part of inParts(jsonPieces(value))) process.stdout.write(part);
  }

  /** A remark beside the result; for programs with what it is about. */
  remark(text: Bilingual, facts?: object): void {
    this.endProgress();
    if (this.options.json) process.stderr.write(`${canonicalJson(facts ?? { text })}\n`);
    else process.stderr.write(`${this.say(text)}\n`);
  }

  /** A line that replaces itself on a real terminal; a log gets one now and then, for programs with what it is about. */
  progress(text: Bilingual, facts: object): void {
    const { json } = this.options;
    if (process.stderr.isTTY && !json) {
      process.stderr.write(`\r\x1b[2K${this.say(text)}`);
      this.progressShown = true;
      return;
    }
    const now = performance.now();
    if (now - this.progressLoggedAt < loggedEveryMs) return;
    this.progressLoggedAt = now;
    process.stderr.write(`${json ? canonicalJson({ progress: facts }) : this.say(text)}\n`);
  }

  /** Tells what failed and sets the exit code. */
  failed(error: unknown): void {
    this.tell(reportOf(error));
    process.exitCode = exitCodeOf(error);
    if (process.exitCode === exitCodes.defect && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  }

  /** Tells what was typed wrongly; help that was shown instead (a command was missing) says it for people. */
  misused(error: CommanderError): void {
    if (this.options.json || error.code !== 'commander.help') this.tell(misuseOf(error));
    process.exitCode = exitCodes.usage;
  }

  private tell(report: FailureReport): void {
    this.endProgress();
    process.stderr.write(`${this.options.json ? jsonText(report) : renderFailure(report, this.options.language)}\n`);
  }

  say(text: Bilingual): string {
    return text[this.options.language];
  }

  private endProgress(): void {
    if (this.progressShown) process.stderr.write('\n');
    this.progressShown = false;
  }
}

/** Opens the terminal with the options that every command takes. */
export function openTerminal(options: { json?: boolean; lang?: Language }): Terminal {
  return new Terminal({ json: options.json ?? false, language: languageOf(options.lang, process.env) });
}

/** Objects and lists down to this depth are written piece by piece. */
const deepestPieces = 4;

/** Pieces joined to parts that are worth a write. */
function* inParts(pieces: Iterable<string>): Generator<string> {
  let part = '';
  for (const piece of pieces) {
    part += piece;
    if (part.length < 65_536) continue;
    yield part;
    part = '';
  }
  yield part;
}

/** The text of `jsonText` in pieces, with its line end. */
function* jsonPieces(value: unknown): Generator<string> {
  yield* piecesAt(value, '', 0);
  yield '\n';
}

function* piecesAt(value: unknown, indent: string, depth: number): Generator<string> {
  const isList = Array.isArray(value);
  const isPlain = value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  const members = isList
    ? value.map((entry: unknown) => ['', entry] as const)
    : isPlain
      ? Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, member]) => [`${JSON.stringify(key)}: `, member] as const)
      : [];
  if (members.length === 0 || depth >= deepestPieces) return yield jsonText(value).replace(/\n/g, `\n${indent}`);
  yield isList ? '[' : '{';
  for (const [at, [name, member]] of members.entries()) {
    yield `${at === 0 ? '' : ','}\n${indent}  ${name}`;
    yield* piecesAt(member, `${indent}  `, depth + 1);
  }
  yield `\n${indent}${isList ? ']' : '}'}`;
}

const jsonText = (value: unknown): string => JSON.stringify(JSON.parse(canonicalJson(value)), null, 2);
