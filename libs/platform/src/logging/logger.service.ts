/** The log of a program: one JSON object per line on standard output, without secrets, for Nest and for ourselves. */
import util from 'node:util';
import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';
import type { Config } from '../config/config';
import { scrubSecrets } from './scrub';

/** Where lines go; standard output when none is given. */
export interface LogSink {
  write(line: string): void;
}

/** Facts of one line, beside its message. */
type LineFacts = Record<string, unknown>;

/** Nest calls these with a message, perhaps a stack, and the name of the class that speaks as the last text. */
export class JsonLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }
  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }
  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }
  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }
  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }
  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  /** A logger whose lines all carry these facts, for example a request id or a job. */
  child(facts: LineFacts): JsonLogger {
    return new JsonLogger(this.pino.child(facts));
  }

  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal',
    message: unknown,
    more: unknown[],
  ): void {
    const facts: LineFacts = {};
    const texts: string[] = [];
    for (const item of [message, ...more]) {
      if (isError(item)) {
        facts['err'] = item;
        texts.push(item.message);
      } else if (typeof item === 'object' && item !== null) Object.assign(facts, item);
      else if (typeof item === 'string' && item.includes('\n    at ')) facts['stack'] = item;
      else if (item !== undefined) texts.push(String(item));
    }
    if (texts.length > 1) facts['context'] = texts.pop();
    this.pino[level](facts, texts.join(' '));
  }
}

/** Also true for errors of another realm, such as those of a worker thread or a test's sandbox. */
function isError(value: unknown): value is Error {
  return util.types.isNativeError(value) || value instanceof Error;
}

/** @param sink for tests; lines end with a line break */
export function createLogger(config: Pick<Config, 'logLevel'>, sink?: LogSink): JsonLogger {
  const out = sink ?? process.stdout;
  const options = {
    level: config.logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: pino.stdSerializers.err },
  };
  return new JsonLogger(pino(options, { write: (line: string) => void out.write(scrubSecrets(line)) }));
}
