/** What the services of a norm need of the rows of each type, so that it can be told before anything is computed. */
import { compileFormulas, type DaySum, MissingParameterValue, neededColumns, UndefinedValue } from '@gep/formula';
import type { NormEdition, Service } from '../norm/norm';
import { attributeFallbacks } from './attribute-fallbacks';
import { LookupContext, parameterLookup } from './parameter-lookup';

/** An attribute or daily series without which services cannot be computed over rows of a type. */
export interface NeededAttribute {
  readonly attribute: string;
  readonly type: string;
  readonly services: readonly string[];
}

const kept = new WeakMap<NormEdition, Map<string, readonly NeededAttribute[]>>();

/** By attribute, then type, for all types of the norm. What has a value that stands in is not needed. */
export function neededAttributes(norm: NormEdition, context: LookupContext): readonly NeededAttribute[] {
  const known = kept.get(norm) ?? new Map<string, readonly NeededAttribute[]>();
  kept.set(norm, known);
  const own = new Set(norm.parameters.flatMap(({ values }) => values.map(({ place }) => place)));
  const key = JSON.stringify([context.date, context.places.filter((place) => own.has(place))]);
  const needed = known.get(key) ?? findNeeded(norm, context);
  known.set(key, needed);
  return needed;
}

function findNeeded(norm: NormEdition, context: LookupContext): NeededAttribute[] {
  const lookup = parameterLookup(norm, context);
  const types = norm.types.map(({ code }) => code);
  const standIns = new Map(attributeFallbacks(norm, lookup, types).map(({ attribute, byType }) => [attribute, byType]));
  const services = new Map<string, string[]>();
  for (const service of norm.services) {
    for (const pair of new Set(pairsOf(norm, service, lookup, types))) {
      services.set(pair, [...(services.get(pair) ?? []), service.code]);
    }
  }
  // A required one was asked for already: rows without it are refused.
  const measured = [...norm.attributes, ...norm.series.map(({ code }) => ({ code, required: false }))];
  return measured.flatMap(({ code: attribute, required }) =>
    (required ? [] : types).flatMap((type, index) => {
      const needing = services.get(`${attribute} ${type}`);
      const standsIn = !Number.isNaN(standIns.get(attribute)?.[index] ?? NaN);
      return needing && !standsIn ? [{ attribute, type, services: needing }] : [];
    }),
  );
}

/** `attribute type` of what a service reads; nothing of one that lacks a parameter, which has a refusal of its own. */
function pairsOf(
  { formulas }: NormEdition,
  { quantity, price, types: counted }: Service,
  lookup: ReturnType<typeof parameterLookup>,
  types: readonly string[],
): string[] {
  const codes = [quantity, price].flatMap((part) => (part.kind === 'formula' ? [part.formula] : []));
  const pairsFor = (code: string, wanted: readonly string[]): string[] => {
    const { plan, daySums } = compileFormulas(formulas, [{ code, types: wanted }], lookup, types);
    return neededColumns(plan).flatMap((columns, at) =>
      columns.flatMap((column) => readBy(plan.columns[column], daySums).map((name) => `${name} ${plan.types[at]}`)),
    );
  };
  const sound = (code: string, wanted: readonly string[]): string[] => {
    try {
      return pairsFor(code, wanted);
    } catch (error) {
      if (!(error instanceof MissingParameterValue || error instanceof UndefinedValue)) throw error;
      return wanted.length > 1 ? wanted.flatMap((type) => sound(code, [type])) : [];
    }
  };
  return codes.flatMap((code) => sound(code, counted));
}

/** A column itself, or the series of the sum over days that stands as one. */
function readBy(column: string, daySums: readonly DaySum[]): string[] {
  const sum = daySums.find((each) => each.column === column);
  return sum ? [...sum.series, ...sum.sums.flatMap((inner) => readBy(inner, daySums))] : [column];
}
