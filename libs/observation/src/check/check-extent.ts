/** Checks the extent table: a row per ecosystem type or per patch, with area and attributes. */
import { CheckRun, RowCheck } from './check-run';
import { acceptRow, implausible, MeasuredColumn, measuredColumns, misplaced, readValue } from './extent-row';
import { OpenTable } from '../table/open-table';
import { patchNameOf } from './patch-names';
import { PlainRows } from './plain-rows';
import { cellText, RawRow, wellFormed } from '../table/raw-table';
import { reasons } from '../table/reasons';

export function checkExtent(run: CheckRun, open: OpenTable): void {
  const columns = measuredColumns(run, open);
  const values = new Float64Array(run.v.attributes.length);
  const plain = open.table.bytes && new PlainRows(run, open, open.table.bytes, columns);
  for (const row of open.rows) {
    checkRow(run, open, row, columns, values);
    // Rows that were read ahead to find the header come first.
    if (plain && open.table.bytes?.row === row.row) plain.acceptAll();
  }
}

function checkRow(
  run: CheckRun,
  open: OpenTable,
  row: RawRow,
  columns: readonly MeasuredColumn[],
  values: Float64Array,
): void {
  run.rows += 1;
  const check = new RowCheck(run, open, row);
  const gathered = check.period();
  const type = readType(check);
  readValues(check, columns, values);
  const name = wellFormed(cellText(check.cell('patch')));
  if (!gathered) return;
  const placed = { type: type ?? -1, patch: name === '' ? undefined : patchNameOf(name) };
  const wrong = type === undefined ? undefined : misplaced(run, gathered, open.at.sheet, placed);
  if (wrong) check.problemAt(wrong.role, wrong.reason);
  if (check.refused || type === undefined) gathered.refusedRows += 1;
  else acceptRow(gathered, open.at.sheet, row.row, placed, values);
}

/** Position of the row's ecosystem type in the vocabulary. */
function readType(check: RowCheck): number | undefined {
  const text = cellText(check.cell('type'));
  const { types } = check.run;
  const type = text === '' ? undefined : types.find(text);
  if (type) return check.run.v.types.indexOf(type);
  const reason = text === '' ? reasons.blank('type') : reasons.typeUnknown(text, types.entries, types.closest(text));
  check.problemAt('type', reason);
  return undefined;
}

function readValues(check: RowCheck, columns: readonly MeasuredColumn[], values: Float64Array): void {
  values.fill(NaN);
  const { run, open, row } = check;
  for (const column of columns) {
    const { index, attribute } = column;
    if (attribute.code === 'area' && row.merged?.has(index)) {
      check.problem(index, reasons.mergedValue('area'));
      continue;
    }
    const value = readValue(run, row.cells[index], column, open.table.commaIsAmbiguous);
    const reason = typeof value !== 'number' ? value : Number.isNaN(value) ? undefined : implausible(attribute, value);
    if (reason) check.problem(index, reason);
    if (typeof value === 'number') values[column.position] = value;
  }
}
