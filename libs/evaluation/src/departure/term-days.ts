/** A term of office in days: which stocks stand at its ends, and which share of each year's change is its own (rule E27). */
import { assert, daysOfPeriod, type Fen } from '@gep/kernel';

/** From the first to the last day in office, both `YYYY-MM-DD` and both served. */
export interface Term {
  readonly appointedOn: string;
  readonly departedOn: string;
}

/** Of the `of` days of a year, those after the first `from` and up to `to` were in office. */
export interface DayShare {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/** The change between two years and what of it the term counts. */
export interface TermSegment {
  readonly before: string;
  readonly after: string;
  readonly share: DayShare;
}

export type TermEnd = 'appointment' | 'departure';

export const isWhole = ({ from, to, of }: DayShare): boolean => from === 0 && to === of;

const yearOf = (day: string): number => Number(day.slice(0, 4));
const dayOfYear = (day: string): number => daysOfPeriod(day.slice(0, 4)).indexOf(day) + 1;
const daysIn = (year: number): number => daysOfPeriod(String(year)).length;

/**
 * The year whose closing stock stands at this end of a term: the last one that had ended. A stock is never put together by days;
 * what is nearest before the day is what was known of it.
 */
export function stockYear(end: TermEnd, day: string): string {
  const served = end === 'appointment' ? dayOfYear(day) - 1 : dayOfYear(day);
  return String(served === daysIn(yearOf(day)) ? yearOf(day) : yearOf(day) - 1);
}

/** The year that this end of a term divides, of which the term has its share of days; undefined when it divides none. */
export function dividedYear(end: TermEnd, day: string): string | undefined {
  const served = end === 'appointment' ? dayOfYear(day) - 1 : dayOfYear(day);
  return served === 0 || served === daysIn(yearOf(day)) ? undefined : String(yearOf(day));
}

/** Changes of flows from year to year that belong to the term: whole years in one step, divided ones by days. */
export function termSegments({ appointedOn, departedOn }: Term): TermSegment[] {
  assert(appointedOn <= departedOn, `a term ends before it begins: ${appointedOn} ${departedOn}`);
  const [first, last] = [yearOf(appointedOn), yearOf(departedOn)];
  const segments: TermSegment[] = [];
  for (let year = first; year <= last; year++) {
    const share = {
      from: year === first ? dayOfYear(appointedOn) - 1 : 0,
      to: year === last ? dayOfYear(departedOn) : daysIn(year),
      of: daysIn(year),
    };
    const previous = segments.at(-1);
    const [before, after] = [String(year - 1), String(year)];
    if (previous && isWhole(previous.share) && isWhole(share)) segments[segments.length - 1] = { ...previous, after };
    else segments.push({ before, after, share });
  }
  return segments;
}

/**
 * What of a year's change the term counts. Counted from the beginning of the year at both ends and rounded half away from zero,
 * so that terms that follow each other count all of it and no fen twice.
 */
export function countedFen(fen: Fen, { from, to, of }: DayShare): Fen {
  return roundedPart(fen, to, of) - roundedPart(fen, from, of);
}

/** What of a year's change came before the term, as it is counted for whoever was in office then. */
export const earlierFen = (fen: Fen, { from, of }: DayShare): Fen => roundedPart(fen, from, of);

function roundedPart(fen: Fen, days: number, of: number): Fen {
  const [whole, size] = [BigInt(of), fen < 0n ? -fen : fen];
  const part = (2n * size * BigInt(days) + whole) / (2n * whole);
  return fen < 0n ? -part : part;
}
