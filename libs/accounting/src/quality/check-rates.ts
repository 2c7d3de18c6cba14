/** Rates: quantities per area and head against plausible bounds, values per area between periods, cells that changed places. */
import { Decimal } from '@gep/kernel';
import type { QualityBound } from '@gep/rulebook';
import { unassignedType } from '../account/account';
import type { FindingLog } from './finding';
import { factorBetween, holds, middle, over, overlap, Range, rangeOf, showLike } from './printed-range';
import type { StatedAccount, StatedCell, StatedPeriod, StatedService } from './stated-account';

export function checkRates(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) {
    for (const bound of log.rules.bounds)
      for (const row of period.services) checkBound(stated, period, row, bound, log);
    checkAreas(stated, period, log);
  }
  const swapped = findSwappedCells(stated, log);
  stated.periods.slice(1).forEach((later, at) => checkCellJumps(stated, stated.periods[at], later, swapped, log));
}

function checkBound(
  stated: StatedAccount,
  period: StatedPeriod,
  { at, code, type, plain, ...stands }: StatedService,
  bound: QualityBound,
  log: FindingLog,
): void {
  const { quantity, unit = '' } = plain ?? stands;
  if (quantity === undefined || unit.replace(/\/a$/, '') !== bound.unit) return;
  if (!bound.services.includes(code) && !bound.services.includes('*')) return;
  const base = bound.per === 'person' ? period.people : areaFor(period, code, type);
  if (base === undefined || new Decimal(base).isZero()) return;
  const rate = new Decimal(quantity).dividedBy(base).dividedBy(period.shareOfYear);
  const low = bound.low === undefined ? undefined : new Decimal(bound.low);
  if (rate.lessThanOrEqualTo(bound.high) && !(low && rate.lessThan(low))) return;
  const limit = rate.greaterThan(bound.high) ? `≤ ${bound.high}` : `≥ ${bound.low}`;
  log.add(bound.stock && rate.greaterThan(bound.high) ? 'stockAsFlow' : 'implausibleRate', {
    period: period.period,
    cells: [`${at}.quantity`],
    service: code,
    type,
    expected: limit,
    found: showLike(rate),
    unit: `${bound.unit}/(${bound.per}*a)`,
    cause: {
      zh: `${bound.name.zh}超出范围（${bound.source}）；单位、小数点或面积有误${bound.stock ? '，或计入了存量' : ''}`,
      en: `${bound.name.en} is out of range (${bound.source}); a unit, a point or an area is wrong${bound.stock ? ', or a stock was counted' : ''}`,
    },
  });
}

/** Area of the type; else of the types where the service has cells; else of everything. */
function areaFor({ areas, cells, services }: StatedPeriod, code: string, type?: string): string | undefined {
  const group = services.find((row) => row.code === code)?.group;
  const bearing = cells.filter(({ row, value }) => (row === code || row === group) && !new Decimal(value).isZero());
  const wanted = type !== undefined ? [type] : bearing.map((cell) => cell.type);
  const own = areas.filter((area) => area.area !== undefined && (wanted.length === 0 || wanted.includes(area.type)));
  if (own.length === 0) return undefined;
  return own.reduce((sum, { area }) => sum.plus(area!), new Decimal(0)).toString();
}

/** Land that has no area and earns something, and value tables that were computed with other areas. */
function checkAreas(stated: StatedAccount, { period, areas, types, cells }: StatedPeriod, log: FindingLog): void {
  if (areas.length === 0) return;
  const known = new Map(areas.flatMap(({ type, area }) => (area === undefined ? [] : [[type, area] as const])));
  const cause = { zh: '面积表与价值表取自不同版本的底图', en: 'areas and values were taken from different maps' };
  for (const { at, type, value, area } of types) {
    // What is measured for the territory as a whole stands on no land of its own.
    if (type === unassignedType) continue;
    const own = known.get(type) ?? '0';
    if (area !== undefined && !overlap(rangeOf(area, stated.exact), rangeOf(own, stated.exact)))
      log.add('areaMismatch', { period, cells: [`${at}.area`], type, expected: own, found: area, unit: 'hm2', cause });
    else if (value !== undefined && !new Decimal(value).isZero() && new Decimal(own).isZero())
      log.add('areaMismatch', {
        period,
        cells: [`${at}.value`],
        type,
        expected: '0',
        found: value,
        unit: stated.valueUnit,
        cause,
      });
  }
  const listed = new Set([unassignedType, ...types.map(({ type }) => type)]);
  for (const { at, type, value } of cells) {
    if (listed.has(type) || new Decimal(value).isZero() || !new Decimal(known.get(type) ?? '0').isZero()) continue;
    log.add('areaMismatch', { period, cells: [at], type, expected: '0', found: value, unit: stated.valueUnit, cause });
  }
}

/** Value per area of a cell; undefined without an area, or where either may be nought. */
function rateOf(stated: StatedAccount, { areas }: StatedPeriod, type: string, value: string): Range | undefined {
  const area = areas.find((one) => one.type === type)?.area;
  if (area === undefined) return undefined;
  const [amount, base] = [rangeOf(value, stated.exact), rangeOf(area, stated.exact)];
  const zero = new Decimal(0);
  return holds(base, zero) || holds(amount, zero) || amount.low.isNegative() ? undefined : over(amount, base);
}

/**
 * Two cells of a row whose values per area both leave those of the other period, and both return to them when the two
 * values are exchanged.
 * @returns places of the cells found
 */
function findSwappedCells(stated: StatedAccount, log: FindingLog): ReadonlySet<string> {
  const apart = new Decimal(log.limit('swappedCells', 'apart'));
  const together = new Decimal(log.limit('swappedCells', 'together'));
  const found = new Set<string>();
  // Few cells leave their usual rate, so that few pairs are left to be tried.
  const farCells = (here: StatedPeriod, there: StatedPeriod): RatedCell[] =>
    here.cells.flatMap((cell): RatedCell[] => {
      const twin = there.cells.find(({ row, type }) => row === cell.row && type === cell.type);
      const usual = twin && rateOf(stated, there, cell.type, twin.value);
      const own = usual && rateOf(stated, here, cell.type, cell.value);
      return own && factorBetween(own, usual).greaterThan(apart) ? [{ cell, usual }] : [];
    });
  // Which of two periods is wrong the figures do not say; of accounts the later one is still to be judged.
  for (const here of stated.exact ? [...stated.periods].reverse() : stated.periods)
    for (const there of stated.periods.filter((period) => period !== here))
      for (const [{ cell: a, usual: usualA }, { cell: b, usual: usualB }] of pairsOfRows(farCells(here, there))) {
        const exchanged = [rateOf(stated, here, a.type, b.value), rateOf(stated, here, b.type, a.value)];
        if (!exchanged[0] || !exchanged[1] || found.has(a.at)) continue;
        const comes = [factorBetween(exchanged[0], usualA), factorBetween(exchanged[1], usualB)];
        if (!comes.every((factor) => factor.lessThan(together))) continue;
        found.add(a.at).add(b.at);
        log.add('swappedCells', {
          period: here.period,
          cells: [a.at, b.at],
          service: a.row,
          type: a.type,
          expected: b.value,
          found: a.value,
          unit: stated.valueUnit,
          cause: {
            zh: `单位面积价值只有互换后才与 ${there.period} 一致（${showLike(middle(exchanged[0]))} 与 ${showLike(middle(usualA))}）`,
            en: `per area they agree with ${there.period} only when exchanged (${showLike(middle(exchanged[0]))} beside ${showLike(middle(usualA))})`,
          },
        });
      }
  return found;
}

interface RatedCell {
  readonly cell: StatedCell;
  /** Value per area of the other period. */
  readonly usual: Range;
}

function pairsOfRows(cells: readonly RatedCell[]): [RatedCell, RatedCell][] {
  return cells.flatMap((a, at) =>
    cells.slice(at + 1).flatMap((b): [RatedCell, RatedCell][] => (a.cell.row === b.cell.row ? [[a, b]] : [])),
  );
}

function checkCellJumps(
  stated: StatedAccount,
  earlier: StatedPeriod,
  later: StatedPeriod,
  swapped: ReadonlySet<string>,
  log: FindingLog,
): void {
  for (const cell of later.cells) {
    const twin = earlier.cells.find(({ row, type }) => row === cell.row && type === cell.type);
    if (!twin || swapped.has(cell.at) || swapped.has(twin.at)) continue;
    const [a, b] = [rateOf(stated, earlier, cell.type, twin.value), rateOf(stated, later, cell.type, cell.value)];
    if (!a || !b) continue;
    const factor = factorBetween(a, b);
    if (factor.lessThan(log.limit('rateJump', 'hint'))) continue;
    log.add('rateJump', {
      period: later.period,
      cells: [cell.at, twin.at],
      service: cell.row,
      type: cell.type,
      expected: showLike(middle(a)),
      found: showLike(middle(b)),
      unit: `${stated.valueUnit}/hm2`,
      ...(factor.greaterThanOrEqualTo(log.limit('rateJump', 'explain')) ? { grade: 'C' as const } : {}),
      cause: {
        zh: '单价、天气或状况变化；若均未变，则面积或价值有误',
        en: 'price, weather or condition changed; if none did, area or value is wrong',
      },
    });
  }
}
