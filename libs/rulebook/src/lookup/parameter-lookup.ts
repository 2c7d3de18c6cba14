/** Finds the value of a parameter that holds for a type, at a place, on a day. */
import type { ParameterLookup, ParameterValue } from '@gep/formula';
import type { NormEdition, NormParameterValue, ParameterDefinition } from '../norm/norm';

/** Where and when an account is computed. */
export interface LookupContext {
  /** Codes of the territory and its ancestors, nearest first, for example `['520523', '520500', '520000', 'CN']`. */
  readonly places: readonly string[];
  /** The last day of the accounting period, `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * The rule: the nearest place that has a value wins, values without a place come last; at one place a value for the
 * type wins over one for all types; of these the latest that has begun on the day. A place whose values all begin
 * later is passed over.
 */
export function parameterLookup(norm: Pick<NormEdition, 'parameters'>, context: LookupContext): ParameterLookup {
  const index = new Map(norm.parameters.map((parameter) => [parameter.code, indexValues(parameter)]));
  return (code, { type, date = context.date, place }) => {
    const values = index.get(code);
    if (!values) return undefined;
    for (const at of [...(place === undefined ? context.places : placesAbove(place)), '']) {
      const found = latest(values.get(keyOf(at, type)), date) ?? latest(values.get(keyOf(at, undefined)), date);
      if (found) return found;
    }
    return undefined;
  };
}

const keyOf = (place: string, type: string | undefined): string => `${place} ${type ?? ''}`;

/** Values by place and type, each list from the latest date to the earliest. */
function indexValues({ code, unit, values }: ParameterDefinition): Map<string, ParameterValue[]> {
  const index = new Map<string, ParameterValue[]>();
  for (const value of [...values].sort(fromLatest)) {
    // A value of the whole nation is the same as one without a place.
    const key = keyOf(value.place === 'CN' ? '' : (value.place ?? ''), value.type);
    index.set(key, [...(index.get(key) ?? []), { code, unit, ...value }]);
  }
  return index;
}

const fromLatest = (a: NormParameterValue, b: NormParameterValue): number =>
  a.from < b.from ? 1 : a.from > b.from ? -1 : 0;
const latest = (values: readonly ParameterValue[] | undefined, date: string): ParameterValue | undefined =>
  values?.find(({ from }) => from <= date);

/** A place named in a formula and the administrative units that its own digits name: village, township, county, … */
function placesAbove(place: string): string[] {
  const digits = /^\d+/.exec(place)?.[0] ?? '';
  const levels = [12, 9, 6].filter((length) => length <= digits.length).map((length) => digits.slice(0, length));
  const above = digits.length >= 6 ? [`${digits.slice(0, 4)}00`, `${digits.slice(0, 2)}0000`] : [];
  return [...new Set([place, ...levels, ...above])];
}
