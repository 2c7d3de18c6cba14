/** Spans of days, from the first day that counts to the first that no longer does; dates are `YYYY-MM-DD` text. */

/** `validTo` null: still valid. ISO dates compare as text. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Later than every date; stands for the end of what is still valid. */
const never = '9999-99-99';

export function endOf(span: Validity): string {
  return span.validTo ?? never;
}

function spanOf(from: string, end: string): Validity {
  return { validFrom: from, validTo: end === never ? null : end };
}

/** True when the text is a real day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export function overlaps(a: Validity, b: Validity): boolean {
  return a.validFrom < endOf(b) && b.validFrom < endOf(a);
}

/** What of `span` none of `others` covers, in order of time. */
export function uncovered(span: Validity, others: readonly Validity[]): Validity[] {
  const gaps: Validity[] = [];
  let from = span.validFrom;
  for (const other of [...others].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    if (!overlaps(spanOf(from, endOf(span)), other)) continue;
    if (other.validFrom > from) gaps.push(spanOf(from, other.validFrom));
    from = endOf(other);
    if (from >= endOf(span)) return gaps;
  }
  if (from < endOf(span)) gaps.push(spanOf(from, endOf(span)));
  return gaps;
}

/** For messages: `2012-01-01 … 2023-06-30`, open end left out. */
export function formatValidity(span: Validity): string {
  return `${span.validFrom} … ${span.validTo ?? ''}`.trim();
}
