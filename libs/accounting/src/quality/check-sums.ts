/** Sums: totals and subtotals against their parts, and the same quantity in two tables. */
import type { Discovery, FindingLog } from './finding';
import { digitSwaps, partLeftOut, plainFactor, swapThatGives } from './digit-slip';
import { byLastDigit, middle, missesByLastDigit, overlap, Range, rangeOf, showLike, sumOf } from './printed-range';
import type { StatedAccount, StatedFigure, StatedPeriod, StatedSum } from './stated-account';

export function checkSums(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) {
    for (const sum of stated.onlyStatedSums ? period.sums : sumsOf(period, stated.exact))
      checkSum(stated, period, sum, log);
    checkTwoTotals(stated, period, log);
  }
}

/**
 * Every sum that the tables of a period imply.
 * @param byService rows of cells are services, whatever group has the same code
 */
export function sumsOf(period: StatedPeriod, byService = false): StatedSum[] {
  const { areas, areaTotal, services, types, cells, totals } = period;
  const sums: StatedSum[] = [...period.sums];
  const areaParts = areas.flatMap(({ at, area }) => figure(`${at}.area`, area));
  if (areaTotal && areaParts.length > 0) sums.push({ total: areaTotal, parts: areaParts });
  const serviceParts = services.flatMap(({ at, value }) => figure(`${at}.value`, value));
  const typeParts = types.flatMap(({ at, value }) => figure(`${at}.value`, value));
  const [whole] = totals;
  // The whole of each table is the total that stands nearest to it; all totals are compared with each other.
  if (whole && serviceParts.length > 0) sums.push({ total: totalOf(totals, services[0].at), parts: serviceParts });
  if (whole && typeParts.length > 0) sums.push({ total: totalOf(totals, types[0].at), parts: typeParts });
  for (const { at, type, value } of types) {
    const column = cells.filter((cell) => cell.type === type);
    if (value !== undefined && column.length > 0)
      sums.push({ total: { at: `${at}.value`, text: value }, parts: column.map(partOf), acrossTables: true });
  }
  for (const row of new Set(cells.map((cell) => cell.row))) {
    const across = cells.filter((cell) => cell.row === row).map(partOf);
    const own = services.filter(({ code, group }) => code === row || (!byService && group === row));
    const values = own.flatMap(({ at, value }) => figure(`${at}.value`, value));
    if (values.length !== own.length || values.length === 0) continue;
    if (values.length === 1) sums.push({ total: values[0], parts: across, acrossTables: true });
    else sums.push({ total: { at: values[0].at, text: '' }, parts: [...values, ...across], acrossTables: true });
  }
  return sums;
}

/** Parts named in a finding about two tables. */
const mostShown = 6;

const figure = (at: string, text: string | undefined): StatedFigure[] => (text === undefined ? [] : [{ at, text }]);
const partOf = ({ at, value }: { at: string; value: string }): StatedFigure => ({ at, text: value });

/** The total of the same table, known by the beginning of its place; else the first. */
function totalOf(totals: readonly StatedFigure[], at: string): StatedFigure {
  const table = at.split('.')[0];
  return totals.find((total) => total.at.split('.')[0] === table) ?? totals[0];
}

function checkSum(
  stated: StatedAccount,
  { period }: StatedPeriod,
  { total, parts, acrossTables, totalHoldsAt, unit = unitAt(stated, total.at) }: StatedSum,
  log: FindingLog,
): void {
  const range = (text: string): Range => rangeOf(text, stated.exact);
  // Two lists of one quantity, neither of which prints a total: the services of a group beside its row of cells.
  if (total.text === '') return checkLists(stated, period, parts, log);
  const sum = sumOf(parts.map(({ text }) => range(text)));
  const whole = range(total.text);
  if (overlap(whole, sum)) return;
  const expected = showLike(middle(sum), total.text);
  const others = acrossTables ? parts.slice(0, mostShown).map(({ at }) => at) : [];
  const place = { period, cells: [total.at, ...others] as [string, ...string[]], expected, found: total.text, unit };
  if (!stated.exact && missesByLastDigit(total.text, sum, log.limit('totalNotParts', 'lastDigit')))
    return log.add(acrossTables ? 'twoTotals' : 'totalNotParts', { ...place, grade: 'C', cause: byLastDigit });
  const plain = acrossTables ? 'twoTotals' : 'totalNotParts';
  const gap = showLike(middle(whole).minus(middle(sum)), total.text);
  if (totalHoldsAt !== undefined)
    return log.add(plain, {
      ...place,
      cells: [total.at, ...parts.slice(0, mostShown).map(({ at }) => at)],
      cause: {
        zh: `合计与 ${log.named(totalHoldsAt)} 一致，与分项之和 ${expected} 相差 ${gap}：有误的应是某一分项`,
        en: `the total agrees with ${log.named(totalHoldsAt)} and is ${gap} beside the sum of the parts ${expected}: one of the parts is wrong`,
      },
    });
  const [rule, slip] = slipOf(stated, total, parts, log) ?? [plain, undefined];
  const factor = middle(sum).isZero() ? undefined : plainFactor(middle(whole).dividedBy(middle(sum)));
  const cause = factor ?? {
    zh: `与分项之和 ${expected} 相差 ${gap}，超出四舍五入；某一分项在别处改过，或合计未重算`,
    en: `${gap} beside the sum of the parts ${expected}, more than rounding; a part was changed elsewhere, or the total was not added up again`,
  };
  log.add(rule === 'either' ? plain : rule, { ...place, cause, ...slip });
}

/** A part that was left out, or two neighbouring digits that were exchanged: in the total, in a part, or in either. */
function slipOf(
  { exact }: StatedAccount,
  total: StatedFigure,
  parts: readonly StatedFigure[],
  log: FindingLog,
): [rule: 'componentMissing' | 'digitSwap' | 'either', slip: Partial<Discovery>] | undefined {
  const range = (text: string): Range => rangeOf(text, exact);
  const [whole, each] = [range(total.text), parts.map(({ text }) => range(text))];
  const sum = sumOf(each);
  const missing = partLeftOut(whole, sum, each);
  if (missing !== undefined) {
    const { at, text } = parts[missing];
    const [zh, en] = [`少的正是 ${log.named(at)}（${text}）`, `what is missing is just ${log.named(at)}: ${text}`];
    return ['componentMissing', { cells: [total.at, at], cause: { zh, en } }];
  }
  const swapped = swapThatGives(total.text, sum, range);
  const part = swappedPart(parts, whole, range);
  if (swapped !== undefined && part && !exact)
    return [
      'either',
      {
        cells: [total.at, part.at],
        cause: {
          zh: `相邻数字互换：合计 ${total.text} 应为 ${swapped}，或 ${log.named(part.at)} 的 ${part.text} 应为 ${part.swapped}；数字本身不能断定是哪一处`,
          en: `two neighbouring digits exchanged: the total ${total.text} should read ${swapped}, or ${log.named(part.at)} ${part.swapped} for ${part.text}; the figures do not tell which`,
        },
      },
    ];
  if (swapped !== undefined)
    return [
      'digitSwap',
      { cause: { zh: `${total.text} 应为 ${swapped}`, en: `${total.text} should read ${swapped}` } },
    ];
  if (!part || !exact) return undefined;
  const cause = {
    zh: `${part.text} 应为 ${part.swapped}，合计才成立`,
    en: `with ${part.swapped} for ${part.text} the total holds`,
  };
  return ['digitSwap', { cells: [part.at, total.at], expected: part.swapped, found: part.text, cause }];
}

/** Services of a group, and the same group by type: two lists that must come to the same. */
function checkLists(stated: StatedAccount, period: string, both: readonly StatedFigure[], log: FindingLog): void {
  const table = both[0].at.split('.')[0];
  const first = both.filter(({ at }) => at.split('.')[0] === table);
  const second = both.filter(({ at }) => at.split('.')[0] !== table);
  if (second.length === 0) return;
  const range = ({ text }: StatedFigure): Range => rangeOf(text, stated.exact);
  const [a, b] = [sumOf(first.map(range)), sumOf(second.map(range))];
  if (overlap(a, b)) return;
  const missing = partLeftOut(b, a, first.map(range));
  log.add(missing === undefined ? 'twoTotals' : 'componentMissing', {
    period,
    cells: [second[0].at, ...first.map(({ at }) => at)],
    expected: showLike(middle(a)),
    found: showLike(middle(b)),
    unit: stated.valueUnit,
    cause:
      missing === undefined
        ? { zh: '按服务与按类型的两张表不一致', en: 'the tables by service and by type differ' }
        : {
            zh: `少的正是 ${first[missing].at}（${first[missing].text}）`,
            en: `what is missing is just ${first[missing].at} (${first[missing].text})`,
          },
  });
}

function swappedPart(parts: readonly StatedFigure[], whole: Range, range: (text: string) => Range) {
  for (const { at, text } of parts) {
    const others = sumOf(parts.filter((other) => other.at !== at).map((other) => range(other.text)));
    const wanted = { low: whole.low.minus(others.high), high: whole.high.minus(others.low) };
    const swapped = digitSwaps(text).find((candidate) => overlap(range(candidate), wanted));
    if (swapped !== undefined) return { at, text, swapped };
  }
  return undefined;
}

/** The whole, stated in several places. */
function checkTwoTotals(stated: StatedAccount, { period, totals }: StatedPeriod, log: FindingLog): void {
  const [first, ...others] = totals;
  for (const other of others) {
    if (overlap(rangeOf(first.text, stated.exact), rangeOf(other.text, stated.exact))) continue;
    log.add('twoTotals', {
      period,
      cells: [other.at, first.at],
      expected: first.text,
      found: other.text,
      unit: stated.valueUnit,
      cause: { zh: '两张表的合计来自不同的核算', en: 'the totals of two tables come from different runs' },
    });
  }
}

const unitAt = ({ valueUnit }: StatedAccount, at: string): string =>
  at.includes('area') || at.startsWith('table1') ? 'hm2' : valueUnit;
