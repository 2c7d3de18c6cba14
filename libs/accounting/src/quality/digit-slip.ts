/** Guesses how a wrong figure came about: neighbouring digits exchanged, a shifted point, a lost sign, a constant factor. */
import { Decimal, type Bilingual } from '@gep/kernel';
import { holds, overlap, type Range } from './printed-range';

/** The figures of the same size that come about when two neighbouring digits of the text are exchanged. */
export function digitSwaps(text: string): string[] {
  const places = [...text].flatMap((digit, at) => (/\d/.test(digit) ? [at] : []));
  return places.slice(0, -1).flatMap((at, index) => {
    const next = places[index + 1];
    if (text[at] === text[next]) return [];
    const digits = [...text];
    [digits[at], digits[next]] = [digits[next], digits[at]];
    const swapped = digits.join('');
    return leadingNoughts(swapped) === leadingNoughts(text) ? [swapped] : [];
  });
}

/** 0.90 and 0.09 are a slip of the point, not of the digits. */
const leadingNoughts = (text: string): number => /^-?0*\.?0*/.exec(text)![0].replace(/[-.]/g, '').length;

/** The exchange that gives what was expected, if there is one. */
export function swapThatGives(text: string, expected: Range, range: (text: string) => Range): string | undefined {
  return digitSwaps(text).find((swapped) => overlap(range(swapped), expected));
}

/** What a figure is a multiple of the expected one by, in words; undefined when no plain factor is near. */
export function plainFactor(ratio: Decimal): Bilingual | undefined {
  const size = ratio.abs();
  if (size.isZero()) return undefined;
  const power = Math.round(Decimal.log10(size).toNumber());
  const ofTen = new Decimal(10).pow(power);
  const near = (target: Decimal, within: string): boolean =>
    target.minus(size).abs().dividedBy(target).lessThanOrEqualTo(within);
  if (power !== 0 && near(ofTen, '0.05')) {
    const text = ofTen.toString();
    return { zh: `相差 ${text} 倍：单位换算或小数点`, en: `by a factor of ${text}: a unit factor or the point` };
  }
  for (const { factor, zh, en } of namedFactors)
    if (near(new Decimal(factor), '0.005'))
      return { zh: `相差 ${factor} 倍：${zh}`, en: `by a factor of ${factor}: ${en}` };
  if (near(new Decimal(-1).abs(), '0.000001') && ratio.isNegative())
    return { zh: '符号相反', en: 'the sign is reversed' };
  return undefined;
}

/** Factors by which figures of the field go astray. */
const namedFactors = [
  { factor: '15', zh: '亩与公顷', en: 'mu and hectare' },
  { factor: '0.066667', zh: '亩与公顷', en: 'mu and hectare' },
  { factor: '3.6667', zh: '碳与二氧化碳（44/12）', en: 'carbon and carbon dioxide (44/12)' },
  { factor: '0.27273', zh: '碳与二氧化碳（12/44）', en: 'carbon and carbon dioxide (12/44)' },
  { factor: '3.6', zh: 'kWh 与 MJ', en: 'kWh and MJ' },
  { factor: '7', zh: '系数 1/7 漏用或多用', en: 'a factor of 1/7 left out or used twice' },
  { factor: '0.142857', zh: '系数 1/7 漏用或多用', en: 'a factor of 1/7 left out or used twice' },
] as const;

/** The part that was left out of a total, where the rest adds up to it. */
export function partLeftOut(total: Range, sum: Range, parts: readonly Range[]): number | undefined {
  const zero = new Decimal(0);
  const at = parts.findIndex((part) => {
    if (holds(part, zero)) return false;
    const rest = { low: sum.low.minus(part.low), high: sum.high.minus(part.high) };
    return overlap(total, rest);
  });
  return at < 0 ? undefined : at;
}
