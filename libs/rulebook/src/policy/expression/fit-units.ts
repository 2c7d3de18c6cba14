/** The unit rules of rules: what is added or compared has one dimension, and conversions are exact factors. */
import { dimensionless, formatDimension, Fraction, sameDimension, type Bilingual, type Unit } from '@gep/kernel';
import type { ExpressionLog, Span } from './expression-log';
import type { NumberExpression } from './value';

const describeUnit = (unit: Unit): string => `${unit.text} (${formatDimension(unit.dimension)})`;

/** A written number without a unit; nought of anything when it is 0. */
const isFreeZero = ({ constant, type: { unit } }: NumberExpression): boolean =>
  constant?.numerator === 0n && unit === dimensionless;

/** The same quantity in another unit of its dimension. */
function inUnit(number: NumberExpression, unit: Unit): NumberExpression {
  const factor = number.type.unit.factor.dividedBy(unit.factor);
  const type = { kind: 'number', unit } as const;
  if (isFreeZero(number) || factor.equals(Fraction.one)) return { ...number, type };
  const constant = number.constant?.times(factor);
  return { ...number, type, constant, run: (place) => constant ?? (number.run(place) as Fraction).times(factor) };
}

/** A share as a plain number: 25 % is 0.25, and 万元 by yuan is 10,000; what has a dimension stays. */
export const plainNumber = (number: NumberExpression): NumberExpression =>
  sameDimension(number.type.unit.dimension, {}) ? inUnit(number, dimensionless) : number;

/** Numbers that are added, compared or chosen between, in the unit of the first that has one. */
export function fitUnits(
  numbers: readonly NumberExpression[],
  spans: readonly Span[],
  what: string,
  log: ExpressionLog,
): NumberExpression[] | undefined {
  const lead = numbers.find((number) => !isFreeZero(number)) ?? numbers[0];
  const odd = numbers.findIndex(
    (number) => !isFreeZero(number) && !sameDimension(number.type.unit.dimension, lead.type.unit.dimension),
  );
  if (odd < 0) return numbers.map((number) => inUnit(number, lead.type.unit));
  const [first, second] = [describeUnit(lead.type.unit), describeUnit(numbers[odd].type.unit)];
  return log.refuse(
    spans[odd],
    'policy.unit-mismatch',
    {
      zh: `“${what}”两边的量纲不同：${first} 与 ${second}`,
      en: `"${what}" takes numbers of one dimension, here are ${first} and ${second}`,
    },
    {
      zh: '核对各项单位；带单位的数写成 500000 [yuan]、20 [万元]',
      en: 'check the units of both; a number with a unit is written 500000 [yuan]',
    },
  );
}

/** The result in the unit declared; a bare number counts as given in that unit. */
export function fitResult(
  number: NumberExpression,
  unit: Unit,
  span: Span,
  log: ExpressionLog,
): NumberExpression | undefined {
  if (number.constant && number.type.unit === dimensionless) return { ...number, type: { kind: 'number', unit } };
  if (sameDimension(number.type.unit.dimension, unit.dimension)) return inUnit(number, unit);
  const [found, wanted] = [describeUnit(number.type.unit), describeUnit(unit)];
  return log.refuse(
    span,
    'policy.result-unit',
    { zh: `结果的单位是 ${found}，此处须是 ${wanted}`, en: `the result is in ${found}, and ${wanted} is needed here` },
    {
      zh: `核对各项单位；数要带单位，如 100 [${unit.text}]、1 [yuan/m3]`,
      en: `check the units; numbers carry theirs, such as 100 [${sameDimension(unit.dimension, {}) ? '%' : 'yuan'}] or 1 [yuan/m3]`,
    },
  );
}

/** A pure number; `%` becomes a share of one. */
export function fitPure(
  number: NumberExpression,
  span: Span,
  what: string,
  log: ExpressionLog,
): NumberExpression | undefined {
  if (sameDimension(number.type.unit.dimension, {})) return plainNumber(number);
  const unit = describeUnit(number.type.unit);
  const text: Bilingual = {
    zh: `“${what}”只接受无量纲的数，此处是 ${unit}`,
    en: `"${what}" takes a pure number, here is ${unit}`,
  };
  return log.refuse(span, 'policy.not-dimensionless', text, {
    zh: `请除以带单位的数（如 1 [${number.type.unit.text}]）`,
    en: `divide by a number with a unit, such as 1 [${number.type.unit.text}]`,
  });
}
