/** What remains between lines of the same service under two norms, factor by factor. */
import { Fen, sameDimension, UnitTable } from '@gep/kernel';
import { AccountLine } from '../account/account';
import { lineKey } from '../account/line-order';
import type { ChangeLine } from '../change/line-sides';
import { overRatio, Ratio, ratioOf, ratioOfNumber, ratioOfText, ratioOne, timesRatio } from '../change/ratio';

/** Steps inside a service, in the order in which they are taken; they sum to the difference of its values. */
export const lineStepKinds = ['types', 'quantity', 'cap', 'method', 'price', 'gamma', 'rounding'] as const;
type LineStepKind = (typeof lineStepKinds)[number];
type LineSteps = Readonly<Partial<Record<LineStepKind, Fen>>>;

/** The factors of a line in base units, so that lines in other units compare. */
interface LineTerms {
  readonly supplied: Ratio;
  readonly used: Ratio;
  readonly price: Ratio;
  readonly gamma: Ratio;
}

/** Steps by service. Lines of one norm only are `types`; lines that count in another dimension are `method`. */
export function lineSteps(
  fromUnits: UnitTable,
  toUnits: UnitTable,
  left: readonly ChangeLine[],
  right: readonly ChangeLine[],
): Map<string, LineSteps> {
  const sums = new Map<string, Partial<Record<LineStepKind, Fen>>>();
  const add = (service: string, steps: LineSteps): void => {
    const sum = sums.get(service) ?? {};
    for (const [kind, fen] of Object.entries(steps) as [LineStepKind, Fen][]) sum[kind] = (sum[kind] ?? 0n) + fen;
    sums.set(service, sum);
  };
  const later = new Map(right.map((line) => [lineKey(line), line]));
  for (const line of left) {
    const other = later.get(lineKey(line));
    later.delete(lineKey(line));
    add(line.service, other ? stepsBetween(line, other, fromUnits, toUnits) : { types: -line.valueFen });
  }
  for (const line of later.values()) add(line.service, { types: line.valueFen });
  return sums;
}

function stepsBetween(a: ChangeLine, b: ChangeLine, fromUnits: UnitTable, toUnits: UnitTable): LineSteps {
  const isSameKind = sameDimension(fromUnits.parse(a.unit).dimension, toUnits.parse(b.unit).dimension);
  if (!isSameKind) return { method: b.valueFen - a.valueFen };
  const [left, right] = [termsOf(a, fromUnits), termsOf(b, toUnits)];
  const use = left.supplied.top === 0n ? ratioOne : overRatio(left.used, left.supplied);
  const start = worth(left.used, left.price, left.gamma);
  const quantity = worth(timesRatio(right.supplied, use), left.price, left.gamma);
  const cap = worth(right.used, left.price, left.gamma);
  const price = worth(right.used, right.price, left.gamma);
  const gamma = worth(right.used, right.price, right.gamma);
  return {
    quantity: quantity - start,
    cap: cap - quantity,
    price: price - cap,
    gamma: gamma - price,
    rounding: b.valueFen - gamma + (start - a.valueFen),
  };
}

function termsOf(line: ChangeLine, units: UnitTable): LineTerms {
  const unit = ratioOf(units.parse(line.unit).factor);
  const fen = overRatio(ratioOf(units.parse(line.priceUnit).factor), ratioOf(units.parse('yuan').factor));
  return {
    supplied: timesRatio(ratioOfNumber(line.supplied ?? line.quantity), unit),
    used: timesRatio(ratioOfNumber(line.quantity), unit),
    price: timesRatio(timesRatio(exact(line, 'price'), fen), { top: 100n, bottom: 1n }),
    gamma: exact(line, 'gamma'),
  };
}

/** Accounts of observations state every price and γ. */
const exact = (line: AccountLine, term: 'price' | 'gamma'): Ratio => ratioOfText(line[term]!);

/** A value in fen, rounded half away from zero as every line is. */
function worth(quantity: Ratio, price: Ratio, gamma: Ratio): Fen {
  const { top, bottom } = timesRatio(timesRatio(quantity, price), gamma);
  const rounded = (2n * (top < 0n ? -top : top) + bottom) / (2n * bottom);
  return top < 0n ? -rounded : rounded;
}
