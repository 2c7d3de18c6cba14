/** Evaluates a programme of compensation: who supplies and uses what, what it costs and is worth, and what should be paid. */
import { type Fen, Fraction, sumFen } from '@gep/kernel';
import { BenefitInputRefused, type BenefitProblem } from '../errors';
import type { BenefitInput, CostKind, ProviderCost, ProviderPayment } from './benefit-tables';
import {
  paymentStandard,
  type PaymentStandard,
  ratioOf,
  type StandardBase,
  type StandardTotals,
} from './payment-standard';
import { type ComparisonTrend, type FlowEffect, programmeEffect } from './programme-effect';
import { balanceServices, type ServiceBalance, type SuppliedPart, suppliedParts, toFen } from './supply-and-use';

export interface EvaluationOptions {
  /** Share of the surplus that the standard gives to the providers; the half when absent. */
  readonly split?: Fraction;
  /** Services whose effect is a base of the standard too, besides what costs are given for (per m3 of water supply). */
  readonly perService?: readonly string[];
}

/** One side of one period. */
export interface ProviderSide {
  readonly provider: string;
  readonly costFen: Readonly<Record<CostKind, Fen>>;
  readonly paidFen: Fen;
  /** Paid less all costs. */
  readonly netFen: Fen;
  /** What beneficiaries gain by this provider. */
  readonly benefitFen: Fen;
}

export interface BeneficiarySide {
  readonly beneficiary: string;
  readonly benefitFen: Fen;
  readonly paidFen: Fen;
  readonly netFen: Fen;
}

export interface EvaluationTotals extends StandardTotals {
  /** Empty for all periods. */
  readonly period: string;
  readonly providersNetFen: Fen;
  readonly beneficiariesNetFen: Fen;
  readonly benefitOfCost: string | null;
  readonly benefitOfPaid: string | null;
  readonly paidOfCost: string | null;
}

export interface BenefitEvaluation {
  readonly services: readonly ServiceBalance[];
  /** The benefit matrix; a part without a beneficiary is supplied to nobody who is named. */
  readonly parts: readonly SuppliedPart[];
  readonly effects: readonly FlowEffect[];
  readonly trends: readonly ComparisonTrend[];
  readonly providers: readonly ProviderSide[];
  readonly beneficiaries: readonly BeneficiarySide[];
  /** By period, and all of them last. */
  readonly totals: readonly EvaluationTotals[];
  readonly split: string;
  readonly standards: readonly PaymentStandard[];
}

/** @throws BenefitInputRefused */
export function evaluateBenefit(input: BenefitInput, options: EvaluationOptions = {}): BenefitEvaluation {
  const split = options.split ?? Fraction.of(1n, 2n);
  requireSplit(split);
  const all = suppliedParts(input.flows);
  const { effects, trends } = programmeEffect(all);
  const parts = all.filter(({ group }) => group === 'programme');
  const periods = [...new Set([...effects, ...input.costs, ...input.payments].map(({ period }) => period))].sort();
  const whole = totalsOf('', effects, input);
  return {
    ...{ services: balanceServices(parts), parts, effects, trends },
    providers: providersOf(effects, input),
    beneficiaries: beneficiariesOf(effects, input.payments),
    totals: [...periods.map((period) => totalsOf(period, effects, input)), whole],
    split: split.toExactText(),
    standards: basesOf(effects, input, options.perService ?? []).map((base) => paymentStandard(base, whole, split)),
  };
}

const amountOf = ({ amount, size }: ProviderCost | ProviderPayment): Fen => toFen(amount.times(size));
const amounts = (rows: readonly (ProviderCost | ProviderPayment)[]): Fen => sumFen(rows.map(amountOf));
const worth = (effects: readonly FlowEffect[]): Fen => sumFen(effects.map(({ effectFen }) => effectFen));
const named = (names: readonly string[]): string[] => [...new Set(names)].sort();

function totalsOf(wanted: string, effects: readonly FlowEffect[], { costs, payments }: BenefitInput): EvaluationTotals {
  const of = <Row extends { readonly period: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ period }) => wanted === '' || period === wanted);
  const [costFen, benefitFen, paidFen] = [amounts(of(costs)), worth(of(effects)), amounts(of(payments))];
  return {
    ...{ period: wanted, costFen, benefitFen, paidFen },
    ...{ providersNetFen: paidFen - costFen, beneficiariesNetFen: benefitFen - paidFen },
    ...{ benefitOfCost: ratioOf(benefitFen, costFen), benefitOfPaid: ratioOf(benefitFen, paidFen) },
    paidOfCost: ratioOf(paidFen, costFen),
  };
}

function providersOf(effects: readonly FlowEffect[], { costs, payments }: BenefitInput): ProviderSide[] {
  const providers = named([
    ...[...costs, ...payments].map(({ provider }) => provider),
    ...effects.map(({ supplier }) => supplier),
  ]);
  return providers.map((provider) => {
    const own = costs.filter((cost) => cost.provider === provider);
    const cost = (wanted: CostKind): Fen => amounts(own.filter(({ kind }) => kind === wanted));
    const paidFen = amounts(payments.filter((payment) => payment.provider === provider));
    return {
      ...{ provider, costFen: { opportunity: cost('opportunity'), direct: cost('direct') }, paidFen },
      ...{ netFen: paidFen - amounts(own), benefitFen: worth(effects.filter(({ supplier }) => supplier === provider)) },
    };
  });
}

function beneficiariesOf(effects: readonly FlowEffect[], payments: readonly ProviderPayment[]): BeneficiarySide[] {
  const known = named([...effects.map(({ beneficiary }) => beneficiary), ...payments.map(({ payer }) => payer)]);
  return known.map((beneficiary) => {
    const benefitFen = worth(effects.filter((effect) => effect.beneficiary === beneficiary));
    const paidFen = amounts(payments.filter(({ payer }) => payer === beneficiary));
    return { beneficiary, benefitFen, paidFen, netFen: benefitFen - paidFen };
  });
}

/** @throws BenefitInputRefused a provider with two sizes, a service that has no effect */
function basesOf(effects: readonly FlowEffect[], { costs }: BenefitInput, services: readonly string[]): StandardBase[] {
  const problems: BenefitProblem[] = [];
  const sizes = new Map<string, Map<string, Fraction>>();
  for (const { row, period, provider, per, size } of costs) {
    if (per === null) continue;
    const known = sizes.get(per) ?? new Map<string, Fraction>();
    sizes.set(per, known);
    const earlier = known.get(`${period} ${provider}`);
    if (earlier && !earlier.equals(size))
      problems.push({
        ...{ table: 'costs', row, column: 'size', value: size.toExactText() },
        zh: `${provider} ${period} 的规模别处为 ${earlier.toExactText()} ${per}，请统一`,
        en: `the size of ${provider} in ${period} is ${earlier.toExactText()} ${per} elsewhere; use one`,
      });
    known.set(`${period} ${provider}`, size);
  }
  const bases = [...sizes].map(([per, known]) => ({ per, size: add([...known.values()]) }));
  for (const service of services) {
    const own = effects.filter((effect) => effect.service === service);
    const size = add(own.map(({ effect }) => effect));
    bases.push({ per: `${own[0]?.unit ?? ''} ${service}`, size });
  }
  for (const { per, size } of bases)
    if (size.compare(Fraction.zero) <= 0)
      problems.push({
        ...{ table: 'flows', row: 0, column: per, value: size.toExactText() },
        zh: '不大于零，不能作为标准的计量基础',
        en: 'is not above zero: a standard cannot be measured by it',
      });
  if (problems.length > 0) throw new BenefitInputRefused(problems);
  return bases;
}

const add = (numbers: readonly Fraction[]): Fraction => numbers.reduce((sum, one) => sum.plus(one), Fraction.zero);

function requireSplit(split: Fraction): void {
  if (split.compare(Fraction.zero) >= 0 && split.compare(Fraction.one) <= 0) return;
  throw new BenefitInputRefused([
    { table: 'split', row: 0, value: split.toExactText(), zh: '应在 0 与 1 之间', en: 'should lie between 0 and 1' },
  ]);
}
