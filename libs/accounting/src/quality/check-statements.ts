/** What is said beside the figures: years, directions, means, signs, credits, discounting and decisions. */
import { Decimal, sumInOrder } from '@gep/kernel';
import type { FindingLog } from './finding';
import { exactly, overlap, printedRange, rangeOf, showLike, widened } from './printed-range';
import type { StatedAccount, StatedDiscount, StatedEntry, StatedPeriod } from './stated-account';

export function checkStatements(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) {
    checkYears(period, log);
    checkSetAside(period, log);
    checkSigns(stated, period, log);
    checkBuiltLand(stated, period, log);
    checkClaims(period, log);
    checkMeans(period, log);
    checkIndicators(period, log);
    for (const discount of period.discounts) checkDiscount(period, discount, log);
    for (const entry of period.entries) checkEntry(period, entry, log);
  }
}

function checkYears({ period, services }: StatedPeriod, log: FindingLog): void {
  const priced = services.filter(({ priceYear }) => priceYear !== undefined);
  const years = [...new Set(priced.map(({ priceYear }) => priceYear!))].sort();
  if (years.length > 1) {
    const counts = years.map((year) => priced.filter(({ priceYear }) => priceYear === year).length);
    const usual = years[counts.indexOf(Math.max(...counts))];
    const others = priced.filter(({ priceYear }) => priceYear !== usual);
    // Nobody who reports can mend what the edition states for all of its accounts.
    const isOfNorm = priced.every(({ pricedByNorm }) => pricedByNorm);
    log.add('mixedPriceYears', {
      period,
      cells: [`${others[0].at}.priceYear`, ...others.slice(1).map(({ at }) => `${at}.priceYear`)],
      service: others[0].code,
      expected: usual,
      found: [...new Set(others.map(({ priceYear }) => priceYear!))].join(', '),
      ...(isOfNorm ? { grade: 'D' as const } : {}),
      cause: isOfNorm
        ? {
            zh: `规范的参数取 ${years.join('、')} 年的价格，凡按该版核算者皆然`,
            en: `the norm states prices of ${years.join(', ')} in its parameters, for every account by this edition`,
          }
        : {
            zh: `合计中有 ${years.join('、')} 年的价格`,
            en: `the total holds prices of ${years.join(', ')}`,
          },
    });
  }
  const year = period.slice(0, 4);
  for (const { at, code, type, dataYear } of services) {
    if (dataYear === undefined || dataYear === year) continue;
    log.add('dataYearDiffers', {
      period,
      cells: [`${at}.dataYear`],
      service: code,
      type,
      expected: year,
      found: dataYear,
      cause: { zh: '以其他年份的数据代替', en: 'figures of another year stand in' },
    });
  }
}

/** A reported price beside the one that the norm took; the same price twice wants no word. */
function checkSetAside({ period, setAside }: StatedPeriod, log: FindingLog): void {
  for (const { at, item, type, price, unit, by, taken } of setAside) {
    if (taken !== undefined && new Decimal(taken).equals(price)) continue;
    log.add('reportedPriceUnused', {
      period,
      cells: [at],
      type,
      ...(taken === undefined ? {} : { expected: taken }),
      found: price,
      unit,
      cause:
        by === undefined
          ? { zh: `规范不为 ${item} 计价`, en: `the norm has no price for ${item}` }
          : { zh: `规范以自己的 ${by} 为 ${item} 计价`, en: `the norm prices ${item} by its own ${by}` },
    });
  }
}

function checkSigns({ valueUnit }: StatedAccount, { period, services, cells }: StatedPeriod, log: FindingLog): void {
  const isNegative = (text: string | undefined): text is string => text !== undefined && new Decimal(text).lessThan(0);
  const cause = {
    zh: '数量为负：耗水大于产水，或符号有误',
    en: 'the quantity is negative: more is used than yielded, or a sign is wrong',
  };
  for (const { at, code, type, value, negative } of services) {
    if (!isNegative(value)) continue;
    const grade = negative === 'keep' || negative === undefined ? ('D' as const) : ('B' as const);
    log.add('negativeValue', {
      period,
      cells: [`${at}.value`],
      service: code,
      type,
      found: value,
      unit: valueUnit,
      grade,
      cause,
    });
  }
  const listed = services.some(({ type }) => type !== undefined);
  for (const { at, row, type, value } of listed ? [] : cells)
    if (isNegative(value))
      log.add('negativeValue', { period, cells: [at], service: row, type, found: value, unit: valueUnit, cause });
}

/** Regulation on land under buildings, mines and roads, where a factor of nought usually made it. */
function checkBuiltLand(
  { types, valueUnit }: StatedAccount,
  { period, services, cells }: StatedPeriod,
  log: FindingLog,
): void {
  const built = new Set(types.flatMap(({ code, built: isBuilt }) => (isBuilt ? [code] : [])));
  const categories = new Map(
    services.flatMap(({ code, group, category }) => [
      [code, category],
      [group ?? code, category],
    ]),
  );
  const byType = services.some(({ type }) => type !== undefined);
  const earning = byType
    ? services.flatMap(({ at, code, type, value }) =>
        type && value ? [{ at: `${at}.value`, row: code, type, value }] : [],
      )
    : cells;
  for (const { at, row, type, value } of earning) {
    if (!built.has(type) || categories.get(row) !== 'regulating' || !new Decimal(value).greaterThan(0)) continue;
    log.add('creditForBuiltLand', {
      period,
      cells: [at],
      service: row,
      type,
      expected: '0',
      found: value,
      unit: valueUnit,
      cause: {
        zh: '系数 0（无径流、无侵蚀）用在了建设用地上',
        en: 'a coefficient of 0 (no runoff, no erosion) was applied to built land',
      },
    });
  }
}

function checkClaims({ period, claims }: StatedPeriod, log: FindingLog): void {
  for (const { at, from, to, direction } of claims) {
    const change = new Decimal(to).comparedTo(from);
    if (change === (direction === 'up' ? 1 : -1)) continue;
    const words = { up: { zh: '上升', en: 'rise' }, down: { zh: '下降', en: 'fall' } }[direction];
    log.add('directionReversed', {
      period,
      cells: [at],
      expected: change === 0 ? '=' : change > 0 ? '↑' : '↓',
      found: direction === 'up' ? '↑' : '↓',
      cause: {
        zh: `文字称${words.zh}，数字由 ${from} 变为 ${to}`,
        en: `the text speaks of a ${words.en}, the figures go from ${from} to ${to}`,
      },
    });
  }
}

function checkMeans({ period, means }: StatedPeriod, log: FindingLog): void {
  for (const { at, mean, classes } of means) {
    const stated = printedRange(mean);
    const area = sumInOrder(classes.map((one) => Number(one.area)));
    if (area === 0 || classes.length < 2) continue;
    const weighted = classes
      .reduce((sum, one) => sum.plus(new Decimal(one.mean).times(one.area)), new Decimal(0))
      .dividedBy(area);
    const summed = classes.reduce((sum, one) => sum.plus(one.mean), new Decimal(0));
    if (overlap(stated, widened(exactly(weighted), '0.01')) || !overlap(stated, widened(exactly(summed), '0.01')))
      continue;
    log.add('classMeansSummed', {
      period,
      cells: [at],
      expected: showLike(weighted, mean),
      found: mean,
      cause: { zh: '各类均值直接相加，未按面积加权', en: 'the class means were added up instead of weighted by area' },
    });
  }
}

function checkIndicators({ period, indicators }: StatedPeriod, log: FindingLog): void {
  for (const { at, value, low, high, direction, index } of indicators) {
    const span = new Decimal(high).minus(low);
    if (span.isZero()) continue;
    const rising = Decimal.min(1, Decimal.max(0, new Decimal(value).minus(low).dividedBy(span)));
    const falling = new Decimal(1).minus(rising);
    const [right, wrong] = direction === 'up' ? [rising, falling] : [falling, rising];
    const near = (target: Decimal): boolean =>
      overlap(printedRange(index), rangeOf(target.toString(), true)) || target.minus(index).abs().lessThan('0.0005');
    if (near(right)) continue;
    log.add('directionReversed', {
      period,
      cells: [at],
      expected: showLike(right, index),
      found: index,
      cause: near(wrong)
        ? {
            zh: '指标方向颠倒：数值越大越好与越小越好弄反',
            en: 'the indicator runs the wrong way: more is taken for better, or the reverse',
          }
        : { zh: '引用了别的单元格', en: 'another cell was read' },
    });
  }
}

function checkDiscount(
  { period }: StatedPeriod,
  { at, rate, year, timing, factor }: StatedDiscount,
  log: FindingLog,
): void {
  const one = new Decimal(1);
  const end = one.dividedBy(one.plus(rate).pow(year));
  const conventions = [
    { name: 'end', value: end, zh: '年末计息 1/(1+r)^t', en: 'end of year, 1/(1+r)^t' },
    {
      name: 'start',
      value: end.times(one.plus(rate)),
      zh: '年初计息 1/(1+r)^(t−1)',
      en: 'start of year, 1/(1+r)^(t−1)',
    },
    { name: 'linear', value: one.minus(rate).pow(year), zh: '(1−r)^t', en: '(1−r)^t' },
    { name: 'linearStart', value: one.minus(rate).pow(year - 1), zh: '(1−r)^(t−1)', en: '(1−r)^(t−1)' },
  ];
  const right = conventions.find(({ name }) => name === timing)!;
  const printed = printedRange(factor);
  const fits = (value: Decimal): boolean =>
    overlap(printed, widened(exactly(value), log.limit('discountConvention', 'relative')));
  if (fits(right.value)) return;
  const used = conventions.find(({ value }) => fits(value));
  log.add('discountConvention', {
    period,
    cells: [at],
    expected: showLike(right.value, factor),
    found: factor,
    cause: used
      ? {
          zh: `所列公式为${right.zh}，因子按${used.zh}算得`,
          en: `the formula says ${right.en}, the factor follows ${used.en}`,
        }
      : { zh: '因子与任何常见约定都不符', en: 'the factor follows no usual convention' },
  });
}

/** SEEA EA, changes of volume by what happened to condition and demand; null where the three cannot go together. */
function entryOf({ volume, condition, demand }: StatedEntry): StatedEntry['entry'] | null {
  if (volume === 'up') return condition === 'up' ? 'enhancement' : demand === 'up' ? 'upwardReappraisal' : null;
  return condition === 'down' ? 'degradation' : demand === 'down' ? 'downwardReappraisal' : null;
}

function checkEntry({ period }: StatedPeriod, entry: StatedEntry, log: FindingLog): void {
  const right = entryOf(entry);
  if (right === entry.entry) return;
  log.add('ruleNotFollowed', {
    period,
    cells: [entry.at],
    expected: right ?? '—',
    found: entry.entry,
    cause: right
      ? { zh: '物量变化的原因与分录不符', en: 'the entry is not that of the cause of the change' }
      : {
          zh: '物量、状况与需求的变化不可能同时成立',
          en: 'volume, condition and demand cannot have moved like this together',
        },
  });
}
