/** The terminal a command writes to: results on stdout, everything else on stderr, JSON when asked. */
import { canonicalJson, type Bilingual } from '@gep/kernel';
import { exitCodeOf, exitCodes, renderFailure, reportOf } from './failure';
import { languageOf, type Language } from './language';

export interface TerminalOptions {
  readonly json: boolean;
  readonly language: Language;
}

export class Terminal {
  private progressShown = false;

  constructor(readonly options: TerminalOptions) {}

  /** The result of the command, once: as JSON for programs, else as text for people. */
  result(value: unknown, text: string | (() => string)): void {
    this.endProgress();
    const shown = this.options.json ? jsonText(value) : typeof text === 'string' ? text : text();
    process.stdout.write(`${shown}\n`);
  }

  /** A remark beside the result. */
  remark(text: Bilingual): void {
    this.endProgress();
    process.stderr.write(`${this.say(text)}\n`);
  }

  /** A line that replaces itself on a real terminal; a log keeps one line per call. */
  progress(text: Bilingual): void {
    const line = this.say(text);
    if (!process.stderr.isTTY) process.stderr.write(`${line}\n`);
    else process.stderr.write(`\r\x1b[2K${line}`);
    this.progressShown = process.stderr.isTTY;
  }

  /** Tells what failed and sets the exit code. */
  failed(error: unknown): void {
    this.endProgress();
    process.stderr.write(
      `${this.options.json ? jsonText(reportOf(error)) : renderFailure(error, this.options.language)}\n`,
    );
    process.exitCode = exitCodeOf(error);
    if (process.exitCode === exitCodes.defect && error instanceof Error) process.stderr.write(`${error.stack}\n`);
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

const jsonText = (value: unknown): string => JSON.stringify(JSON.parse(canonicalJson(value)), null, 2);
