/** Counts the statements that a process sends to PostgreSQL, use case by use case, and ends the process at a named one. */
import { Client } from 'pg';

/** `sent`: on its way, and the answer has not come; the server may or may not have done it. */
export const moments = ['before', 'sent', 'after'] as const;
export type Moment = (typeof moments)[number];

/** A statement of a use case, by its place in it. */
export interface SentStatement {
  readonly useCase: string;
  readonly no: number;
  readonly words: string;
}

export interface KillPoint extends SentStatement {
  readonly moment: Moment;
}

export const nameOf = ({ useCase, no, moment, words }: KillPoint): string =>
  `${useCase}/${String(no).padStart(2, '0')}-${moment}-${words.replaceAll(' ', '-')}`;

type Query = (this: Client, text: unknown, ...rest: unknown[]) => unknown;

/** Says of each statement which one it is; a use case begins with `begin`. */
export class StatementWatch {
  private useCase = '';
  private no = 0;

  /** @param at called at each moment of each statement; what it does to the process is up to it */
  constructor(at: (statement: SentStatement, moment: Moment) => void) {
    const watch = this;
    const original = Client.prototype.query as unknown as Query;
    const counted: Query = function (text, ...rest) {
      if (watch.useCase === '') return original.call(this, text, ...rest);
      const statement = { useCase: watch.useCase, no: ++watch.no, words: wordsOf(text) };
      at(statement, 'before');
      const answer = original.call(this, text, ...rest);
      at(statement, 'sent');
      return answer instanceof Promise
        ? answer.then((result: unknown) => {
            at(statement, 'after');
            return result;
          })
        : answer;
    };
    Client.prototype.query = counted as unknown as Client['query'];
    this.release = () => {
      Client.prototype.query = original as unknown as Client['query'];
    };
  }

  readonly release: () => void;

  begin(useCase: string): void {
    this.useCase = useCase;
    this.no = 0;
  }
}

/** The first words of a statement, enough to know it by. */
function wordsOf(text: unknown): string {
  const sql = typeof text === 'string' ? text : String((text as { text?: string }).text ?? 'copy');
  return (
    sql
      .toLowerCase()
      .match(/[a-z_.]+/g)
      ?.slice(0, 3)
      .join(' ') ?? ''
  );
}
