/** Finds which drawn values reach the quantity, the price and γ of a line. */
import type { ParameterKey, WantedFormula } from '@gep/formula';
import { conversionFactor, dimensionless, type Unit } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import type { StandIn } from '../account/account';
import type { AccountProgram } from '../account/account-program';
import type { DrawnAmounts } from './drawn-amounts';
import { PowersOfFormulas } from './drawn-powers';
import type { DrawnUse, DrawnValues } from './drawn-values';

/** A number of a line: fixed, a drawn value times a factor, or the result of a formula that drawn values scale or reach. */
export type DrawnFactor =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'value'; readonly at: number; readonly factor: number }
  /** `value` at the values of the norm, times powers of drawn values over those. */
  | { readonly kind: 'scaled'; readonly value: number; readonly by: readonly ScaledBy[] }
  | { readonly kind: 'formula'; readonly code: string; readonly at: number; readonly share: number };

export interface ScaledBy {
  readonly at: number;
  readonly over: number;
  readonly power: number;
}

export const fixed = (value: number): DrawnFactor => ({ kind: 'fixed', value });

/** Gathers what is drawn while the factors of lines are asked for. */
export class DrawnFactors {
  private readonly formulas = new Map<string, Set<string>>();
  private readonly powers: PowersOfFormulas;
  private standIns = false;
  private products = false;

  constructor(
    private readonly norm: NormEdition,
    private readonly compiled: AccountProgram,
    private readonly values: DrawnValues,
    private readonly amounts: DrawnAmounts,
    private readonly filled: readonly StandIn[],
  ) {
    const numberOf = (code: string, key: ParameterKey): number | undefined => values.enter(code, key, 'other');
    this.powers = new PowersOfFormulas(norm.formulas, numberOf, compiled.types);
  }

  /** Formulas that drawn values reach, at the types where they are asked for. */
  get wanted(): WantedFormula[] {
    return [...this.formulas].map(([code, types]) => ({ code, types: [...types] }));
  }

  /** A drawn value stands in for an attribute that rows lack. */
  get standInsDrawn(): boolean {
    return this.standIns;
  }

  /** Some formula reads reported figures that are drawn. */
  get productsDrawn(): boolean {
    return this.products;
  }

  /** @param share of the year that the result counts for; `value` is what it comes to at the values of the norm */
  quantity(code: string, type: string, share: number, value: number): DrawnFactor {
    return this.formula(code, type, share, value);
  }

  /** The quantity of a reported amount; `nth` among the statistics. */
  reported(nth: number, value: number): DrawnFactor {
    const at = this.amounts.enter(nth, 'quantity');
    return at === undefined ? fixed(value) : { kind: 'value', at, factor: 1 };
  }

  /**
   * @param value the price of the line at the values of the norm
   * @param nth place among the statistics, when the quantity is one
   */
  price(service: Service, type: string | null, share: number, value: number, nth?: number): DrawnFactor {
    const { price } = service;
    if (price.kind === 'product') {
      const at = nth === undefined ? undefined : this.amounts.enter(nth, 'price');
      return at === undefined ? fixed(value) : { kind: 'value', at, factor: 1 };
    }
    if (price.kind === 'parameter') return this.value(price.parameter, type, price.unit, share, value, 'price');
    return this.formula(price.formula, type, share, value);
  }

  gamma({ gamma }: Service, type: string | null, value: number): DrawnFactor {
    if (gamma.kind === 'constant') return fixed(value);
    return this.value(gamma.parameter, type, dimensionless, 1, value, 'gamma');
  }

  private value(
    code: string,
    type: string | null,
    unit: Unit,
    share: number,
    value: number,
    use: DrawnUse,
  ): DrawnFactor {
    const key = type === null ? {} : { type };
    const at = this.values.enter(code, key, use);
    if (at === undefined) return fixed(value);
    const factor = conversionFactor(this.compiled.lookup(code, key)!.unit, unit).toNumber();
    return { kind: 'value', at, factor: factor * share };
  }

  private formula(code: string, type: string | null, share: number, value: number): DrawnFactor {
    const reached = this.reaches(code, type);
    if (reached === 'not') return fixed(value);
    const scaled = reached === 'by parameters' ? this.scaled(code, type, value) : undefined;
    if (scaled) return scaled;
    const { scope } = this.norm.formulas.byCode.get(code)!.declaration;
    const types = this.formulas.get(code) ?? new Set();
    this.formulas.set(code, types);
    if (type !== null) types.add(type);
    return { kind: 'formula', code, at: scope === 'territory' ? 0 : this.compiled.types.indexOf(type!), share };
  }

  private scaled(code: string, type: string | null, value: number): DrawnFactor | undefined {
    const powers = this.powers.of(code, type);
    if (!powers) return undefined;
    const by = [...powers].map(([at, power]) => ({ at, over: this.values.list[at].spread.value, power }));
    return by.some(({ over }) => over === 0) ? undefined : { kind: 'scaled', value, by };
  }

  /** Enters every drawn value that a formula reads at a type; whether there is one, and whether all are parameters. */
  private reaches(code: string, type: string | null): 'not' | 'by parameters' | 'otherwise' {
    const { parameters, attributes, products } = this.compiled.inputs.get(code)!;
    const present = this.compiled.types;
    const direct = parameters.map(({ code: parameter, key, everyType }) => {
      const types = key.type !== undefined ? [key.type] : everyType ? present : type === null ? [undefined] : [type];
      return types.map((each) =>
        this.values.enter(parameter, each === undefined ? key : { ...key, type: each }, 'other'),
      );
    });
    const filled = this.filled
      .filter(({ attribute }) => attributes.has(attribute))
      .map((standIn) => {
        const { fallback } = this.norm.attributes.find(({ code: attribute }) => attribute === standIn.attribute)!;
        return this.values.enter(fallback!, { type: standIn.type }, 'other');
      });
    this.standIns ||= filled.some((at) => at !== undefined);
    const reported = products ? this.amounts.enterAll() : [];
    this.products ||= reported.length > 0;
    if (reported.length > 0 || filled.some((at) => at !== undefined)) return 'otherwise';
    return direct.flat().some((at) => at !== undefined) ? 'by parameters' : 'not';
  }
}
