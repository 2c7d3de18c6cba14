/** What declared flows take back from an account, apart from the rest of it. */
import { Fraction, type UnitTable } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
import { lineKey } from '../account/line-order';
import { totalLines } from '../account/seal-account';
import { UnitWorth } from '../change/line-sides';

/**
 * The account with nothing but what declared flows take back from it and from all below it: the sum of the observed accounts
 * below it and of this part is the whole.
 */
export function eliminatedPart<A extends Pick<Account, 'lines' | 'totals' | 'areaByType'>>(
  whole: A,
  units: UnitTable,
): A {
  const taken = whole.lines.filter(({ flow }) => flow !== undefined);
  return {
    ...whole,
    lines: withImpliedPrices(taken, units),
    totals: totalLines(taken, Object.keys(whole.areaByType)),
  };
}

/**
 * What is taken back in every account that a change is split by, as a part of its own; none when none has some. A line that is
 * taken back in another one has nothing, at the price that its service and type have there.
 */
export function eliminatedParts<A extends Pick<Account, 'lines' | 'totals' | 'areaByType'>>(
  wholes: readonly A[],
  units: UnitTable,
): readonly A[] {
  const parts = wholes.map((whole) => eliminatedPart(whole, units));
  const all = new Map(parts.flatMap(({ lines }) => lines.map((line) => [lineKey(line), line] as const)));
  if (all.size === 0) return [];
  return parts.map((own, at) => {
    const known = new Set(own.lines.map(lineKey));
    const nothing = [...all].flatMap(([key, { flow, ...line }]) => {
      const same = wholes[at].lines.find((one) => one.flow === undefined && lineKey(one) === lineKey(line));
      return same && !known.has(key) ? [{ ...same, flow, quantity: 0, supplied: null, valueFen: 0n }] : [];
    });
    return { ...own, lines: [...own.lines, ...pricedLike(nothing, wholes[at], units)] };
  });
}

/** Nothing has no value per unit: lines of none have the price of the line that they belong to. */
function pricedLike(
  nothing: readonly AccountLine[],
  { lines }: Pick<Account, 'lines'>,
  units: UnitTable,
): readonly AccountLine[] {
  const priced = new Map(withImpliedPrices(lines, units).map((line) => [lineKey(line), line]));
  return nothing.map((line) => {
    const { price, gamma } = priced.get(lineKey({ ...line, flow: undefined }))!;
    return { ...line, price, gamma };
  });
}

/** Lines with a price each: where parts of one had different prices or γ, its price is its value per unit and γ is 1. */
export function withImpliedPrices(lines: readonly AccountLine[], units: UnitTable): readonly AccountLine[] {
  const worth = UnitWorth.of(units);
  return lines.map((line) => withPrice(line, worth));
}

function withPrice(line: AccountLine, worth: UnitWorth): AccountLine {
  if (line.price !== null && line.gamma !== null) return line;
  const quantity = Fraction.parse(String(line.quantity))!;
  const value = Fraction.of(line.valueFen, 100n);
  const price = line.quantity === 0 ? Fraction.zero : value.dividedBy(quantity.times(worth.yuanPerUnit(line)));
  return { ...line, price: price.toString(), gamma: '1' };
}

/** Lines with what was taken back taken off them; the same lines where nothing was. */
export function netOfFlows(lines: readonly AccountLine[]): readonly AccountLine[] {
  if (lines.every(({ flow }) => flow === undefined)) return lines;
  const keyOf = ({ service, type, item }: AccountLine): string => JSON.stringify([service, type, item]);
  const taken = new Map<string, { quantity: number; fen: bigint }>();
  for (const line of lines) {
    if (line.flow === undefined) continue;
    const before = taken.get(keyOf(line)) ?? { quantity: 0, fen: 0n };
    taken.set(keyOf(line), { quantity: before.quantity + line.quantity, fen: before.fen + line.valueFen });
  }
  return lines
    .filter(({ flow }) => flow === undefined)
    .map((line) => {
      const back = taken.get(keyOf(line));
      return back ? { ...line, quantity: line.quantity + back.quantity, valueFen: line.valueFen + back.fen } : line;
    });
}
