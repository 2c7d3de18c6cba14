/** Small vocabularies, look-ups and random formulas for the specs of the language, and proof that they are sound. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fraction, Unit, UnitTable } from '@gep/kernel';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { checkFormulas } from './checking/check-formulas';
import { CheckedFormulas } from './checking/typed-tree';
import { FormulaScope, FormulaVocabulary, ParameterLookup } from './declarations';

export const units = new UnitTable(parse(readFileSync(join(__dirname, '../../../rulebook/units.yaml'), 'utf8')).units);
export const types = ['forest', 'dry', 'grass'];

/** Scope, unit and expression: `patch t/a: area * rate`. */
type FormulaText = string;

export interface Sample {
  readonly attributes?: Readonly<Record<string, string>>;
  /** Unit of each parameter; a leading `types ` or `places ` says by what it has values. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
  /** Unit of each daily series. */
  readonly series?: Readonly<Record<string, string>>;
  readonly formulas: Readonly<Record<string, FormulaText>> | readonly (readonly [string, FormulaText])[];
}

const toUnits = (texts: Readonly<Record<string, string>> = {}): Map<string, Unit> =>
  new Map(Object.entries(texts).map(([code, text]) => [code, units.parse(text)]));

export function vocabularyOf({ attributes, parameters = {}, fields, series, formulas }: Sample): FormulaVocabulary {
  const list = Array.isArray(formulas) ? (formulas as [string, string][]) : Object.entries(formulas);
  return {
    units,
    types,
    attributes: toUnits({ area: 'hm2', ...attributes }),
    productFields: toUnits(fields),
    series: toUnits(series),
    parameters: new Map(
      Object.entries(parameters).map(([code, text]) => {
        const [, by, unit] = /^(types |places )?(.*)$/.exec(text)!;
        return [code, { unit: units.parse(unit), byType: by === 'types ', byPlace: by === 'places ' }];
      }),
    ),
    formulas: list.map(([code, text], index) => {
      const [, scope, unit, expression] = /^(\w+) (\S+): ([^]*)$/.exec(text)!;
      const place = { file: 'services.yaml', line: 10 * (index + 1), column: 20 };
      return { code, scope: scope as FormulaScope, unit: units.parse(unit), expression, ...place };
    }),
  };
}

/** Checks a sample that must be sound. */
export function soundly(sample: Sample): CheckedFormulas {
  const { formulas, problems } = checkFormulas(vocabularyOf(sample));
  expect(problems).toEqual([]);
  return formulas!;
}

/** A value for every type, or one for each; in the declared unit. */
export type SampleValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export function lookupOf({ parameters }: FormulaVocabulary, values: SampleValues): ParameterLookup {
  return (code, { type, date, place }) => {
    const given = values[code];
    const text = typeof given === 'string' ? given : given?.[type ?? date ?? place ?? ''];
    if (text === undefined) return undefined;
    const evidence = { grade: 'published', source: `table of ${code}` } as const;
    return {
      code,
      value: Fraction.parse(text)!,
      unit: parameters.get(code)!.unit,
      evidence,
      from: date ?? '2000-01-01',
      type,
      place,
    };
  };
}

export const seed = Number(process.env.GEP_TEST_SEED ?? Date.now() % 2 ** 31);
/** Runs a property; the seed is in the report of a failure, and GEP_TEST_SEED repeats it. */
export function holds<T>(property: fc.IProperty<T>, runs: number): void {
  fc.assert(property, { seed, numRuns: runs, verbose: 1 });
}

/** Columns of random formulas are pure numbers from 0.1 to 10, `share` from 0 to 0.9. */
export const randomSample = {
  attributes: { area: '1', x: '1', y: '%', share: '1' },
  parameters: { p: 'types 1', q: '1' },
};
export const randomValues = { p: { forest: '0.25', dry: '1.75', grass: '1/3' }, q: '0.7' };

/** Text of a well-conditioned positive expression: comparisons are with odd numbers, differences stay far from nought. */
export const randomExpression: fc.Arbitrary<string> = fc.letrec<{ number: string; leaf: string; tree: string }>(
  (tie) => ({
    number: fc.integer({ min: 1, max: 99_999 }).map((n) => `${n}/10007`),
    leaf: fc.oneof(fc.constantFrom('area', 'x', 'y', 'p', 'q'), tie('number')),
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      tie('leaf'),
      ...[
        '(A + B)',
        'A * B',
        'A / (B + 1)',
        'max(A, B)',
        'min(A, B, 2.5)',
        'A * (1 - share * 0.5 * p)',
        '(A + B) ^ 2',
      ].map((form) => fill(form, tie)),
      ...[
        'sqrt(A)',
        'ln(1.5 + A)',
        'exp(-min(A, 3))',
        'A ^ 1.5',
        '(0.1 + A) ^ p',
        '(2 + sin(min(A, 3) + min(B, 3)))',
        'log10(A + 2)',
      ].map((form) => fill(form, tie)),
      ...[
        'if(x > N, A, B)',
        'if(p < 1 and y != N, A, B)',
        'if(q > 0.5, A, B)',
        'if(not x <= N or share > N, A, B)',
      ].map((form) => fill(form, tie)),
      ...['clamp(A, 0.2, N + 1)', 'abs(A - 2 * A)', 'A ^ -2 / (1 + A ^ -2)', '-(-A)'].map((form) => fill(form, tie)),
    ),
  }),
).tree;

/** The form with random parts: trees for A and B, a number for N. */
function fill(form: string, tie: (key: 'number' | 'tree') => fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(tie('tree'), tie('tree'), tie('number'))
    .map(([a, b, n]) => form.replace(/[ABN]/g, (hole) => ({ A: `(${a})`, B: `(${b})`, N: n })[hole]!));
}

/** Rows as doubles with at most four decimals; `first` rows of them decide the types. */
export const randomRows = (
  most: number,
): fc.Arbitrary<{ type: number; area: number; x: number; y: number; share: number }[]> => {
  const decimal = (from: number, to: number): fc.Arbitrary<number> =>
    fc.integer({ min: from * 1e4, max: to * 1e4 }).map((n) => n / 1e4);
  const row = {
    type: fc.nat(2),
    area: decimal(0.1, 10),
    x: decimal(0.1, 10),
    y: decimal(10, 1000),
    share: decimal(0, 0.9),
  };
  return fc.array(fc.record(row), { minLength: 1, maxLength: most });
};

it(`random formulas pass the checks (seed ${seed})`, () => {
  holds(
    fc.property(randomExpression, (expression) => {
      const { problems } = checkFormulas(vocabularyOf({ ...randomSample, formulas: { f: `patch 1: ${expression}` } }));
      expect(problems).toEqual([]);
    }),
    50,
  );
});
