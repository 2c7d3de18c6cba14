/** Products: quantity × price against value, stated prices against implied ones, and jumps of the implied price. */
import { Decimal, type Bilingual } from '@gep/kernel';
import { plainFactor, swapThatGives } from './digit-slip';
import type { FindingLog } from './finding';
import {
  exactly,
  factorBetween,
  holds,
  middle,
  over,
  overlap,
  printedRange,
  showLike,
  times,
  widened,
} from './printed-range';
import {
  gammaThatFits,
  holdsWithoutGamma,
  impliedPrice,
  priceOf,
  roundedValue,
  withGamma,
} from './printed/price-range';
import type { StatedAccount, StatedPeriod, StatedService } from './stated-account';

export function checkProducts(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) for (const row of period.services) checkProduct(stated, period, row, log);
  stated.periods.slice(1).forEach((later, index) => checkJumps(stated, stated.periods[index], later, log));
}

/** A double carries about sixteen digits; what a quantity lost there is no slip. */
const ofDouble = '0.00000000000001';

/** The printed value is always rounded: to the fen where the account is exact. */
function checkProduct(stated: StatedAccount, { period }: StatedPeriod, row: StatedService, log: FindingLog): void {
  const { at, code, type, quantity, unit = '', unitValue, value, predicted } = row;
  if (row.summed || quantity === undefined || unitValue === undefined || value === undefined) return;
  const amount = stated.exact ? widened(exactly(quantity), ofDouble) : printedRange(quantity);
  const price = priceOf(row)!;
  const yuan = times(amount, price);
  const product = over(yuan, exactly(stated.yuanPerValue));
  if (overlap(product, roundedValue(value))) return;
  if (row.print?.gammaMayBeIn && holdsWithoutGamma(row, product)) return;
  const place = { period, service: code, type, unit: stated.valueUnit };
  const cells: [string, string] = [`${at}.value`, `${at}.quantity`];
  const expected = showLike(middle(product), value);
  const byGamma = gammaThatFits(stated, row, product);
  if (byGamma)
    return log.add('quantityTimesPrice', { ...place, cells, expected, found: value, grade: 'C', cause: byGamma });
  // By the price as it stands: within its rounding some exchange or other would nearly always do.
  const bare = over(times(amount, exactly(unitValue)), exactly(stated.yuanPerValue));
  const swapped = swapThatGives(value, bare, roundedValue);
  if (swapped !== undefined)
    return log.add('digitSwap', {
      ...place,
      cells,
      expected: swapped,
      found: value,
      cause: {
        zh: `${value} 应为 ${swapped}，与实物量乘单价相符`,
        en: `${swapped} is quantity times price; ${value} is not`,
      },
    });
  const slip =
    stated.exact && !holds(price, new Decimal(0))
      ? swapThatGives(quantity, over(times(roundedValue(value), exactly(stated.yuanPerValue)), price), exactly)
      : undefined;
  if (slip !== undefined)
    return log.add('digitSwap', {
      ...place,
      cells: [`${at}.quantity`, `${at}.value`],
      expected: slip,
      found: quantity,
      unit,
      cause: { zh: `${quantity} 应为 ${slip}，价值随正确的数字`, en: `${slip} gives the value; ${quantity} does not` },
    });
  // Where its formula confirms the quantity, the price is the suspect.
  const confirmed =
    predicted !== undefined &&
    !predicted.most &&
    overlap(amount, widened(exactly(predicted.quantity), log.limit('formulaDisagrees', 'relative')));
  const ratio = middle(roundedValue(value)).dividedBy(middle(product));
  const factor = middle(product).isZero() ? undefined : plainFactor(ratio);
  const cause = factor ?? twoPrices(stated, row);
  log.add(confirmed ? 'priceDisagrees' : 'quantityTimesPrice', { ...place, cells, expected, found: value, cause });
}

function twoPrices(stated: StatedAccount, row: StatedService): Bilingual {
  const { unit, unitValue } = row;
  const range = impliedPrice(stated, row);
  const implied = range ? showLike(middle(range)) : '—';
  return {
    zh: `隐含单价 ${implied} ，所列单价 ${unitValue}（${perUnit(unit)}${withGamma(row, '，含 ')}）`,
    en: `the implied price is ${implied}, and the stated one ${unitValue} ${perUnit(unit)}${withGamma(row, ', with ')}`,
  };
}

function checkJumps(stated: StatedAccount, earlier: StatedPeriod, later: StatedPeriod, log: FindingLog): void {
  const before = new Map(earlier.services.map((row) => [keyOf(row), row]));
  for (const row of later.services) {
    const twin = before.get(keyOf(row));
    if (!twin || twin.unit !== row.unit) continue;
    const [a, b] = [impliedPrice(stated, twin), impliedPrice(stated, row)];
    if (!a || !b || !a.low.isPositive() || !b.low.isPositive() || a.low.isZero() || b.low.isZero()) continue;
    const factor = factorBetween(a, b);
    const grade = gradeOfJump(factor, twin, row, log);
    if (grade === undefined) continue;
    const [from, to] = [showLike(middle(a)), showLike(middle(b))];
    log.add('unitPriceJump', {
      period: later.period,
      cells: [`${row.at}.value`, `${twin.at}.value`],
      service: row.code,
      type: row.type,
      expected: from,
      found: to,
      unit: perUnit(row.unit),
      grade,
      cause: statedChange(twin, row)
        ? { zh: `所列单价由 ${from} 变为 ${to}`, en: `the stated price went from ${from} to ${to}` }
        : {
            zh: `由 ${from} 变为 ${to}，而所列参数未变`,
            en: `${from} became ${to}, though no stated parameter changed`,
          },
    });
  }
}

const perUnit = (unit = ''): string => `yuan/${unit.includes('/') ? `(${unit})` : unit}`;
const keyOf = ({ code, type = '', unit = '', at }: StatedService): string =>
  JSON.stringify([code, type, unit, at.split('.').slice(3).join('.')]);

/** Both prices are stated and differ: the change is declared, though its size may still want a word. */
const statedChange = (a: StatedService, b: StatedService): boolean =>
  a.unitValue !== undefined && b.unitValue !== undefined && a.unitValue !== b.unitValue;

function gradeOfJump(factor: Decimal, before: StatedService, after: StatedService, log: FindingLog) {
  const limit = (name: string): string => log.limit('unitPriceJump', name);
  const declared = statedChange(before, after);
  if (factor.greaterThanOrEqualTo(limit('grave'))) return declared ? ('C' as const) : ('B' as const);
  if (factor.greaterThanOrEqualTo(limit('explain'))) return declared ? ('D' as const) : ('C' as const);
  return factor.greaterThanOrEqualTo(limit('hint')) ? ('D' as const) : undefined;
}
