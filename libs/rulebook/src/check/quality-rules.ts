/** What is looked for in stated accounts: rules with their grades, and plausible bounds with their sources, read from YAML. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { RulebookFileUnreadable } from '../errors';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { formatPath, type NormPath } from '../yaml/problem-log';
import { readYaml } from '../yaml/read-yaml';

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

const text = { type: 'string', minLength: 1 };
const number = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };
const record = (properties: Record<string, object>, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: object) => ({ type: 'array', minItems: 1, items });
const bilingual = record({ zh: text, en: text }, ['zh', 'en']);
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
            limits: { type: 'object', additionalProperties: number },
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
            low: number,
            high: number,
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
      most: list(record({ unit: text, high: number }, ['unit', 'high'])),
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
  const source = readYaml(file);
  const fail = (path: NormPath, reason: Bilingual): never => {
    const { line, column } = source.position(path);
    const where = `${line}:${column} ${formatPath(path)}`.trim();
    throw new RulebookFileUnreadable(file.path, { zh: `${where} ${reason.zh}`, en: `${where} ${reason.en}` });
  };
  const [fault] = source.faults;
  if (fault) fail([], fault.text);
  const [departure] = check(source.value);
  if (departure)
    fail(departure.path, {
      zh: `${departure.text.zh}；${departure.mend.zh}`,
      en: `${departure.text.en}; ${departure.mend.en}`,
    });
  const raw = source.value as RawRules;
  const codes = raw.rules.map(({ code }) => code);
  const twice = codes.findIndex((code, at) => codes.indexOf(code) !== at);
  if (twice >= 0) fail(['rules', twice], { zh: `“${codes[twice]}”出现两次`, en: `"${codes[twice]}" stands twice` });
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
