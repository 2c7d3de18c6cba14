/** Says where and when a value was sought that a formula did not find, and from when the norm has one. */
import { MissingParameterValue } from '@gep/formula';
import { isPlaceWithin, type NormEdition } from '@gep/rulebook';
import type { ObservedAt } from '../errors';
import { ParameterMissing, type LackingValue } from './errors';

interface Sought {
  readonly norm: Pick<NormEdition, 'parameters'>;
  readonly at: ObservedAt;
  readonly date: string;
}

/** Computes, and turns a value that a formula lacks into a refusal of the account. @throws ParameterMissing */
export function tellLacking<T>(sought: Sought, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof MissingParameterValue)) throw error;
    const lacking = error.missing.map(({ parameter, type = null, formula }) =>
      lackingValue(sought, parameter, type, formula),
    );
    throw new ParameterMissing(sought.at, sought.date, lacking);
  }
}

/** What the norm has of a parameter, where the value for a type is not found. */
export function lackingValue(
  { norm, at }: Sought,
  parameter: string,
  type: string | null,
  neededBy: string,
): LackingValue {
  const values = norm.parameters.find(({ code }) => code === parameter)?.values ?? [];
  const fitting = values.filter((value) => value.type === undefined || value.type === type);
  const here = fitting.filter(({ place }) => place === undefined || isPlaceWithin(at.territory, place));
  const [begins = null] = here.map(({ from }) => from).sort();
  const places = here.length > 0 ? [] : [...new Set(fitting.flatMap(({ place }) => place ?? []))];
  return { parameter, type, neededBy, begins, places };
}
