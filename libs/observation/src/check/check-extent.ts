/** Checks the extent table: a row per ecosystem type or per patch, with area and attributes. */
import { Fraction, Unit } from '@gep/kernel';
import { Reason } from '../table/cell-problem';
import { CheckRun, readMeasure, RowCheck } from './check-run';
import { GatheredPeriod } from './gathered-period';
import { OpenTable } from '../table/open-table';
import { cellText, wellFormed } from '../table/raw-table';
import { convertToDouble } from './read-number';
import { reasons } from '../table/reasons';
import { ObservedAttribute } from '../table/vocabulary';

/** A column of numbers: which attribute, and the factor from its header's unit. */
interface MeasuredColumn {
  readonly index: number;
  readonly position: number;
  readonly attribute: ObservedAttribute;
  readonly stated: Unit | undefined;
  readonly factor: Fraction;
}

/** hm²; no territory is larger than China's land (9.6 × 10⁸ hm²). */
const largestArea = 960_000_000;

export function checkExtent(run: CheckRun, open: OpenTable): void {
  const columns = measuredColumns(run, open);
  const values = new Float64Array(run.v.attributes.length);
  const typePosition = new Map(run.v.types.map(({ code }, i) => [code, i]));
  for (const row of open.rows) {
    run.rows += 1;
    const check = new RowCheck(run, open, row);
    const gathered = check.period();
    const type = readType(check);
    readValues(check, columns, values);
    const patch = wellFormed(cellText(check.cell('patch')));
    if (gathered && type !== undefined) checkPlace(check, gathered, type, patch);
    if (!gathered) continue;
    if (check.refused || type === undefined) gathered.refusedRows += 1;
    else accept(gathered, check, typePosition.get(type)!, patch, values);
  }
}

function accept(gathered: GatheredPeriod, check: RowCheck, type: number, patch: string, values: Float64Array): void {
  const { row } = check.row;
  if (gathered.rows === 0) {
    gathered.sheet = check.open.at.sheet;
    gathered.firstRow = row;
    gathered.namesPatches = patch !== '';
  }
  gathered.seen.set(patch === '' ? check.run.v.types[type].code : patch, row);
  gathered.add(row, type, patch, values);
}

function measuredColumns(run: CheckRun, open: OpenTable): MeasuredColumn[] {
  return open.header.columns.flatMap(({ index, meaning, unit }) => {
    if (!('attribute' in meaning)) return [];
    const position = run.v.attributes.findIndex(({ code }) => code === meaning.attribute);
    const attribute = run.v.attributes[position];
    if (!attribute) return [];
    return [{ index, position, attribute, stated: unit, factor: run.factor(unit ?? attribute.unit, attribute.unit) }];
  });
}

/** Code of the row's ecosystem type. */
function readType(check: RowCheck): string | undefined {
  const text = cellText(check.cell('type'));
  const { types } = check.run;
  const type = text === '' ? undefined : types.find(text);
  if (type) return type.code;
  const reason = text === '' ? reasons.blank('type') : reasons.typeUnknown(text, types.codes, types.closest(text));
  check.problemAt('type', reason);
  return undefined;
}

function readValues(check: RowCheck, columns: readonly MeasuredColumn[], values: Float64Array): void {
  values.fill(NaN);
  const { open, row } = check;
  for (const { index, position, attribute, stated, factor } of columns) {
    const cell = row.cells[index];
    if (attribute.code === 'area' && row.merged?.has(index)) {
      check.problem(index, reasons.mergedValue('area'));
      continue;
    }
    // Nearly every cell of a large file is a plain number in the norm's unit.
    if (typeof cell === 'number' && factor === Fraction.one && Number.isFinite(cell)) values[position] = cell + 0;
    else {
      const measure = readMeasure(check.run, cell, { stated, norm: attribute.unit }, open.table.commaIsAmbiguous);
      if (measure === undefined) {
        if (attribute.code === 'area') check.problem(index, reasons.blank('area'));
        continue;
      }
      const value =
        'code' in measure ? measure : (convertToDouble(measure.decimal, measure.factor) ?? reasons.notFinite());
      if (typeof value !== 'number') {
        check.problem(index, value);
        continue;
      }
      values[position] = value;
    }
    const reason = implausible(attribute, values[position]);
    if (reason) check.problem(index, reason);
  }
}

/** Refuses what cannot be true: a negative or absurd area, a value outside the bounds of the norm. */
export function implausible({ code, unit, min, max }: ObservedAttribute, value: number): Reason | undefined {
  if (code === 'area' && value < 0) return reasons.negative('area');
  const low = min ?? (code === 'area' ? 0 : -Infinity);
  const high = max ?? (code === 'area' ? conversionOfLargestArea(unit.factor) : Infinity);
  if (value >= low && value <= high) return undefined;
  return reasons.outOfRange(code, String(low), String(high), unit.text);
}

const squareMetresPerHectare = 10_000;
const conversionOfLargestArea = (factor: Fraction): number =>
  (largestArea * squareMetresPerHectare) / factor.toNumber();

/** Checks a row against the other rows of its territory and period: same sheet, same habit of naming patches, no repetition. */
function checkPlace(check: RowCheck, gathered: GatheredPeriod, type: string, patch: string): void {
  if (gathered.rows > 0) {
    if (gathered.sheet !== check.open.at.sheet) return check.problemAt('territory', reasons.otherSheet(gathered.sheet));
    if (gathered.namesPatches && patch === '') return check.problemAt('patch', reasons.patchMissing(gathered.firstRow));
    if (!gathered.namesPatches && patch !== '')
      return check.problemAt('patch', reasons.patchUnexpected(gathered.firstRow));
  }
  const earlier = gathered.seen.get(patch === '' ? type : patch);
  if (earlier === undefined) return;
  if (patch === '') check.problemAt('type', reasons.duplicateType(type, earlier));
  else check.problemAt('patch', reasons.duplicatePatch(patch, earlier));
}
