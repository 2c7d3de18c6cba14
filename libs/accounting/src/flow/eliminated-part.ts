/** What declared flows take back from an account, apart from the rest of it. */
import { Fraction, type UnitTable } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
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
