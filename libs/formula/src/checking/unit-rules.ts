/** The unit rules of the language: which operands go together, and the exact conversions that make them fit. */
import {
  type Bilingual,
  combineDimensions,
  dimensionless,
  formatDimension,
  Fraction,
  sameDimension,
  Unit,
} from '@gep/kernel';
import { SpanProblem } from '../problem';
import { TypedNode } from './typed-tree';

/** A node that gives a number. */
export type NumberNode = TypedNode & { readonly unit: Unit };

export function isNumber(node: TypedNode): node is NumberNode {
  return node.unit !== null;
}

/** `“mm”(length)`, the way a unit stands in a problem text. */
export const describeUnit = (unit: Unit): string => `${unit.text} (${formatDimension(unit.dimension)})`;

/** A written `0` without a unit is nought of anything, so `max(x, 0)` needs no unit. */
const isFreeZero = (node: NumberNode): boolean =>
  node.kind === 'number' && node.value.numerator === 0n && node.unit === dimensionless;

/** The node in another unit of the same dimension. */
export function convertTo(node: NumberNode, unit: Unit): NumberNode {
  const factor = node.unit.factor.dividedBy(unit.factor);
  if (factor.equals(Fraction.one)) return { ...node, unit };
  return { kind: 'convert', span: node.span, unit, factor, operands: [node] };
}

/**
 * Brings numbers that are added, compared or chosen between to the unit of the first.
 * @returns undefined when their dimensions differ; the problem is added
 */
export function alignUnits(
  nodes: readonly NumberNode[],
  what: string,
  problems: SpanProblem[],
): NumberNode[] | undefined {
  const lead = nodes.find((node) => !isFreeZero(node)) ?? nodes[0];
  const odd = nodes.find((node) => !isFreeZero(node) && !sameDimension(node.unit.dimension, lead.unit.dimension));
  if (!odd) return nodes.map((node) => (isFreeZero(node) ? { ...node, unit: lead.unit } : convertTo(node, lead.unit)));
  problems.push({
    span: odd.span,
    code: 'formula.unit-mismatch',
    text: {
      zh: `“${what}”两边的量纲不同：${describeUnit(lead.unit)} 与 ${describeUnit(odd.unit)}；请核对各项单位，或乘以带单位的数（如 10 [m3/(hm2*mm)]）`,
      en: `"${what}" takes numbers of one dimension, here are ${describeUnit(lead.unit)} and ${describeUnit(odd.unit)}; check the units of both, or multiply by a number with a unit such as 10 [m3/(hm2*mm)]`,
    },
  });
  return undefined;
}

/** Brings a number to a pure number (`%` becomes a share of one); the problem is added when it has a dimension. */
export function toPure(node: NumberNode, what: string, problems: SpanProblem[]): NumberNode | undefined {
  if (sameDimension(node.unit.dimension, {})) return convertTo(node, dimensionless);
  problems.push({
    span: node.span,
    code: 'formula.not-dimensionless',
    text: {
      zh: `“${what}”只接受无量纲的数，此处是 ${describeUnit(node.unit)}；请除以一个带单位的数（如 / 1 [${node.unit.text}]）`,
      en: `"${what}" takes a pure number, here is ${describeUnit(node.unit)}; divide by a number with a unit, for example / 1 [${node.unit.text}]`,
    },
  });
  return undefined;
}

/** The slip met most: an input of the year (rain, a rate) whose unit does not say so, or one that says so twice. */
export function hintOfYear({ dimension }: Unit, wanted: Unit): Bilingual {
  if (sameDimension(combineDimensions(dimension, { year: 1 }, -1), wanted.dimension))
    return {
      zh: '。只差“每年”：把按年的输入声明为 mm/a、t/(hm2*a) 等，或写 / 1 [a]',
      en: '. Only "a year" is missing: declare the input that is of a year as mm/a, t/(hm2*a) and the like, or write / 1 [a]',
    };
  if (sameDimension(combineDimensions(dimension, { year: 1 }, 1), wanted.dimension))
    return {
      zh: '。只多“每年”：公式声明的单位应带 /a，或某一输入不应带 /a',
      en: '. Only "a year" is too much: the declared unit should end in /a, or one of the inputs should not',
    };
  return { zh: '', en: '' };
}
