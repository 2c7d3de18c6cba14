/** Which data sheets hold for a territory and period, and what has come in of them. */
import { parsePeriod } from '@gep/kernel';
import { decodeChunk, type CurrentObservation, type StandingUpload } from '@gep/observation';
import type { DataSheet, SheetList, WorkCalendar } from '@gep/rulebook';
import { levelOfCode, placesOfPath } from '@gep/territory';
import { kindOfPeriod, type ReceivedContent } from './sheet-status';

/** A sheet that holds somewhere. */
export interface HeldSheet {
  readonly sheet: DataSheet;
  readonly calendar: WorkCalendar | null;
  /** Its list names the places where it is in force; others are proposals for the whole country. */
  readonly binding: boolean;
}

/** Sheets that hold for a norm, the length of a period, and a territory by its level and place. @param path ltree text */
export function sheetsOfPlace(
  lists: readonly SheetList[],
  of: { readonly territory: string; readonly path: string; readonly normId: string; readonly period: string },
): readonly HeldSheet[] {
  const kind = kindOfPeriod(parsePeriod(of.period));
  const level = levelOfCode(of.territory);
  const above = placesOfPath(of.path);
  return lists
    .filter(
      ({ norms, levels, periods }) => norms.includes(of.normId) && levels.includes(level) && periods.includes(kind),
    )
    .filter(({ places }) => !places || places.some((place) => above.includes(place)))
    .flatMap(({ sheets, calendar, places }) => sheets.map((sheet) => ({ sheet, calendar, binding: Boolean(places) })));
}

/** What stands together, with values that wait for the rows of another sheet. */
export function contentOf(
  observed: Pick<CurrentObservation, 'chunks' | 'statistics'> | undefined,
  uploads: readonly StandingUpload[],
): ReceivedContent {
  const { chunks = [], statistics = [] } = observed ?? {};
  const decoded = chunks.map(({ bytes }) => decodeChunk(bytes));
  const columns = new Set(uploads.flatMap(({ attributes }) => attributes));
  for (const chunk of decoded)
    for (const [name, values] of Object.entries(chunk.columns))
      if (values.some((value) => !Number.isNaN(value))) columns.add(name);
  return {
    rows: decoded.reduce((rows, chunk) => rows + chunk.rows, 0),
    columns,
    items: new Set(statistics.map(({ item }) => item)),
  };
}
