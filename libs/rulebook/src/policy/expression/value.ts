/** What an expression of a rule gives, and where it is computed: once, for each unit, or for each row of a unit. */
import type { Bilingual, Fraction, Unit } from '@gep/kernel';
import { remember, type Place, type Value } from './place';

export type ValueType =
  | { readonly kind: 'number'; readonly unit: Unit }
  | { readonly kind: 'yes-no' }
  /** `values`: every word that it may be, when they are known. */
  | { readonly kind: 'text'; readonly values?: readonly string[] };

/** `total`: one value for the whole decision; `unit`: one for each unit; `row`: one for each of several rows of a unit. */
export type ValueScope = 'total' | 'unit' | 'row';
export const valueScopes: readonly ValueScope[] = ['total', 'unit', 'row'];

export const finestScope = (scopes: Iterable<ValueScope>): ValueScope =>
  valueScopes[Math.max(0, ...[...scopes].map((scope) => valueScopes.indexOf(scope)))];

/** An expression understood: its type, where it is computed, the names it reads, and how it is computed. */
export interface Compiled {
  readonly type: ValueType;
  readonly scope: ValueScope;
  readonly uses: ReadonlySet<string>;
  /** Set when it is a number that nothing changes. */
  readonly constant?: Fraction;
  /** @throws EvaluationFault */
  readonly run: (place: Place) => Value;
}

export type NumberExpression = Compiled & {
  readonly type: { readonly kind: 'number' };
  /** As the rule writes it. */
  readonly text?: string;
};

export const isNumber = (compiled: Compiled): compiled is NumberExpression => compiled.type.kind === 'number';

/** What an expression is made of, its parts checked already. */
export function combine(
  type: ValueType,
  parts: readonly Compiled[],
  run: Compiled['run'],
  constant?: Fraction,
): Compiled {
  return {
    type,
    scope: finestScope(parts.map(({ scope }) => scope)),
    uses: new Set(parts.flatMap(({ uses }) => [...uses])),
    constant,
    run,
  };
}

/** Where a name of a rule comes from. */
export type ValueOrigin = 'column' | 'parameter' | 'table' | 'formula' | 'payment';

/** A name that expressions may use. */
export interface NamedValue extends Compiled {
  readonly code: string;
  readonly origin: ValueOrigin;
  readonly name: Bilingual;
}

/** A value that cannot be computed, or is missing, at a place of the input; collected, then refused all at once. */
export class EvaluationFault extends Error {
  constructor(
    readonly code: string,
    readonly text: Bilingual,
    readonly mend: Bilingual,
    readonly at: { readonly unit?: string; readonly period?: string; readonly row?: number; readonly column?: string },
  ) {
    super(text.en);
  }
}

/** A value that is computed once for each holder of its scope. */
export function rememberedBy(code: string, scope: ValueScope, compute: (place: Place) => Value): Compiled['run'] {
  if (scope === 'total') return ({ book, period }) => remember(period, code, () => compute({ book, period }));
  if (scope === 'unit') return ({ book, period, unit }) => remember(unit!, code, () => compute({ book, period, unit }));
  return (place) => remember(place.row!, code, () => compute(place));
}
