/** Values of options, read as they are typed: a wrong one is wrong usage, told before anything is done. */
import { InvalidArgumentError, type Command } from 'commander';
import { beijingMidnight } from './beijing-time';
import { withFooter } from './usage.command';

/** Reads a whole number. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} · 请给出不小于 ${least} 的整数`);
  };

/** Node takes 30 February for 1 March. */
function isCalendarDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && midnight.getTime() > -Infinity && midnight.toISOString().startsWith(text);
}

/** Reads a day, `YYYY-MM-DD`, that the calendar has. */
export function calendarDay(text: string): string {
  if (isCalendarDay(text)) return text;
  throw new InvalidArgumentError('give a day as 2020-01-31 · 请按 2020-01-31 的格式给出日期');
}

/** Reads a moment with its time zone; a day alone means its beginning in Beijing. */
export function moment(text: string): Date {
  const zoned = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const value = isCalendarDay(text) ? beijingMidnight(text) : new Date(text);
  if (zoned && isCalendarDay(text.slice(0, 10)) && !Number.isNaN(value.getTime())) return value;
  throw new InvalidArgumentError(
    'give a moment as 2026-03-01T00:00:00+08:00, or a day · 请按 2026-03-01T00:00:00+08:00 的格式给出时刻，或给出日期',
  );
}

/** Adds lines to the help of a command that can be typed as they are; a comment in one is `# English · 中文`. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  return withFooter(command, (said) => {
    const shown = lines.map((line) => line.replace(/# (.*)$/, (_, comment: string) => `# ${said(comment)}`));
    return [said('Examples: · 示例：'), ...shown.map((line) => `  ${line}`)].join('\n');
  });
}

/** Reads words parted by commas. */
export function listOf(text: string): readonly string[] {
  const words = text.split(/[,，]/).map((word) => word.trim());
  if (words.every((word) => word !== '')) return words;
  throw new InvalidArgumentError('give words parted by commas · 请用逗号分隔各项');
}

/** Reads words parted by commas, each of them one of a few. */
export const chosenFrom =
  <T extends string>(known: readonly T[]) =>
  (text: string): readonly T[] => {
    const words = listOf(text);
    if (words.every((word): word is T => known.some((one) => one === word))) return words as readonly T[];
    throw new InvalidArgumentError(`give some of ${known.join(', ')} · 请从 ${known.join('、')} 中选择`);
  };

/** Reads an amount of money above zero in yuan, with at most two decimals; gives fen. */
export function fenOfYuan(text: string): bigint {
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text);
  const fen = match ? BigInt(match[1]) * 100n + BigInt((match[2] ?? '').padEnd(2, '0')) : 0n;
  if (fen > 0n) return fen;
  throw new InvalidArgumentError('give yuan above zero, such as 1200.50 · 请给出大于零的元数，如 1200.50');
}
