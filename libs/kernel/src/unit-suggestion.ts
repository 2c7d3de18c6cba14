/** "Did you mean …?" for units: never one that differs by a prefix, which would be a silent power of ten. */
import { closestWord } from './closest-word';
import type { UnitTable } from './unit';

/** Letters and characters that stand before a unit and multiply it. */
const prefix = /^[YZEPTGMkhdcmuμnpf吉兆千百十分厘毫微纳万亿太]/u;

/** @returns undefined when no unit is near, or the near ones are other multiples of the same; of two letters only the case is mended */
export function closestUnit(symbol: string, { definitions }: UnitTable): string | undefined {
  const sought = symbol.trim();
  const names = definitions.flatMap(({ code, aliases = [] }) => [code, ...aliases]);
  const isNear = (name: string): boolean =>
    [...sought].length > 2
      ? !isOtherMultiple(sought, name)
      : sought.toLowerCase() === name.toLowerCase() && !isOtherMultiple(sought, name);
  return closestWord(sought, names.filter(isNear));
}

/** `GJ` beside `kJ`, `Mg` beside `mg`, `Wh` beside `kWh`. */
function isOtherMultiple(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const bare = (text: string): string => text.replace(prefix, '').toLowerCase();
  if (!prefix.test(longer)) return false;
  if (shorter.length < longer.length) return shorter.toLowerCase() === bare(longer) && bare(longer) !== '';
  return prefix.test(shorter) && a[0] !== b[0] && bare(a) === bare(b) && bare(a) !== '';
}
