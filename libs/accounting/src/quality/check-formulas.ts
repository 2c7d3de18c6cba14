/** Formulas: stated numbers against what the stated formula gives with the stated inputs, inputs, units and fixed ratios. */
import { Decimal } from '@gep/kernel';
import { plainFactor, swapThatGives } from './digit-slip';
import type { FindingLog } from './finding';
import {
  exactly,
  factorBetween,
  holds,
  middle,
  over,
  rangeOf,
  overlap,
  Range,
  showLike,
  widened,
} from './printed-range';
import type { StatedAccount, StatedInput, StatedPeriod, StatedService } from './stated-account';

export function checkFormulas(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) {
    for (const row of period.services) {
      checkPrediction(stated, period, row, log);
      checkUnit(period, row, log);
    }
    checkInputs(stated, period, log);
    checkOxygen(stated, period, log);
    checkStocks(stated, period, log);
  }
}

function checkPrediction(
  stated: StatedAccount,
  { period }: StatedPeriod,
  { at, code, type, quantity, unit = '', predicted }: StatedService,
  log: FindingLog,
): void {
  if (quantity === undefined || predicted === undefined) return;
  const found = rangeOf(quantity, stated.exact);
  const given = new Decimal(predicted.quantity);
  const expected = widened(exactly(given), log.limit('formulaDisagrees', 'relative'));
  if (overlap(found, expected) || (predicted.most && found.low.lessThanOrEqualTo(expected.high))) return;
  const place = {
    period,
    cells: [`${at}.quantity`] as [string],
    service: code,
    type,
    expected: `${predicted.most ? '≤ ' : ''}${showLike(given)}`,
    found: quantity,
    unit,
  };
  const swapped = predicted.most
    ? undefined
    : swapThatGives(quantity, tight(given), (text) => rangeOf(text, stated.exact));
  if (swapped !== undefined)
    return log.add('digitSwap', {
      ...place,
      expected: swapped,
      cause: { zh: `${quantity} 应为 ${swapped}，与公式相符`, en: `${swapped} is what the formula gives` },
    });
  const constant =
    !given.isZero() &&
    given.isNegative() === middle(found).isNegative() &&
    factorBetween(absolute(found), exactly(given.abs())).greaterThanOrEqualTo(log.limit('formulaConstant', 'factor'));
  const ratio = given.isZero() ? undefined : middle(found).dividedBy(given);
  log.add(constant ? 'formulaConstant' : 'formulaDisagrees', {
    ...place,
    cause: (ratio && plainFactor(ratio)) ?? {
      zh: `为公式所得的 ${ratio ? ratio.toSignificantDigits(3).toString() : '—'} 倍；参数的单位、小数位或含义与所列不同`,
      en: `${ratio ? ratio.toSignificantDigits(3).toString() : '—'} times what the formula gives; a parameter has another unit, point or meaning than stated`,
    },
  });
}

const tight = (value: Decimal): Range => widened(exactly(value), '0.002');
const absolute = ({ low, high }: Range): Range =>
  low.isNegative() ? { low: high.abs(), high: low.abs() } : { low, high };

function checkUnit(
  { period }: StatedPeriod,
  { at, code, type, unit = '', printedUnit }: StatedService,
  log: FindingLog,
): void {
  if (!printedUnit || printedUnit.fits) return;
  log.add('unitMismatch', {
    period,
    cells: [`${at}.unit`],
    service: code,
    type,
    expected: unit,
    found: printedUnit.text,
    cause: { zh: '单位由别行抄来，或写错', en: 'the unit was copied from another row, or mistyped' },
  });
}

/** One input with two values; factors between 0 and 1 whose meaning is reversed on built land. */
function checkInputs(stated: StatedAccount, { period, inputs }: StatedPeriod, log: FindingLog): void {
  const first = new Map<string, StatedInput>();
  const built = new Set(stated.types.flatMap((type) => (type.built ? [type.code] : [])));
  for (const input of inputs) {
    const { at, code, type, value, unit } = input;
    const key = JSON.stringify([code, type, unit]);
    const earlier = first.get(key);
    if (!earlier) first.set(key, input);
    else if (!overlap(rangeOf(earlier.value, false), rangeOf(value, false)))
      log.add('twoInputs', {
        period,
        cells: [at, earlier.at],
        type,
        expected: earlier.value,
        found: value,
        unit,
        cause: { zh: '两处引用不同来源', en: 'two places follow different sources' },
      });
    if (!log.rules.factors.includes(code)) continue;
    const factor = new Decimal(value);
    const outside = factor.isNegative() || factor.greaterThan(1);
    if (!outside && !(factor.isZero() && type !== undefined && built.has(type))) continue;
    log.add('factorReversed', {
      period,
      cells: [at],
      type,
      expected: outside ? '0 … 1' : '1',
      found: value,
      cause: outside
        ? { zh: '因子应在 0 与 1 之间', en: 'the factor lies between 0 and 1' }
        : { zh: '0 使公式把全部潜在侵蚀记为保持量', en: 'with 0 the formula books all potential erosion as retained' },
    });
  }
}

function checkOxygen(stated: StatedAccount, { period, services }: StatedPeriod, log: FindingLog): void {
  const of = (codes: readonly string[]): StatedService[] =>
    services.filter(({ code, quantity }) => codes.includes(code) && quantity !== undefined);
  const carbons = of(log.rules.carbon);
  for (const oxygen of of(log.rules.oxygen)) {
    const carbon = carbons.find(({ type, unit }) => type === oxygen.type && unit === oxygen.unit);
    if (!carbon) continue;
    const [released, fixed] = [rangeOf(oxygen.quantity!, stated.exact), rangeOf(carbon.quantity!, stated.exact)];
    if (holds(fixed, new Decimal(0))) continue;
    const ratio = over(released, fixed);
    const wanted = new Decimal(32).dividedBy(44);
    if (overlap(ratio, widened(exactly(wanted), log.limit('oxygenCarbonRatio', 'relative')))) continue;
    log.add('oxygenCarbonRatio', {
      period,
      cells: [`${oxygen.at}.quantity`, `${carbon.at}.quantity`],
      service: oxygen.code,
      type: oxygen.type,
      expected: showLike(wanted),
      found: showLike(middle(ratio)),
      cause: {
        zh: '两者所用的基础不同，或固碳以碳计',
        en: 'the two rest on different bases, or carbon is counted as C',
      },
    });
  }
}

/** A yield that is the stock itself. */
function checkStocks(stated: StatedAccount, { period, services, stocks }: StatedPeriod, log: FindingLog): void {
  const within = log.limit('stockAsFlow', 'within');
  for (const { at: stockAt, quantity: stock, unit: stockUnit } of stocks)
    for (const { at, code, type, quantity, unit = '' } of services) {
      if (quantity === undefined || unit.replace(/\/a$/, '') !== stockUnit || new Decimal(stock).isZero()) continue;
      if (!overlap(rangeOf(quantity, stated.exact), widened(exactly(stock), within))) continue;
      log.add('stockAsFlow', {
        period,
        cells: [`${at}.quantity`, stockAt],
        service: code,
        type,
        found: quantity,
        unit,
        cause: { zh: `与存量 ${stockAt}（${stock}）相同`, en: `it is the stock ${stockAt} (${stock}) itself` },
      });
    }
}
