/** A norm with one of its parameters as another norm has it. */
import { conversionFactor, Fraction, sameDimension } from '@gep/kernel';
import type { NormEdition, NormParameterValue, ParameterDefinition } from '@gep/rulebook';

/** Codes of parameters that both norms have, in the same dimension, with other values; in code order. */
export function differingParameters(from: NormEdition, to: NormEdition): string[] {
  const others = new Map(to.parameters.map((parameter) => [parameter.code, parameter]));
  return from.parameters
    .filter((parameter) => {
      const other = others.get(parameter.code);
      return (
        other &&
        sameDimension(parameter.unit.dimension, other.unit.dimension) &&
        valuesOf(parameter) !== valuesOf(other)
      );
    })
    .map(({ code }) => code)
    .sort();
}

/** The values as numbers, whatever unit they are written in and whoever vouches for them. */
function valuesOf({ unit, values }: ParameterDefinition): string {
  const texts = values.map(({ value, from, type = '', place = '' }) => {
    return JSON.stringify([place, type, from, value.times(unit.factor).toString()]);
  });
  return texts.sort().join();
}

/** @param from has the code, as `to` has in the same dimension; its unit stays, values are converted to it */
export function exchangeParameter(from: NormEdition, to: NormEdition, code: string): NormEdition {
  const other = to.parameters.find((parameter) => parameter.code === code)!;
  const parameters = from.parameters.map((parameter): ParameterDefinition => {
    if (parameter.code !== code) return parameter;
    const factor = conversionFactor(other.unit, parameter.unit);
    return { ...parameter, values: other.values.map((value) => converted(value, factor)) };
  });
  return { ...from, parameters };
}

function converted(value: NormParameterValue, factor: Fraction): NormParameterValue {
  const { spread, ...rest } = value;
  return {
    ...rest,
    value: value.value.times(factor),
    ...(spread && { spread: { ...spread, low: spread.low.times(factor), high: spread.high.times(factor) } }),
  };
}
