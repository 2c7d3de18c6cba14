/** Reads what a cell of a decision table asks of a number: `>= 3 < 5`, `(0, 50%]`, `7`, `any`; and holds numbers against it. */
import { Fraction } from '@gep/kernel';
import type { Interval } from './rule';

const plain: Readonly<Record<string, string>> = {
  ...{ '，': ',', '（': '(', '）': ')', '【': '[', '】': ']', '［': '[', '］': ']' },
  ...{ '≥': '>=', '≤': '<=', '＞': '>', '＜': '<', '＝': '=', '％': '%', '∞': 'inf' },
};

/** `0.5`, `50%`, `1/7`. */
export function readRuleNumber(text: string): Fraction | undefined {
  const share = text.trim().endsWith('%');
  const value = Fraction.parse(share ? text.trim().slice(0, -1) : text);
  return share ? value?.dividedBy(Fraction.of(100n)) : value;
}

/** One cell, or one entry of a list of alternatives. @returns undefined when it cannot be read */
export function readInterval(written: string): Interval | undefined {
  const text = written.replace(/[，（）【】［］≥≤＞＜＝％∞]/g, (sign) => plain[sign]).trim();
  if (text === '-' || text === 'any' || text === '任意') return {};
  const bracketed = /^([[(])\s*([^,]*?)\s*,\s*([^,]*?)\s*([\])])$/.exec(text);
  if (bracketed) return fromBrackets(bracketed);
  const bare = readRuleNumber(text.replace(/^=\s*/, ''));
  if (bare) return { low: { value: bare, open: false }, high: { value: bare, open: false } };
  return fromComparisons(text);
}

function fromBrackets([, opening, from, to, closing]: readonly string[]): Interval | undefined {
  const [low, high] = [from, to].map((bound) => (/^([+-]?inf)?$/.test(bound) ? null : readRuleNumber(bound)));
  if (low === undefined || high === undefined) return undefined;
  return {
    ...(low && { low: { value: low, open: opening === '(' } }),
    ...(high && { high: { value: high, open: closing === ')' } }),
  };
}

function fromComparisons(text: string): Interval | undefined {
  const interval: { -readonly [K in keyof Interval]: Interval[K] } = {};
  const pattern = /\s*(<=|>=|<|>)\s*([^\s<>=,]+)\s*,?/y;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const value = match && readRuleNumber(match[2]);
    if (!match || !value) return undefined;
    const side = match[1].startsWith('>') ? 'low' : 'high';
    if (interval[side]) return undefined;
    interval[side] = { value, open: match[1].length === 1 };
    at = pattern.lastIndex;
  }
  return at === 0 ? undefined : interval;
}

export function isWithin(value: Fraction, { low, high }: Interval): boolean {
  const above = low ? value.compare(low.value) : 1;
  const below = high ? value.compare(high.value) : -1;
  return (above > 0 || (above === 0 && !low?.open)) && (below < 0 || (below === 0 && !high?.open));
}
