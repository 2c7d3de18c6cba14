/** What verbs on the registers have in common: the paper, the day, shares and pairs as they are typed. */
import { InvalidArgumentError, type Command } from 'commander';
import { Fraction } from '@gep/kernel';
import { readShare } from '@gep/procurement';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { calendarDay, listOf } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { digestOfPaper } from './paper.loader';

export const asClerk = '--as clerk --password-stdin < password-file';
export const mostListed = 200;

export interface PaperOptions extends DeedOptions {
  readonly on: string;
  readonly reason: string;
  readonly document: string;
}

/** A dated change of a register: by a person, from a day, for a reason, by a paper. */
export const byPaper = (command: Command): Command =>
  byPerson(command)
    .requiredOption('--on <day>', 'from this day on · 自该日起', calendarDay)
    .requiredOption('--reason <text>', 'why · 理由')
    .requiredOption('--document <file>', 'the paper, whose digest is kept · 文件，保存其摘要');

export const deedOf = async (company: string, { on, reason, document }: PaperOptions) => ({
  ...{ company, on, reason },
  documentDigest: await digestOfPaper(document),
});

export const share = (text: string): Fraction => {
  const read = readShare(text);
  if (read) return read;
  throw new InvalidArgumentError('give a share such as 1/3 or 25% · 请给出份额，如 1/3 或 25%');
};

/** Reads `code:rest` pairs parted by commas. */
export const pairs = (text: string): readonly (readonly [string, string])[] =>
  listOf(text).map((word) => {
    const at = word.indexOf(':');
    if (at > 0 && at < word.length - 1) return [word.slice(0, at), word.slice(at + 1)] as const;
    throw new InvalidArgumentError('give pairs such as a:1/2,b:1/2 · 请按 a:1/2,b:1/2 的形式给出');
  });

export function sayChanged(terminal: Terminal, answer: { readonly changed: number }): void {
  terminal.result(answer, () =>
    terminal.say({ zh: `已变更 ${answer.changed} 行`, en: `${answer.changed} rows changed` }),
  );
}

/** Yuan with two decimals at most, as whole fen. */
export function yuanToFen(text: string): Fraction {
  const read = /^\d{1,16}(\.\d{1,2})?$/.test(text) ? Fraction.parse(text) : undefined;
  if (read && read.numerator > 0n) return read.times(Fraction.of(100n));
  throw new InvalidArgumentError('give yuan such as 1200.50 · 请给出元，如 1200.50');
}
