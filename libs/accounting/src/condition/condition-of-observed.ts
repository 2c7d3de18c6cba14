/** Makes the input of a condition account from observations: variables are attributes that patches have a value of. */
import { conversionFactor, Fraction, sameDimension } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import type { ConditionInput, ConditionPeriod, ConditionPlace, ConditionVariable } from './condition-account';
import { ConditionUnitDiffers, ConditionVariableUnknown } from './errors';

/** What makes variables into indicators; the values come from elsewhere. */
export type ConditionDefinition = Pick<ConditionInput, 'variables' | 'classWeights'>;

/** Observed parts of a territory in one period; their norm names and measures the attributes. */
export interface ObservedCondition {
  readonly period: string;
  readonly parts: readonly { readonly norm: NormEdition; readonly observed: ObservedPeriod }[];
}

/**
 * Patches of a type that have the same values are one place, which changes no mean. Types and the unit of area are those
 * of the norm of the last period.
 * @throws ConditionVariableUnknown, ConditionUnitDiffers
 */
export function conditionOfObserved(
  territory: string,
  definition: ConditionDefinition,
  periods: readonly ObservedCondition[],
): ConditionInput {
  const { norm } = periods[periods.length - 1].parts[0];
  const read = periods.map(({ period, parts }): ConditionPeriod => {
    const places = new Map<string, ConditionPlace>();
    for (const { norm: own, observed } of parts) addPlaces(places, definition.variables, own, observed);
    return { period, places: [...places.values()] };
  });
  const present = new Set(read.flatMap(({ places }) => places.map(({ type }) => type)));
  return {
    ...definition,
    territory,
    unit: norm.attributes.find(({ code }) => code === 'area')!.unit.text,
    types: norm.types.filter(({ code }) => present.has(code)).map(({ code, name }) => ({ code, name })),
    periods: read,
  };
}

function addPlaces(
  places: Map<string, ConditionPlace>,
  variables: readonly ConditionVariable[],
  norm: NormEdition,
  { chunks }: ObservedPeriod,
): void {
  const factors = variables.map((variable) => [variable.code, factorOf(norm, variable)] as const);
  const columns = factors.map(([code]) => code);
  for (const { rows, types, typeIndex, columns: given } of chunks) {
    for (let row = 0; row < rows; row++) {
      const type = types[typeIndex[row]];
      const numbers = columns.map((code) => given[code]?.[row] ?? NaN);
      const key = `${type} ${numbers.join(' ')}`;
      const area = exactly(given.area[row]);
      const known = places.get(key);
      const values = (): ConditionPlace['values'] =>
        new Map(
          factors.flatMap(([code, factor], at) =>
            Number.isNaN(numbers[at]) ? [] : [[code, exactly(numbers[at]).times(factor)]],
          ),
        );
      if (known) places.set(key, { ...known, area: known.area.plus(area) });
      else places.set(key, { type, patch: key, area, values: values() });
    }
  }
}

/** Units of the variable in one unit of the attribute. */
function factorOf({ attributes, units }: NormEdition, { code, unit }: ConditionVariable): Fraction {
  const measured = attributes.filter((attribute) => attribute.code !== 'area');
  const attribute = measured.find((one) => one.code === code);
  if (!attribute)
    throw new ConditionVariableUnknown(
      code,
      measured.map((one) => one.code),
    );
  const wanted = parsed(units, unit);
  if (!wanted || !sameDimension(wanted.dimension, attribute.unit.dimension))
    throw new ConditionUnitDiffers(code, unit, attribute.unit.text);
  return conversionFactor(attribute.unit, wanted);
}

function parsed(units: NormEdition['units'], text: string): ReturnType<NormEdition['units']['parse']> | undefined {
  try {
    return units.parse(text);
  } catch {
    return undefined;
  }
}

const exactly = (number: number): Fraction => Fraction.parse(String(number))!;
