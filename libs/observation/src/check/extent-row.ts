/** What one row of the extent table must satisfy, whichever way its cells were read: values, bounds, place among the others. */
import { Fraction, Unit } from '@gep/kernel';
import { Reason } from '../table/cell-problem';
import { CheckRun, readMeasure } from './check-run';
import { GatheredPeriod } from './gathered-period';
import { OpenTable } from '../table/open-table';
import { PatchName, textOf } from './patch-names';
import { RawCell } from '../table/raw-table';
import { convertToDouble } from './read-number';
import { reasons } from '../table/reasons';
import { ColumnRole } from '../table/column-roles';
import { ObservedAttribute } from '../table/vocabulary';

/** A column of numbers: which attribute, and the factor from its header's unit. */
export interface MeasuredColumn {
  readonly index: number;
  readonly position: number;
  readonly attribute: ObservedAttribute;
  readonly stated: Unit | undefined;
  readonly factor: Fraction;
}

/** What a row is about in its territory and period: the position of its type in the vocabulary, and its patch if it names one. */
export interface PlacedRow {
  type: number;
  patch: PatchName | undefined;
}

export function measuredColumns(run: CheckRun, open: OpenTable): MeasuredColumn[] {
  return open.header.columns.flatMap(({ index, meaning, unit }) => {
    if (!('attribute' in meaning)) return [];
    const position = run.v.attributes.findIndex(({ code }) => code === meaning.attribute);
    const attribute = run.v.attributes[position];
    if (!attribute) return [];
    return [{ index, position, attribute, stated: unit, factor: run.factor(unit ?? attribute.unit, attribute.unit) }];
  });
}

/** Value of a cell in the norm's unit, NaN when it says that there is none; or why it cannot be read. Bounds are not asked. */
export function readValue(
  run: CheckRun,
  cell: RawCell,
  { attribute, stated, factor }: MeasuredColumn,
  commaIsAmbiguous?: boolean,
): number | Reason {
  // Nearly every cell of a large workbook is a plain number in the norm's unit.
  if (typeof cell === 'number' && factor === Fraction.one && Number.isFinite(cell)) return cell + 0;
  const measure = readMeasure(run, cell, { stated, norm: attribute.unit }, commaIsAmbiguous);
  if (measure === undefined) return attribute.code === 'area' ? reasons.blank('area') : NaN;
  return 'code' in measure ? measure : (convertToDouble(measure.decimal, measure.factor) ?? reasons.notFinite());
}

/** hm²; no territory is larger than China's land (9.6 × 10⁸ hm²). */
const largestArea = 960_000_000;
const squareMetresPerHectare = 10_000;
const conversionOfLargestArea = (factor: Fraction): number =>
  (largestArea * squareMetresPerHectare) / factor.toNumber();

/** Least and greatest value that can be true, in the unit of the norm. */
export function boundsOf({ code, unit, min, max }: ObservedAttribute): { readonly low: number; readonly high: number } {
  if (code !== 'area') return { low: min ?? -Infinity, high: max ?? Infinity };
  return { low: Math.max(0, min ?? 0), high: max ?? conversionOfLargestArea(unit.factor) };
}

/** Refuses what cannot be true: a negative or absurd area, a value outside the bounds of the norm. */
export function implausible(attribute: ObservedAttribute, value: number): Reason | undefined {
  const { low, high } = boundsOf(attribute);
  if (value >= low && value <= high) return undefined;
  if (attribute.code === 'area' && value < 0) return reasons.negative(attribute);
  return reasons.outOfRange(attribute, String(low), String(high), attribute.unit.text);
}

/** Why a row cannot stand beside the earlier ones of its territory and period: other sheet, other habit of naming patches, repetition. */
export function misplaced(
  run: CheckRun,
  gathered: GatheredPeriod,
  sheet: string,
  { type, patch }: PlacedRow,
): { readonly role: ColumnRole; readonly reason: Reason } | undefined {
  if (gathered.rows > 0) {
    if (gathered.sheet !== sheet) return { role: 'territory', reason: reasons.otherSheet(gathered.sheet) };
    if (gathered.namesPatches && !patch) return { role: 'patch', reason: reasons.patchMissing(gathered.firstRow) };
    if (!gathered.namesPatches && patch) return { role: 'patch', reason: reasons.patchUnexpected(gathered.firstRow) };
  }
  const earlier = gathered.earlier(type, patch);
  if (earlier === undefined) return undefined;
  if (!patch) return { role: 'type', reason: reasons.duplicateType(run.v.types[type], earlier) };
  return { role: 'patch', reason: reasons.duplicatePatch(textOf(patch), earlier) };
}

/** Keeps a row in which nothing is wrong. @param values one per attribute of the vocabulary, NaN where absent */
export function acceptRow(
  gathered: GatheredPeriod,
  sheet: string,
  row: number,
  { type, patch }: PlacedRow,
  values: Float64Array,
): void {
  if (gathered.rows === 0) {
    gathered.sheet = sheet;
    gathered.firstRow = row;
    gathered.namesPatches = patch !== undefined;
  }
  gathered.add(row, type, patch, values);
}
