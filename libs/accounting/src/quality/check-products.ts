/** Products: quantity × price against value, stated prices against implied ones, and jumps of the implied price. */
import { Decimal } from '@gep/kernel';
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
  Range,
  rangeOf,
  showLike,
  times,
  widened,
} from './printed-range';
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
  const yuan = times(amount, exactly(unitValue));
  const product = over(yuan, exactly(stated.yuanPerValue));
  if (overlap(product, roundedValue(value))) return;
  const place = { period, service: code, type, unit: stated.valueUnit };
  const swapped = swapThatGives(value, product, roundedValue);
  if (swapped !== undefined)
    return log.add('digitSwap', {
      ...place,
      cells: [`${at}.value`, `${at}.quantity`],
      expected: swapped,
      found: value,
      cause: {
        zh: `${value} 应为 ${swapped}，与实物量乘单价相符`,
        en: `${swapped} is quantity times price; ${value} is not`,
      },
    });
  const wantedQuantity = over(times(roundedValue(value), exactly(stated.yuanPerValue)), exactly(unitValue));
  const slip = swapThatGives(quantity, wantedQuantity, (text) => rangeOf(text, stated.exact));
  if (slip !== undefined && stated.exact)
    return log.add('digitSwap', {
      ...place,
      cells: [`${at}.quantity`, `${at}.value`],
      expected: slip,
      found: quantity,
      unit,
      cause: { zh: `${quantity} 应为 ${slip}，价值随正确的数字`, en: `${slip} gives the value; ${quantity} does not` },
    });
  const implied = impliedPrice(stated, row);
  // Where its formula confirms the quantity, the price is the suspect.
  const confirmed =
    predicted !== undefined &&
    !predicted.most &&
    overlap(amount, widened(exactly(predicted.quantity), log.limit('formulaDisagrees', 'relative')));
  const ratio = middle(roundedValue(value)).dividedBy(middle(product));
  const factor = middle(product).isZero() ? undefined : plainFactor(ratio);
  log.add(confirmed ? 'priceDisagrees' : 'quantityTimesPrice', {
    ...place,
    cells: [`${at}.value`, `${at}.quantity`],
    expected: showLike(middle(product), value),
    found: value,
    cause: factor ?? {
      zh: `隐含单价 ${implied ? showLike(middle(implied)) : '—'} ，所列单价 ${unitValue}（${perUnit(unit)}）`,
      en: `the implied price is ${implied ? showLike(middle(implied)) : '—'}, and the stated one ${unitValue} ${perUnit(unit)}`,
    },
  });
}

/** Half a unit of the last digit, also around nought. */
function roundedValue(text: string): Range {
  const half = new Decimal(10).pow(-(/\.(\d+)$/.exec(text)?.[1].length ?? 0)).dividedBy(2);
  const value = new Decimal(text);
  return { low: value.minus(half), high: value.plus(half) };
}

/** Yuan for one unit of quantity that value and quantity imply; undefined when the quantity may be nought. */
export function impliedPrice(stated: StatedAccount, { quantity, value }: StatedService): Range | undefined {
  if (quantity === undefined || value === undefined) return undefined;
  const amount = rangeOf(quantity, stated.exact);
  if (holds(amount, new Decimal(0))) return undefined;
  return over(times(roundedValue(value), exactly(stated.yuanPerValue)), amount);
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
