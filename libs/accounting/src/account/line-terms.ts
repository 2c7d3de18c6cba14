/** What a line needs beside its quantity: the exact price, γ and conversion to yuan, and how well they are attested. */
import { evaluateExactly, ExactEnvironment, ParameterLookup } from '@gep/formula';
import {
  conversionFactor,
  dimensionless,
  EvidenceGrade,
  Fraction,
  Unit,
  unitValue,
  UnitValue,
  weakerGrade,
} from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import { ObservedAt } from '../errors';
import { ParameterMissing } from '../lacking/errors';
import { inputsOf } from './formula-inputs';
import { lackingValue, tellLacking } from '../lacking/lacking-values';

/** Where and when a value is looked up. */
export interface TermsContext {
  readonly norm: NormEdition;
  readonly lookup: ParameterLookup;
  /** Ecosystem types that the observation has. */
  readonly types: readonly string[];
  readonly at: ObservedAt;
  readonly date: string;
}

/** An exact number with its grade. */
export interface ExactTerm {
  readonly value: Fraction;
  readonly grade: EvidenceGrade;
}

/** Everything about a line that does not depend on its quantity. */
export interface LineTerms {
  readonly price: string;
  readonly priceUnit: string;
  readonly gamma: string;
  readonly grade: EvidenceGrade;
  /** Worth of one unit of quantity: price × γ × unit factor. */
  readonly unitValue: UnitValue;
}

/**
 * Joins price and γ of a line.
 * @param yuanScale yuan in one quantity unit × price unit
 */
export function joinTerms(price: ExactTerm, priceUnit: string, gamma: ExactTerm, yuanScale: Fraction): LineTerms {
  return {
    price: price.value.toExactText(),
    priceUnit,
    gamma: gamma.value.toExactText(),
    grade: weakerGrade(price.grade, gamma.grade),
    unitValue: unitValue(price.value.times(gamma.value).times(yuanScale)),
  };
}

/** γ of a service for a type. @throws ParameterMissing */
export function gammaOf(service: Service, type: string | null, context: TermsContext): ExactTerm {
  if (service.gamma.kind === 'constant') return { value: service.gamma.value, grade: 'published' };
  return parameterTerm(service, service.gamma.parameter, dimensionless, type, context);
}

/** A parameter in the unit wanted. @throws ParameterMissing */
export function parameterTerm(
  service: Service,
  parameter: string,
  unit: Unit,
  type: string | null,
  context: TermsContext,
): ExactTerm {
  const { at, date } = context;
  const found = context.lookup(parameter, type === null ? {} : { type });
  if (!found) throw new ParameterMissing(at, date, [lackingValue(context, parameter, type, service.code)]);
  return { value: found.value.times(conversionFactor(found.unit, unit)), grade: found.evidence.grade };
}

/**
 * The price of a service that does not come with a product, to 40 digits.
 * @param environment what a price formula reads beside parameters
 * @throws ParameterMissing
 */
export function priceOf(
  service: Service,
  type: string | null,
  context: TermsContext,
  environment: Omit<ExactEnvironment, 'lookup' | 'type'>,
): ExactTerm {
  const { price } = service;
  if (price.kind === 'parameter') return parameterTerm(service, price.parameter, price.unit, type, context);
  if (price.kind === 'product') throw new TypeError(`the price of ${service.code} comes with its products`);
  const { norm, lookup } = context;
  const forType = type === null ? {} : { type };
  const { value } = tellLacking(context, () =>
    evaluateExactly(norm.formulas, price.formula, { ...environment, ...forType, lookup }),
  );
  return { value: Fraction.parse(value)!, grade: gradeOfFormula(price.formula, type, context) };
}

/** The weakest grade of all parameters that a formula reads for a type. */
export function gradeOfFormula(
  formula: string,
  type: string | null,
  { norm, lookup, types }: Pick<TermsContext, 'norm' | 'lookup' | 'types'>,
): EvidenceGrade {
  const grades = inputsOf(norm.formulas, formula).parameters.flatMap(({ code, key, everyType }) => {
    const wanted = key.type !== undefined ? [key.type] : everyType ? types : type === null ? [undefined] : [type];
    return wanted.map((each) => lookup(code, each === undefined ? key : { ...key, type: each })?.evidence.grade);
  });
  return grades.reduce<EvidenceGrade>((weakest, grade) => (grade ? weakerGrade(weakest, grade) : weakest), 'published');
}
