/** Reads a number as people in China write it: accepts what can mean one thing only, refuses the rest with the reason. */
import { Fraction } from '@gep/kernel';
import { halfWidth, RawCell } from '../table/raw-table';
import { Reason } from '../table/cell-problem';
import { reasons } from '../table/reasons';

export interface NumberRead {
  /** Plain decimal text, possibly with an exponent: `-12.5`, `3e4`. */
  readonly decimal: string;
  /** A unit written behind the number in the cell itself. */
  readonly unit?: string;
}

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const grouped = /^[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const withSuffix = /^([+-]?[\d., ]*\d\.?(?:[eE][+-]?\d{1,3})?)\s*([^\d\s.,].*)$/;
const absent = new Set(['na', 'n/a', 'null', '无数据', '缺失']);
const dashes = /^[-–—−－/／…·*]+$/;
const tens: Record<string, string> = { 十: 'e1', 百: 'e2', 千: 'e3', 万: 'e4', 亿: 'e8' };

export interface NumberHabits {
  /** See RawTable: then `1,234` is refused. */
  readonly commaIsAmbiguous?: boolean;
  /** Tells a unit (`千克`) from a multiple (`千`). */
  readonly isUnit?: (text: string) => boolean;
}

/**
 * @returns the number; a reason why it is none; or undefined when the cell says that there is no value
 * (empty, `NA`, `N/A`, `null`, `无数据`). A dash is refused: it may mean zero or unknown.
 */
export function readNumber(cell: RawCell, habits: NumberHabits = {}): NumberRead | Reason | undefined {
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? { decimal: String(cell) } : reasons.notANumber(String(cell));
  if (cell === undefined || cell === null) return undefined;
  if (typeof cell === 'boolean') return reasons.notANumber(String(cell));
  if (plain.test(cell)) return { decimal: cell };
  const text = halfWidth(cell)
    .trim()
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/−/g, '-');
  if (text === '' || absent.has(text.toLowerCase())) return undefined;
  return readOddNumber(text, habits);
}

function readOddNumber(text: string, { commaIsAmbiguous = false, isUnit }: NumberHabits): NumberRead | Reason {
  if (dashes.test(text)) return reasons.dash(text);
  if (text.startsWith('=')) return reasons.formulaWithoutResult(text);
  if (text.startsWith('#')) return reasons.sheetError(text);
  const whole = bareNumber(text, commaIsAmbiguous);
  if (whole) return whole;
  const match = withSuffix.exec(text);
  if (!match) return reasons.notANumber(text);
  const number = bareNumber(match[1].trim(), commaIsAmbiguous);
  if (!number || 'code' in number) return number ?? reasons.notANumber(text);
  const suffix = match[2].trim();
  return isUnit?.(suffix) ? { decimal: number.decimal, unit: suffix } : withMultiple(number.decimal, suffix, text);
}

/** `1,234.5`, `1 234`: groups of exactly three; anything else with a comma could be a decimal comma. */
function bareNumber(text: string, commaIsAmbiguous: boolean): NumberRead | Reason | undefined {
  if (plain.test(text)) return { decimal: text };
  if (!/^[+-]?[\d., ]+$/.test(text)) return undefined;
  if (!grouped.test(text) || (commaIsAmbiguous && text.includes(','))) return reasons.ambiguousNumber(text);
  return { decimal: text.replace(/[, ]/g, '') };
}

/** `3万` is 3e4; `3万亩` is 3e4 亩; an unknown suffix is handed on as the unit it wants to be. */
function withMultiple(decimal: string, suffix: string, text: string): NumberRead | Reason {
  const power = tens[suffix[0]];
  if (!power) return { decimal, unit: suffix };
  if (/[eE]/.test(decimal)) return reasons.notANumber(text);
  const rest = suffix.slice(1).trim();
  if (rest !== '' && tens[rest[0]]) return reasons.notANumber(text);
  return { decimal: `${decimal}${power}`, ...(rest === '' ? {} : { unit: rest }) };
}

const exactInteger = 2 ** 53;

/**
 * Exact product of a decimal text and a factor, rounded once to the nearest double.
 * @returns undefined when the result is no finite double
 */
export function convertToDouble(decimal: string, factor: Fraction): number | undefined {
  const value = factor.numerator === 1n && factor.denominator === 1n ? Number(decimal) : scaled(decimal, factor);
  return Number.isFinite(value) ? value + 0 : undefined;
}

function scaled(decimal: string, factor: Fraction): number {
  // Short texts, that is nearly all: when both integers are exact doubles one division rounds once.
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{0,15}))?$/.exec(decimal);
  if (match && factor.numerator < 1_000_000n && factor.denominator < 1_000_000n) {
    const part = match[3] ?? '';
    const top = Number(match[2] + part) * Number(factor.numerator);
    const bottom = 10 ** part.length * Number(factor.denominator);
    if (top <= exactInteger && bottom <= exactInteger) return match[1] === '-' ? -(top / bottom) : top / bottom;
  }
  return convertExactly(decimal, factor).toNumber();
}

/** Exact product of a decimal text that `readNumber` returned and a factor. */
export function convertExactly(decimal: string, factor: Fraction): Fraction {
  return (Fraction.parse(decimal) ?? Fraction.zero).times(factor);
}
