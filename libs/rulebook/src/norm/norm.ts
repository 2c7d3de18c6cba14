/** What a norm edition is: the types that the rest of the platform computes with. */
import type { Bilingual, Evidence, Fraction, Unit, UnitTable } from '@gep/kernel';
import type { CheckedFormulas, FormulaDeclaration } from '@gep/formula';

/** A class of ecosystem that a norm distinguishes, with its class in the national survey standard HJ 1166. */
export interface EcosystemType {
  readonly code: string;
  readonly name: Bilingual;
  readonly hj1166: string;
  /** Other spellings accepted in observation files, beside code and names. */
  readonly aliases: readonly string[];
}

/** A measured property of an area; a column of the observations. `area` is always one of them. */
export interface AttributeDefinition {
  readonly code: string;
  readonly unit: Unit;
  readonly name: Bilingual;
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** Bounds in `unit` beyond which an observation is refused as impossible. */
  readonly min?: Fraction;
  readonly max?: Fraction;
  /** Parameter of the same dimension that stands in where the attribute is absent; see `attributeFallbacks`. */
  readonly fallback?: string;
}

/** Something measured of a territory on each day of the period; formulas read it by `sum(days, …)`. */
export interface SeriesDefinition {
  readonly code: string;
  readonly unit: Unit;
  readonly name: Bilingual;
  readonly aliases: readonly string[];
  /** Bounds in `unit` beyond which a value is refused as impossible. */
  readonly min?: Fraction;
  readonly max?: Fraction;
  /** Largest share of days without a value, from 0 to 1, with which an account is still made. */
  readonly mostMissing: Fraction;
}

/** A product of the statistics: an amount of the accounting period, in its unit, with the price of that unit. */
export interface ProductDefinition {
  readonly code: string;
  readonly name: Bilingual;
  readonly aliases: readonly string[];
  readonly unit: Unit;
  readonly priceUnit: Unit;
  /** The class that a service names by `{products: class}`. */
  readonly class: string;
  /** The ecosystem type that yields it, if it is always the same. */
  readonly type?: string;
  /** Yuan in one `unit` × `priceUnit`; 1 unless the units are compound. */
  readonly yuanScale: Fraction;
}

/**
 * How far the true value may lie from the one given: bounds for `uniform` and `triangular` (whose mode is the value),
 * a 90% interval for `normal` and `lognormal`.
 */
export interface Spread {
  readonly low: Fraction;
  readonly high: Fraction;
  readonly distribution: 'uniform' | 'triangular' | 'normal' | 'lognormal';
}

/** One dated value of a parameter; `type` and `place` absent mean everywhere. It holds from `from` until the next. */
export interface NormParameterValue {
  readonly value: Fraction;
  readonly from: string;
  readonly type?: string;
  readonly place?: string;
  readonly evidence: Evidence;
  /** The year in whose money a price is, four digits; where it was found; and how it was moved from there. */
  readonly priceYear?: string;
  readonly region?: string;
  readonly index?: string;
  readonly spread?: Spread;
}

/** What kind of price a parameter is. */
export type PriceClass = 'market' | 'cost' | 'shadow' | 'tariff' | 'transfer';

export interface ParameterDefinition {
  readonly code: string;
  /** The letter of the printed formula, for display. */
  readonly symbol?: string;
  readonly name: Bilingual;
  readonly unit: Unit;
  readonly priceClass?: PriceClass;
  readonly byType: boolean;
  readonly byPlace: boolean;
  readonly values: readonly NormParameterValue[];
}

export interface NormFormula extends FormulaDeclaration {
  readonly name: Bilingual;
}

export type ServiceCategory = 'provisioning' | 'regulating' | 'cultural';
export const serviceCategories: readonly ServiceCategory[] = ['provisioning', 'regulating', 'cultural'];

/** What is counted: a modelled formula, every measured product of a class, or one measured statistic. */
export type ServiceQuantity =
  | { readonly kind: 'formula'; readonly formula: string; readonly unit: Unit }
  | { readonly kind: 'products'; readonly class: string; readonly products: readonly string[] }
  | { readonly kind: 'measured'; readonly product: string; readonly unit: Unit };

/** What one unit is worth: a formula (scope type or territory), a parameter, or the price given with the product. */
export type ServicePrice =
  | { readonly kind: 'formula'; readonly formula: string; readonly unit: Unit }
  | { readonly kind: 'parameter'; readonly parameter: string; readonly unit: Unit }
  | { readonly kind: 'product' };

/** The share of nature in the value, between 0 and 1. */
export type ServiceGamma =
  | { readonly kind: 'constant'; readonly value: Fraction }
  | { readonly kind: 'parameter'; readonly parameter: string };

/** What a value is: a price that is or could be paid, a cost that is avoided, a gain in welfare, or a transferred value. */
export type Valuation = 'exchange' | 'cost' | 'welfare' | 'transfer';

/** What becomes of a quantity below zero: no value, a negative value, or a refusal. */
export type NegativeRule = 'zero' | 'keep' | 'refuse';

/** How far a service is used; a statistic of the period bounds it. */
export interface ServiceUse {
  /** The statistic beyond which supply is unused: counted = min(supplied, cap). */
  readonly cap?: string;
  /** The statistic of users: where it is 0 the price is 0. */
  readonly users?: string;
  /** What holds where the statistic was not reported. */
  readonly missing: 'uncapped' | 'zero' | 'refuse';
}

/** Who has the benefit, and how far away they are. */
export interface Beneficiary {
  readonly group: 'residents' | 'enterprises' | 'farmers' | 'government';
  readonly scale: 'local' | 'basin' | 'region' | 'global';
  readonly share: Fraction;
}

export interface Service {
  readonly code: string;
  readonly category: ServiceCategory;
  /** Second level of the report; its name is in `NormEdition.groups`. */
  readonly group: string;
  readonly name: Bilingual;
  /** Class of the SEEA EA reference list, if there is one. */
  readonly seea?: string;
  /** Ecosystem types where it applies, in the norm's order; all of them when the norm names none. */
  readonly types: readonly string[];
  readonly quantity: ServiceQuantity;
  readonly price: ServicePrice;
  readonly gamma: ServiceGamma;
  /**
   * Yuan (a year) in one quantity unit × price unit: value = quantity × price × yuanScale × γ. 1000 for t × yuan/kg.
   * For `{kind: 'products'}` with `{kind: 'product'}` prices the scale of each product holds instead.
   */
  readonly yuanScale: Fraction;
  readonly note?: Bilingual;
  /** Not the work of living nature (hydropower, salt); a view by SEEA leaves it out. */
  readonly abiotic: boolean;
  /** Serves another service instead of people. */
  readonly intermediate: boolean;
  readonly valuation: Valuation;
  /** How γ was found. */
  readonly gammaBasis?: Bilingual;
  readonly negative: NegativeRule;
  readonly use?: ServiceUse;
  /** The statistic of what comes from outside the territory; it is deducted from the quantity. */
  readonly imports?: string;
  /** Shares that add up to 1; empty when the norm assigns none. */
  readonly beneficiaries: readonly Beneficiary[];
}

/** Services that a norm may count or leave out, as one choice. */
export interface ServiceSwitch {
  readonly code: string;
  readonly name: Bilingual;
  readonly state: 'on' | 'off';
  readonly services: readonly string[];
  readonly reason: Bilingual;
}

/** A service that a switch leaves out: it makes no lines. */
export interface ExcludedService {
  readonly service: string;
  readonly name: Bilingual;
  readonly reason: Bilingual;
  readonly switch: string;
  readonly definition: Service;
}

/** Services that count the same thing: at most one may have a value, or what one counts is taken from the other. */
export interface ExclusiveGroup {
  readonly code: string;
  readonly name: Bilingual;
  readonly services: readonly string[];
  readonly reason: Bilingual;
  /** The quantity of `what` is taken from that of `from`, type by type, before it is valued. */
  readonly deduct?: { readonly from: string; readonly what: string };
}

export interface ServiceGroup {
  readonly code: string;
  readonly name: Bilingual;
}

/** `usable` may be published and computed with; a `skeleton` is under construction and is refused. */
export type NormStatus = 'usable' | 'skeleton';

/** One immutable edition of a norm. Everything in it is checked: codes resolve, units fit, values exist. */
export interface NormEdition {
  readonly id: string;
  /** SHA-256 of the canonical content: comments, key order and file layout do not change it, any value does. */
  readonly edition: string;
  readonly title: Bilingual;
  readonly status: NormStatus;
  readonly basis: readonly Bilingual[];
  readonly currency: 'yuan';
  readonly types: readonly EcosystemType[];
  readonly attributes: readonly AttributeDefinition[];
  readonly products: readonly ProductDefinition[];
  readonly series: readonly SeriesDefinition[];
  readonly parameters: readonly ParameterDefinition[];
  /** The formulas as written, with names and positions. */
  readonly formulaTexts: readonly NormFormula[];
  /** The formulas parsed, ordered and unit-checked; what `compileFormulas` takes. */
  readonly formulas: CheckedFormulas;
  /** The services that are counted, in the order of the report. */
  readonly services: readonly Service[];
  readonly groups: readonly ServiceGroup[];
  readonly switches: readonly ServiceSwitch[];
  /** The services that a switch leaves out, in the order of the report. */
  readonly excluded: readonly ExcludedService[];
  readonly exclusive: readonly ExclusiveGroup[];
  /** What a skeleton lacks. */
  readonly incomplete: readonly Bilingual[];
  /** The norm that this one extends. */
  readonly base?: { readonly id: string; readonly edition: string };
  /** The norm holds for this territory and what is in it; everywhere when absent. */
  readonly place?: string;
  /** The files it was read from; those of a base stand in a folder of its id. */
  readonly files: readonly NormFile[];
  readonly units: UnitTable;
}

export interface NormFile {
  readonly path: string;
  readonly text: string;
}

/** One thing wrong with a norm, at its place. */
export interface NormProblem {
  readonly file: string;
  /** 1-based; 0 when the problem belongs to no place in the file. */
  readonly line: number;
  readonly column: number;
  /** Path inside the norm, for example `services[3].price.parameter`. */
  readonly path: string;
  /** Stable machine code, `norm.reason` or a code of the formula checker. */
  readonly code: string;
  /** What is wrong and why. */
  readonly text: Bilingual;
  /** What to do about it. */
  readonly mend: Bilingual;
}
