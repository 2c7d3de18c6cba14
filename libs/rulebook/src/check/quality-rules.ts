/** What is looked for in stated accounts: rules with their grades, and plausible bounds with their sources, read from YAML. */
import { Fraction, type Bilingual } from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { readShaped } from '../yaml/read-shaped';
import { bilingual, decimal, list, record, text } from '../yaml/shapes';

/** A must be mended; B mended or explained in writing; C explained; D is a hint. */
export type QualityGrade = 'A' | 'B' | 'C' | 'D';

export interface QualityRule {
  readonly code: string;
  readonly grade: QualityGrade;
  readonly name: Bilingual;
  readonly mend: Bilingual;
  /** Where the slip was met. */
  readonly source: string;
  /** Limits of the rule by name, decimal text. */
  readonly limits?: Readonly<Record<string, string>>;
}

/** A rate beyond which a quantity of some services needs a word; `*` names every service. */
export interface QualityBound {
  readonly code: string;
  readonly services: readonly string[];
  /** Unit of the quantity. */
  readonly unit: string;
  readonly per: 'hm2' | 'person';
  readonly low?: string;
  readonly high: string;
  /** Beyond it a stock was counted instead of the yield of a year. */
  readonly stock: boolean;
  readonly name: Bilingual;
  readonly source: string;
}

export interface QualityRules {
  readonly rules: ReadonlyMap<string, QualityRule>;
  readonly bounds: readonly QualityBound[];
  /** Codes of the services that release oxygen and fix carbon dioxide. */
  readonly oxygen: readonly string[];
  readonly carbon: readonly string[];
  /** Codes of factors between 0 and 1 that reduce erosion. */
  readonly factors: readonly string[];
  /** The most that a parameter of a unit can be. */
  readonly most: readonly { readonly unit: string; readonly high: string }[];
}

const check = compileShape(
  record(
    {
      rules: list(
        record(
          {
            code: text,
            grade: { type: 'string', enum: ['A', 'B', 'C', 'D'] },
            name: bilingual,
            mend: bilingual,
            source: text,
            limits: { type: 'object', additionalProperties: decimal },
          },
          ['code', 'grade', 'name', 'mend', 'source'],
        ),
      ),
      bounds: list(
        record(
          {
            code: text,
            services: list(text),
            unit: text,
            per: { type: 'string', enum: ['hm2', 'person'] },
            low: decimal,
            high: decimal,
            stock: { type: 'string', enum: ['true', 'false'] },
            name: bilingual,
            source: text,
          },
          ['code', 'services', 'unit', 'per', 'high', 'name', 'source'],
        ),
      ),
      oxygen: list(text),
      carbon: list(text),
      factors: list(text),
      most: list(record({ unit: text, high: decimal }, ['unit', 'high'])),
    },
    ['rules', 'bounds', 'oxygen', 'carbon', 'factors', 'most'],
  ),
);

interface RawRules extends Omit<QualityRules, 'rules' | 'bounds'> {
  readonly rules: readonly QualityRule[];
  readonly bounds: readonly (Omit<QualityBound, 'stock'> & { readonly stock?: string })[];
}

/** @throws RulebookFileUnreadable with the place of the first fault */
export function parseQualityRules(file: NormFile): QualityRules {
  const { raw, fail, refuseTwice } = readShaped<RawRules>(file, check);
  refuseTwice('rules', raw.rules);
  raw.bounds.forEach(({ low, high }, at) => {
    if (low !== undefined && Fraction.parse(low)!.compare(Fraction.parse(high)!) >= 0)
      fail(['bounds', at, 'low'], { zh: '下限须小于上限', en: 'the low bound must be below the high one' });
  });
  return {
    ...raw,
    rules: new Map(raw.rules.map((rule) => [rule.code, rule])),
    bounds: raw.bounds.map((bound) => ({ ...bound, stock: bound.stock === 'true' })),
  };
}
