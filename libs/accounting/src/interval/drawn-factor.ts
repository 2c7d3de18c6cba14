/** Finds which drawn values reach the quantity, the price and γ of a line. */
import type { WantedFormula } from '@gep/formula';
import { conversionFactor, dimensionless, type Unit } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import type { StandIn } from '../account/account';
import type { AccountProgram } from '../account/account-program';
import type { DrawnValues } from './drawn-values';

/** A number of a line: fixed, a drawn value times a factor, or the result of a formula that drawn values reach. */
export type DrawnFactor =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'value'; readonly at: number; readonly factor: number }
  | { readonly kind: 'formula'; readonly code: string; readonly at: number; readonly share: number };

export const fixed = (value: number): DrawnFactor => ({ kind: 'fixed', value });

/** Gathers what is drawn while the factors of lines are asked for. */
export class DrawnFactors {
  private readonly formulas = new Map<string, Set<string>>();
  private standIns = false;

  constructor(
    private readonly norm: NormEdition,
    private readonly compiled: AccountProgram,
    private readonly values: DrawnValues,
    private readonly filled: readonly StandIn[],
  ) {}

  /** Formulas that drawn values reach, at the types where they are asked for. */
  get wanted(): WantedFormula[] {
    return [...this.formulas].map(([code, types]) => ({ code, types: [...types] }));
  }

  /** A drawn value stands in for an attribute that rows lack. */
  get standInsDrawn(): boolean {
    return this.standIns;
  }

  /** @param share of the year that the result counts for; `value` is what it comes to at the values of the norm */
  quantity(code: string, type: string, share: number, value: number): DrawnFactor {
    if (!this.reaches(code, type)) return fixed(value);
    return this.formula(code, type, share);
  }

  /** @param value the price of the line at the values of the norm */
  price(service: Service, type: string | null, share: number, value: number): DrawnFactor {
    const { price } = service;
    if (price.kind === 'product') return fixed(value);
    if (price.kind === 'parameter') return this.value(price.parameter, type, price.unit, share, value);
    return this.reaches(price.formula, type) ? this.formula(price.formula, type, share) : fixed(value);
  }

  gamma({ gamma }: Service, type: string | null, value: number): DrawnFactor {
    return gamma.kind === 'constant' ? fixed(value) : this.value(gamma.parameter, type, dimensionless, 1, value);
  }

  private value(code: string, type: string | null, unit: Unit, share: number, value: number): DrawnFactor {
    const key = type === null ? {} : { type };
    const at = this.values.enter(code, key);
    if (at === undefined) return fixed(value);
    const factor = conversionFactor(this.compiled.lookup(code, key)!.unit, unit).toNumber();
    return { kind: 'value', at, factor: factor * share };
  }

  private formula(code: string, type: string | null, share: number): DrawnFactor {
    const { scope } = this.norm.formulas.byCode.get(code)!.declaration;
    const types = this.formulas.get(code) ?? new Set();
    this.formulas.set(code, types);
    if (type !== null) types.add(type);
    return { kind: 'formula', code, at: scope === 'territory' ? 0 : this.compiled.types.indexOf(type!), share };
  }

  /** Enters every drawn value that a formula reads at a type; whether there is one. */
  private reaches(code: string, type: string | null): boolean {
    const { parameters, attributes } = this.compiled.inputs.get(code)!;
    const present = this.compiled.types;
    const direct = parameters.map(({ code: parameter, key, everyType }) => {
      const types = key.type !== undefined ? [key.type] : everyType ? present : type === null ? [undefined] : [type];
      return types.map((each) => this.values.enter(parameter, each === undefined ? key : { ...key, type: each }));
    });
    const filled = this.filled
      .filter(({ attribute }) => attributes.has(attribute))
      .map((standIn) => {
        const { fallback } = this.norm.attributes.find(({ code: attribute }) => attribute === standIn.attribute)!;
        return this.values.enter(fallback!, { type: standIn.type });
      });
    this.standIns ||= filled.some((at) => at !== undefined);
    return [...direct.flat(), ...filled].some((at) => at !== undefined);
  }
}
