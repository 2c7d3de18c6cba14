/** What a cell of a printed table is of, and the unit that its digits are in. */
import type { Unit, UnitTable } from '@gep/kernel';
import type { CaseAxis, CaseMeasure, PrintedTable } from '@gep/rulebook';
import type { FigureChoice } from './account-figures';
import { parsePrintedUnit } from './printed-unit';

/** The key of a row or column that stands for all codes of its axis. */
export const wholeAxis = 'total';

const defaultUnits: Partial<Record<CaseMeasure, string>> = {
  value: '万元',
  area: 'hm2',
  perArea: '万元/hm2',
  share: '%',
  areaShare: '%',
  growth: '%',
  areaGrowth: '%',
  difference: '万元',
  areaDifference: 'hm2',
  yearlyChange: '%',
  yearlyGrowth: '%',
  dynamicDegree: '%',
  rank: '1',
  ratio: '1',
};

/** Codes of each axis that the accounts of a study know. */
export type KnownCodes = Readonly<Record<CaseAxis, ReadonlySet<string>>>;

/** What a column says of its figures: that they are of a measure, else that of the table. */
export const measureOf = ({ columns, measure }: PrintedTable, column: string): CaseMeasure =>
  columns === 'measure' ? (column as CaseMeasure) : (measure ?? 'value');

/** Codes that every cell of a table is held to. */
export function choiceOfTable({ where = {} }: PrintedTable): FigureChoice {
  return Object.fromEntries(Object.entries(where).map(([axis, codes]) => [axis, [codes].flat()]));
}

/** Codes that one cell is held to. A row of another level (a category or a formula among services) goes by that level. */
export function choiceOfCell(table: PrintedTable, row: string, column: string, known: KnownCodes): FigureChoice {
  const { rows, columns } = table;
  const held = (axis: CaseAxis, code: string): FigureChoice =>
    code === wholeAxis ? {} : { [levelOf(table, axis, code, known)]: table.sets?.[code]?.codes ?? [code] };
  return { ...choiceOfTable(table), ...held(rows, row), ...(columns === 'measure' ? {} : held(columns, column)) };
}

/** Where a code is looked for that the axis itself has not: the nearest level that has it, and formulas last. */
const otherLevels: Readonly<Partial<Record<CaseAxis, readonly CaseAxis[]>>> = {
  item: ['service', 'group', 'category', 'formula'],
  service: ['group', 'category', 'item', 'formula'],
  group: ['category', 'service', 'item', 'formula'],
  category: ['group', 'service', 'item', 'formula'],
};

/** The axis that a code of a row or column is held to. */
export function levelOf({ sets }: PrintedTable, axis: CaseAxis, code: string, known: KnownCodes): CaseAxis {
  if (sets?.[code] || known[axis].has(code)) return axis;
  return otherLevels[axis]?.find((level) => known[level].has(code)) ?? axis;
}

/**
 * The unit of a cell: its own, that of the table, the usual one of the measure, or that of the quantities behind it.
 * @throws UnknownUnit
 */
export function unitOfCell(
  { units: ofTable }: PrintedTable,
  measure: CaseMeasure,
  own: string | undefined,
  ofQuantity: () => string | undefined,
  units: UnitTable,
): Unit | undefined {
  const known = own ?? ofTable?.[measure] ?? defaultUnits[measure];
  if (known !== undefined) return parsePrintedUnit(known, units);
  const unit = ofQuantity();
  if (unit === undefined) return undefined;
  return parsePrintedUnit(measure === 'quantity' ? unit : `yuan/(${unit})`, units);
}

/** The digits of a printed figure, and its unit where it has one of its own. */
export function digitsAndUnit(text: string): [string, string?] {
  const at = text.indexOf(' ');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1).trim()];
}
