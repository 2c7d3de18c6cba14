/** The terminal a command writes to: results on stdout, everything else on stderr, JSON when asked. */
import { canonicalJson, type Bilingual } from '@gep/kernel';
import type { CommanderError } from 'commander';
import { exitCodeOf, exitCodes, misuseOf, renderFailure, reportOf, type FailureReport } from './failure';
import { writeJson } from './json-text';
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
    else writeJson(value, (part) => process.stdout.write(part));
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
    if (this.options.json) writeJson(report, (part) => process.stderr.write(part));
    else process.stderr.write(`${renderFailure(report, this.options.language)}\n`);
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
