/** Refuses an observation over whose rows a kernel could not compute, at the cells that are to blame. */
import { absentColumns, ColumnChunk, RowFault } from '@gep/formula';
import type { NormEdition } from '@gep/rulebook';
import { DaySeriesMissing } from '../days/errors';
import { dayTableOf } from '../days/fill-days';
import { AttributeMissing, QuantityNotFinite } from '../errors';
import { AccountProgram } from './account-program';
import { ObservedPeriod } from './observed-period';

/**
 * Turns the first faulty row into a refusal that names its cell; where an attribute is absent, all that are.
 * @param filled the rows as the kernel had them
 */
export function refuseFault(
  fault: RowFault,
  norm: NormEdition,
  { inputs, program }: AccountProgram,
  observed: ObservedPeriod,
  filled: readonly ColumnChunk[],
): never {
  const sourceOf = (chunk: number, row: number): { sheet: string; row: number } => {
    const { sourceSheet, sourceRow } = observed.chunks[chunk];
    return { sheet: sourceSheet, row: sourceRow[row] };
  };
  const { territory, period } = observed;
  if (fault.kind === 'missing' && program.daySums.some(({ column }) => column === fault.column))
    refuseDays(norm, inputs, program, observed);
  if (fault.kind === 'missing') {
    const lacking = absentColumns(program.plan, filled).map(({ type, column, rows, chunk, row }) => ({
      attribute: column,
      type,
      services: servicesReading(norm, inputs, column, type),
      rows,
      ...sourceOf(chunk, row),
    }));
    throw new AttributeMissing({ territory, period }, lacking);
  }
  const [formula] = fault.formulas;
  throw new QuantityNotFinite({ territory, period, ...sourceOf(fault.chunk, fault.row) }, formula, fault.type, NaN);
}

/** Names all series that have no value, with the services that read them. @throws DaySeriesMissing */
function refuseDays(
  norm: NormEdition,
  inputs: AccountProgram['inputs'],
  { daySums }: AccountProgram['program'],
  observed: ObservedPeriod,
): never {
  const { series } = dayTableOf(observed);
  const absent = [...new Set(daySums.flatMap((sum) => sum.series))].filter((code) => !(code in series));
  const reads = (formula: string): boolean => absent.some((code) => inputs.get(formula)!.series.has(code));
  const services = norm.services.filter(({ quantity }) => quantity.kind === 'formula' && reads(quantity.formula));
  throw new DaySeriesMissing(
    observed,
    absent,
    services.map(({ code }) => code),
  );
}

/** Services that count a type and whose quantity or price reads an attribute. */
function servicesReading(
  { services }: NormEdition,
  inputs: AccountProgram['inputs'],
  attribute: string,
  type: string,
): string[] {
  const reads = (formula: string): boolean => inputs.get(formula)!.attributes.has(attribute);
  return services
    .filter(({ types }) => types.includes(type))
    .filter(({ quantity, price }) => {
      return (
        (quantity.kind === 'formula' && reads(quantity.formula)) || (price.kind === 'formula' && reads(price.formula))
      );
    })
    .map(({ code }) => code);
}
