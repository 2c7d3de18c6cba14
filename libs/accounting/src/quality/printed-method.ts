/** What the formulas of a norm give when nothing stands in them that was solved from the results: the method as printed. */
import { Decimal, Fraction, periodEnd, sumInOrder, weakerGrade, type EvidenceGrade } from '@gep/kernel';
import {
  parameterLookup,
  type NormEdition,
  type ParameterDefinition,
  type QualityRules,
  type Service,
} from '@gep/rulebook';
import type { Account } from '../account/account';
import { computeAccount } from '../account/compute-account';
import { inputsOf } from '../account/formula-inputs';
import { gradeOfFormula } from '../account/line-terms';
import type { ObservedPeriod } from '../account/observed-period';

/** A quantity and a price of a service by the printed method; absent where it rests on something solved. */
export interface PrintedMethod {
  readonly quantity?: { readonly quantity: string; readonly most: boolean };
  /** Yuan for one unit of quantity. */
  readonly unitValue?: string;
}

/**
 * Computes a period again without calibrations: a parameter without unit, of grade `solved`, whose code ends in
 * `Calibration` counts as 1; one whose unit has a natural limit (days in a year) counts as that limit.
 * @throws as computeAccount
 */
export function printedMethod(
  norm: NormEdition,
  observed: ObservedPeriod,
  { most }: Pick<QualityRules, 'most'>,
): ReadonlyMap<string, PrintedMethod> {
  const limited = new Set<string>();
  const parameters = norm.parameters.map((parameter) => {
    const limit = most.find(({ unit }) => unit === parameter.unit.text)?.high;
    if (isCalibration(parameter)) return withValue(parameter, Fraction.one);
    if (limit === undefined || !isSolved(parameter)) return parameter;
    limited.add(parameter.code);
    return withValue(parameter, Fraction.parse(limit)!);
  });
  const printed = { ...norm, parameters };
  const account = computeAccount(printed, observed);
  return new Map(
    norm.services.map((service) => [service.code, methodOf(service, printed, account, observed, limited)]),
  );
}

const isSolved = ({ values }: ParameterDefinition): boolean =>
  values.every(({ evidence }) => evidence.grade === 'solved');
const isCalibration = (parameter: ParameterDefinition): boolean =>
  parameter.code.endsWith('Calibration') && parameter.unit.text === '1' && isSolved(parameter);

function withValue(parameter: ParameterDefinition, value: Fraction): ParameterDefinition {
  const values = parameter.values.map((each) => ({
    ...each,
    value,
    evidence: { ...each.evidence, grade: 'published' as const },
  }));
  return { ...parameter, values };
}

function methodOf(
  service: Service,
  norm: NormEdition,
  account: Account,
  { places, period }: ObservedPeriod,
  limited: ReadonlySet<string>,
): PrintedMethod {
  const lines = account.lines.filter((line) => line.service === service.code && line.item === null);
  if (lines.length === 0) return {};
  const lookup = parameterLookup(norm, { places, date: periodEnd(period) });
  const types = Object.keys(account.areaByType);
  const gradeOf = (formula: string): EvidenceGrade =>
    lines
      .map(({ type }) => gradeOfFormula(formula, type, { norm, lookup, types }))
      .reduce<EvidenceGrade>(weakerGrade, 'published');
  const { quantity, price, yuanScale } = service;
  const priceGrades =
    price.kind === 'parameter'
      ? lines.map(({ type }) => lookup(price.parameter, type === null ? {} : { type })?.evidence.grade ?? 'solved')
      : price.kind === 'formula'
        ? [gradeOf(price.formula)]
        : ['solved'];
  const [first] = lines;
  const onePrice = lines.every((line) => line.price === first.price && line.gamma === first.gamma);
  const stated = quantity.kind === 'formula' && gradeOf(quantity.formula) !== 'solved';
  return {
    ...(stated
      ? {
          quantity: {
            quantity: new Decimal(sumInOrder(lines.map((line) => line.quantity))).toString(),
            most: inputsOf(norm.formulas, quantity.formula).parameters.some(({ code }) => limited.has(code)),
          },
        }
      : {}),
    ...(onePrice && first.price !== null && first.gamma !== null && !priceGrades.includes('solved')
      ? {
          unitValue: Fraction.parse(first.price)!
            .times(Fraction.parse(first.gamma)!)
            .times(yuanScale)
            .toDecimalText(40),
        }
      : {}),
  };
}
