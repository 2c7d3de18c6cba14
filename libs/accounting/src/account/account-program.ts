/** Compiles a norm edition for places, period and types once, with everything of a line but its quantity. */
import { compileFormulas, FormulaProgram, ParameterLookup, WantedFormula } from '@gep/formula';
import { periodEnd, weakerGrade } from '@gep/kernel';
import { NormEdition, NormIsSkeleton, parameterLookup, Service } from '@gep/rulebook';
import { hasCountingRules } from '../counting/count-supplies';
import { NormHoldsElsewhere } from '../counting/errors';
import { ObservedAt } from '../errors';
import { FormulaInputs, inputsOf } from './formula-inputs';
import { tellLacking } from '../lacking/lacking-values';
import { gammaOf, gradeOfFormula, joinTerms, LineTerms, priceOf, TermsContext } from './line-terms';
import { LineOverPeriod, overPeriod, unitsOfService } from './over-period';

type FormulaService = Service & { readonly quantity: { readonly kind: 'formula' } };

/** A line whose quantity a formula gives. */
export interface FormulaLine {
  readonly service: FormulaService;
  readonly type: string;
  /** Position of the type among those of the program. */
  readonly typeAt: number;
  readonly over: LineOverPeriod;
  /** Absent when the price is computed from the observation itself. */
  readonly terms: LineTerms | undefined;
}

/** A norm edition made ready for accounts that share places, period and types. */
export interface AccountProgram {
  readonly program: FormulaProgram;
  readonly lookup: ParameterLookup;
  readonly date: string;
  readonly types: readonly string[];
  readonly lines: readonly FormulaLine[];
  /** Inputs of each quantity and price formula. */
  readonly inputs: ReadonlyMap<string, FormulaInputs>;
  /** Some formula reads product rows. */
  readonly readsProducts: boolean;
  /** Some service has a rule of use or imports, or is deducted from. */
  readonly hasCountingRules: boolean;
}

/** What a program is compiled for. */
export interface ProgramKey {
  readonly norm: NormEdition;
  readonly places: readonly string[];
  readonly period: string;
  /** Types that the observation has, in the order of the norm. */
  readonly types: readonly string[];
  readonly at: ObservedAt;
}

/** Programs kept for each edition; territories mostly share one, so this bounds memory and nothing else. */
const mostPrograms = 256;
const kept = new WeakMap<NormEdition, KeptPrograms>();

interface KeptPrograms {
  /** Places that have values of their own: only they tell programs apart. */
  readonly places: ReadonlySet<string | undefined>;
  readonly byName: Map<string, AccountProgram>;
}

/**
 * The program for a key, compiled or from the cache of its edition.
 * @throws NormIsSkeleton, NormHoldsElsewhere, ParameterMissing, UndefinedValue
 */
export function accountProgram(key: ProgramKey): AccountProgram {
  const { norm, places, period, types } = key;
  if (norm.place !== undefined && norm.place !== 'CN' && !places.includes(norm.place))
    throw new NormHoldsElsewhere(key.at, norm.id, norm.place, norm.base?.id);
  const programs = kept.get(norm) ?? keepFor(norm);
  const name = JSON.stringify([period, places.filter((place) => programs.places.has(place)), types]);
  const known = programs.byName.get(name);
  if (known) return known;
  const made = compileProgram(key);
  const [oldest] = programs.byName.keys();
  if (programs.byName.size >= mostPrograms) programs.byName.delete(oldest);
  programs.byName.set(name, made);
  return made;
}

function keepFor(norm: NormEdition): KeptPrograms {
  const places = new Set(norm.parameters.flatMap(({ values }) => values.map(({ place }) => place)));
  const programs: KeptPrograms = { places, byName: new Map() };
  kept.set(norm, programs);
  return programs;
}

function compileProgram({ norm, places, period, types, at }: ProgramKey): AccountProgram {
  if (norm.status !== 'usable') throw new NormIsSkeleton(norm.id, norm.incomplete);
  const date = periodEnd(period);
  const lookup = parameterLookup(norm, { places, date });
  const services = norm.services.filter(isFormulaService);
  const inputs = new Map(
    norm.services.flatMap(formulasOf).map((formula) => [formula, inputsOf(norm.formulas, formula)] as const),
  );
  const program = tellLacking({ norm, at, date }, () =>
    compileFormulas(norm.formulas, wantedOf(norm, inputs), lookup, types),
  );
  const context: TermsContext = { norm, lookup, types, at, date };
  const lines = services.flatMap((service) => {
    const factors = unitsOfService(service);
    if (!factors) throw new TypeError(`${service.code} has a modelled quantity and no price of its own`);
    const over = overPeriod(factors.quantity, factors.price, norm.units, period);
    return [...types.entries()]
      .filter(([, type]) => service.types.includes(type))
      .map(([typeAt, type]) => {
        return { service, type, typeAt, over, terms: fixedTerms(service, type, over, context, inputs) };
      });
  });
  const readsProducts = [...inputs.values()].some(({ products }) => products);
  return { program, lookup, date, types, lines, inputs, readsProducts, hasCountingRules: hasCountingRules(norm) };
}

function isFormulaService(service: Service): service is FormulaService {
  return service.quantity.kind === 'formula';
}

function formulasOf({ quantity, price }: Service): string[] {
  return [
    ...(quantity.kind === 'formula' ? [quantity.formula] : []),
    ...(price.kind === 'formula' ? [price.formula] : []),
  ];
}

/** Quantities where they apply, the sums that price formulas read, and the area of every type. */
function wantedOf(norm: NormEdition, inputs: ReadonlyMap<string, FormulaInputs>): WantedFormula[] {
  const wanted = new Map<string, WantedFormula>();
  const want = (code: string, types?: readonly string[]): void => {
    const before = wanted.get(code);
    const everywhere = types === undefined || (before && before.types === undefined);
    wanted.set(code, everywhere ? { code } : { code, types: [...new Set([...(before?.types ?? []), ...types])] });
  };
  want('area');
  for (const { quantity, price, types } of norm.services) {
    if (quantity.kind === 'formula') want(quantity.formula, types);
    if (price.kind !== 'formula') continue;
    const { scope } = norm.formulas.byCode.get(price.formula)!.declaration;
    for (const code of inputs.get(price.formula)!.totals) want(code, scope === 'type' ? types : undefined);
  }
  return [...wanted.values()];
}

/** The terms of a line whose price depends on parameters only. */
function fixedTerms(
  service: FormulaService,
  type: string,
  over: LineOverPeriod,
  context: TermsContext,
  inputs: ReadonlyMap<string, FormulaInputs>,
): LineTerms | undefined {
  const { price } = service;
  if (price.kind === 'formula' && readsObservation(inputs.get(price.formula)!)) return undefined;
  return termsOfFormulaLine(service, type, over, context, {});
}

/** Terms of a line with a modelled quantity; `environment` holds what a price formula reads of the observation. */
export function termsOfFormulaLine(
  service: FormulaService,
  type: string,
  { price: { share, unit } }: LineOverPeriod,
  context: TermsContext,
  environment: Parameters<typeof priceOf>[3],
): LineTerms {
  const { value, grade } = priceOf(service, type, context, environment);
  const price = { value: value.times(share), grade };
  const terms = joinTerms(price, unit, gammaOf(service, type, context), service.yuanScale);
  return { ...terms, grade: weakerGrade(terms.grade, gradeOfFormula(service.quantity.formula, type, context)) };
}

function readsObservation({ totals, attributes, products }: FormulaInputs): boolean {
  return totals.size > 0 || attributes.size > 0 || products;
}
