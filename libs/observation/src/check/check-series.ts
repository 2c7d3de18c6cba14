/** Checks a table of daily values: a row per territory and date, a column per series, in the unit of the norm. */
import { CheckRun, readMeasure, RowCheck } from './check-run';
import { convertToDouble } from './read-number';
import { readDate } from './read-keys';
import { GatheredPeriod } from './gathered-period';
import { OpenTable } from '../table/open-table';
import { isBlank } from '../table/raw-table';
import { reasons } from '../table/reasons';
import { HeaderColumn } from '../table/understand-header';
import { ObservedSeries } from '../table/vocabulary';

interface SeriesColumn {
  readonly column: HeaderColumn;
  readonly series: ObservedSeries;
}

export function checkSeries(run: CheckRun, open: OpenTable): void {
  const columns = open.header.columns.flatMap((column): SeriesColumn[] => {
    const { meaning } = column;
    const series = 'attribute' in meaning ? run.v.series.find(({ code }) => code === meaning.attribute) : undefined;
    return series ? [{ column, series }] : [];
  });
  for (const row of open.rows) {
    run.rows += 1;
    const check = new RowCheck(run, open, row);
    const day = readDay(check);
    const values = columns.map((each) => readValue(check, each, day));
    if (!check.refused && values.every(Number.isNaN)) check.problemAt('date', reasons.noDayValue());
    if (!day) continue;
    if (check.refused) {
      day.gathered.refusedRows += 1;
      continue;
    }
    values.forEach((value, at) => {
      if (!Number.isNaN(value)) day.gathered.days.put(columns[at].series.code, day.position, value, row.row);
    });
    day.gathered.noteDay(open.at, row.row);
    run.acceptedOther += 1;
  }
}

interface Day {
  readonly gathered: GatheredPeriod;
  readonly date: string;
  readonly position: number;
}

/** Where a row belongs. Without a period column the year of the date is the period. */
function readDay(check: RowCheck): Day | undefined {
  const date = readDate(check.cell('date'));
  if (typeof date !== 'string') {
    check.problemAt('date', date);
    const about = isBlank(check.cell('period')) ? undefined : check.period();
    if (about) about.refusedRows += 1;
    return undefined;
  }
  const gathered = check.period(date.slice(0, 4));
  if (!gathered) return undefined;
  const { days } = gathered.days;
  const position = gathered.days.positionOf(date);
  if (position >= 0) return { gathered, date, position };
  check.problemAt('date', reasons.dateOutside(date, gathered.period, days[0], days[days.length - 1]));
  gathered.refusedRows += 1;
  return undefined;
}

/** Value in the unit of the norm; NaN when there is none, or after a problem. */
function readValue(check: RowCheck, { column: { index, unit }, series }: SeriesColumn, day: Day | undefined): number {
  const cell = check.row.cells[index];
  if (check.row.merged?.has(index)) check.problem(index, reasons.mergedValue('value'));
  if (isBlank(cell)) return NaN;
  const units = { stated: unit, norm: series.unit };
  const measure = readMeasure(check.run, cell, units, check.open.table.commaIsAmbiguous);
  if (measure === undefined) return NaN;
  if ('code' in measure) {
    check.problem(index, measure);
    return NaN;
  }
  const value = convertToDouble(measure.decimal, measure.factor);
  const { min = -Infinity, max = Infinity } = series;
  if (value === undefined) check.problem(index, reasons.notFinite());
  else if (value < min || value > max)
    check.problem(index, reasons.outOfRange(series, String(min), String(max), series.unit.text));
  const earlier = day?.gathered.days.earlier(series.code, day.position);
  if (day && earlier !== undefined) check.problem(index, reasons.dayTwice(series.code, day.date, earlier));
  return value ?? NaN;
}
