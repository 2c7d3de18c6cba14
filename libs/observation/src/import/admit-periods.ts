/** Decides which checked territories and periods of an import are let in, and what the import as a whole is. */
import { digestOfValue } from '@gep/kernel';
import type { NeededAttribute } from '@gep/rulebook';
import { CheckCounts } from '../check/check-tables';
import type { Overlap } from '../delivery/find-overlaps';
import type { JoinedPeriod } from '../delivery/join-delivery';
import { decodeChunk } from '../chunk/chunk-codec';
import type { PatchChunk } from '../chunk/patch-chunk';
import { CellProblem, ProblemList, Reason } from '../table/cell-problem';
import { reasons } from '../table/reasons';
import { CheckedFile, CheckedPeriod } from './checked-file';
import { warnIncomputable } from './warn-incomputable';

/** What is known of the places and of what holds now; keys are `territory period`. */
export interface KnownPlaces {
  /** Paths of the territories that exist in the period and that the importer may act for. */
  readonly paths: ReadonlyMap<string, string>;
  /** What services need of the rows of a place in a period. */
  readonly needed: ReadonlyMap<string, readonly NeededAttribute[]>;
  /** What holds now. */
  readonly current: ReadonlyMap<string, { readonly digest: string; readonly patches: number }>;
  /** Where what holds now may not be changed, and why. */
  readonly closed: ReadonlyMap<string, Reason>;
  /** Of a department's data sheet: what would hold with it. */
  readonly joined?: ReadonlyMap<string, JoinedPeriod>;
}

export interface AdmittedPeriod extends CheckedPeriod {
  readonly path: string;
  /** Digest of what the import itself brought; `digest` is that of what holds with it. */
  readonly ownDigest: string;
  /** What holds with this data sheet and the others; undefined for a whole upload. */
  readonly joined: JoinedPeriod | undefined;
  /** Against what holds now. */
  readonly change: 'new' | 'changed' | 'unchanged';
}

export interface Admission {
  readonly status: 'accepted' | 'partial' | 'refused';
  readonly admitted: AdmittedPeriod[];
  readonly problems: CellProblem[];
  readonly counts: CheckCounts;
}

export const periodKey = ({ territory, period }: { territory: string; period: string }): string =>
  `${territory} ${period}`;

/**
 * Refuses, at their cells, territories that are not there or not the importer's (the two are not told apart), changes
 * where the gate is closed, and imports that would silently take the areas away. With `allOrNothing` one error refuses everything.
 */
export function admitPeriods(checked: CheckedFile, known: KnownPlaces, allOrNothing: boolean): Admission {
  const problems = new ProblemList(checked);
  let { acceptedRows, refusedRows, patches, statistics } = checked.counts;
  const discount = (period: CheckedPeriod): void => {
    const { given = [], bytes } = period;
    const rows = period.patches + period.statistics.length + given.length + daysOf(decodeChunk(bytes));
    patches -= period.patches;
    statistics -= period.statistics.length;
    acceptedRows -= rows;
    refusedRows += rows;
  };
  const refuse = (period: CheckedPeriod, reason: Reason): void => {
    reportAtRows(problems, checked.territoryColumns, period, reason);
    discount(period);
  };
  const admitted: AdmittedPeriod[] = [];
  for (const period of checked.accepted) {
    const key = periodKey(period);
    const path = known.paths.get(key);
    const now = known.current.get(key);
    const joined = known.joined?.get(key);
    const { digest, patches: left } = joined ?? period;
    const closed = now?.digest === digest ? undefined : known.closed.get(key);
    if (path === undefined) refuse(period, reasons.territoryUnknown(period.territory, period.period));
    else if (closed) refuse(period, closed);
    else if (joined && joined.overlaps.length > 0) {
      for (const overlap of joined.overlaps) reportOverlap(problems, joined.arrived, overlap);
      discount(period);
    } else if (now && now.patches > 0 && left === 0) refuse(period, reasons.extentLost());
    else {
      // What a department lacks others may bring; the list of sheets tells what is missing.
      if (!joined) warnIncomputable(problems, period, known.needed.get(key) ?? []);
      const change = !now ? 'new' : now.digest === digest ? 'unchanged' : 'changed';
      admitted.push({ ...period, path, digest, ownDigest: period.digest, joined, change });
    }
  }
  const { errors, warnings, omitted } = problems;
  const none = allOrNothing && errors > 0;
  if (none) [acceptedRows, refusedRows, patches, statistics] = [0, checked.counts.rows, 0, 0];
  const left = none ? [] : admitted;
  return {
    status: left.length === 0 ? 'refused' : errors > 0 ? 'partial' : 'accepted',
    admitted: left,
    problems: problems.inRowOrder,
    counts: {
      ...checked.counts,
      acceptedRows,
      refusedRows,
      patches,
      statistics,
      errors,
      warnings,
      omittedProblems: omitted,
    },
  };
}

/** One problem at each row that names the territory and period. */
function reportAtRows(
  problems: ProblemList,
  columns: CheckedFile['territoryColumns'],
  { territory, statistics, bytes, given = [] }: CheckedPeriod,
  reason: Reason,
): void {
  const { sourceRow, sourceSheet } = decodeChunk(bytes);
  const found = [...Array.from(sourceRow, (row) => ({ sheet: sourceSheet, row })), ...given, ...statistics];
  // Of daily values only the table is known; it is in none of the others.
  const rows = found.length > 0 ? found : [{ sheet: columns[0]?.at.sheet ?? '', row: 1 }];
  for (const { sheet, row } of rows) {
    const column = columns.find(({ at }) => at.sheet === sheet);
    if (column) problems.add(column.at, row, column.index, territory, reason);
    else problems.addNamed(sheet, row, 'territory', territory, reason);
  }
}

/** Rows of daily values: a row gives a day of one or several series. */
function daysOf({ series = [] }: PatchChunk): number {
  const days = series[0]?.values.length ?? 0;
  let rows = 0;
  for (let day = 0; day < days; day += 1) if (series.some(({ values }) => !Number.isNaN(values[day]))) rows += 1;
  return rows;
}

/** At the row of the file that is not kept; the other side stands in the file of another department. */
function reportOverlap(problems: ProblemList, arrived: string, { what, column, sides }: Overlap): void {
  const [one, other] = sides;
  const [mine, theirs] = one.dataSheet === arrived ? [one, other] : [other, one];
  problems.addNamed(mine.sheet, mine.row, column, mine.value, reasons.sheetOverlap(what, mine, theirs));
}

/** What makes two imports the same: the files, the norm, the data sheet, and what of them was let in. */
export function outcomeDigest(
  of: { readonly fileDigest: string; readonly normId: string; readonly dataSheet: string | undefined },
  admitted: readonly AdmittedPeriod[],
): string {
  const periods = admitted.map(({ territory, path, period, ownDigest, refusedRows }) => [
    territory,
    path,
    period,
    ownDigest,
    refusedRows,
  ]);
  const { fileDigest, normId, dataSheet } = of;
  return digestOfValue({ fileDigest, normId, periods, ...(dataSheet !== undefined && { dataSheet }) });
}

/** The nearest path that covers all of these; null when there are none. */
export function coveringPath(paths: readonly string[]): string | null {
  if (paths.length === 0) return null;
  const labels = paths.map((path) => path.split('.'));
  const [first] = labels;
  const differing = first.findIndex((label, depth) => labels.some((other) => other[depth] !== label));
  const covering = differing < 0 ? first : first.slice(0, differing);
  return covering.length === 0 ? null : covering.join('.');
}
