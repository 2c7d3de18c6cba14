/** What a norm declares to the language: formulas, and the names, units and types that formulas may use. */
import { Evidence, Fraction, Unit, UnitTable } from '@gep/kernel';

/**
 * Where a formula is computed: for one `patch` row, for one ecosystem `type` (a patch formula named there means its
 * sum over the patches of the type), for one `product` row, for each `day` of the period, or once for the `territory`.
 */
export type FormulaScope = 'patch' | 'type' | 'product' | 'day' | 'territory';

/** One formula as written, with the unit its result is given in. */
export interface FormulaDeclaration {
  readonly code: string;
  readonly scope: FormulaScope;
  readonly unit: Unit;
  readonly expression: string;
  readonly file?: string;
  /** Line (from 1) of the first character of the expression in `file`. */
  readonly line?: number;
  /** Column (from 1) of the first character of the expression in `file`. */
  readonly column?: number;
}

/** A parameter that formulas may name; its values come from a `ParameterLookup` when a program is compiled. */
export interface ParameterDeclaration {
  readonly unit: Unit;
  /** Has a value for each ecosystem type. */
  readonly byType: boolean;
  /** Has values for particular places. */
  readonly byPlace: boolean;
}

/** Every name a formula may use. */
export interface FormulaVocabulary {
  readonly units: UnitTable;
  /** Columns of a patch row; `area` among them. */
  readonly attributes: ReadonlyMap<string, Unit>;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly types: readonly string[];
  /** Fields of a product row: `output`, `price`. */
  readonly productFields: ReadonlyMap<string, Unit>;
  /** What is measured of the territory on each day of the period. */
  readonly series?: ReadonlyMap<string, Unit>;
  readonly formulas: readonly FormulaDeclaration[];
}

/** A parameter's value with what attests it. */
export interface ParameterValue {
  readonly code: string;
  readonly value: Fraction;
  /** Unit of `value`; may differ from the declared one by an exact factor. */
  readonly unit: Unit;
  readonly evidence: Evidence;
  /** The day from which the value holds, `YYYY-MM-DD`. */
  readonly from: string;
  readonly type?: string;
  readonly place?: string;
}

/** Which value is meant: type, day and place; day and place default to those of the account. */
export interface ParameterKey {
  readonly type?: string;
  readonly date?: string;
  readonly place?: string;
}

/** Finds the value of a parameter; undefined when there is none for the key. */
export type ParameterLookup = (code: string, key: ParameterKey) => ParameterValue | undefined;

/** One measured product of the territory; fields are decimal texts in the units of `FormulaVocabulary.productFields`. */
export interface ProductRow {
  readonly product: string;
  readonly type?: string;
  readonly fields: Readonly<Record<string, string | number>>;
}
