/** Sums over days: the language, the kernel and the exact walker give one number, and absent days are told. */
import * as fc from 'fast-check';
import { checkFormulas } from '../checking/check-formulas';
import { MissingInput, MissingParameterValue, UndefinedValue } from '../errors';
import { reducePartials } from '../kernel/reduce-partials';
import { runKernel } from '../kernel/run-kernel';
import { compileFormulas, FormulaProgram } from '../plan/compile-formulas';
import {
  holds,
  lookupOf,
  randomExpression,
  randomSample,
  randomValues,
  Sample,
  soundly,
  types,
  vocabularyOf,
} from '../sample-vocabulary.spec';
import { evaluateExactly } from '../trace/evaluate-exactly';
import { ExactTrace } from '../trace/exact-trace';
import { sumDays } from './day-sums';
import { DayTable } from './day-table';

const erosivity: Sample = {
  attributes: { soil: '1' },
  series: { rain: 'mm', wind: 'm/s' },
  parameters: { warm: '1', cold: '1', threshold: 'mm', weight: 'types 1' },
  formulas: {
    erosive: 'day 1: if(rain >= threshold, (rain / 1 [mm]) ^ 1.7265, 0)',
    season: 'day 1: if(month >= 5 and month <= 9, warm, cold)',
    R: 'patch 1: sum(days, season * erosive)',
    perSoil: 'patch hm2: area * soil * weight * R',
    mean: 'patch mm: sum(days, if(rain >= threshold, rain, 0)) / sum(days, if(rain >= threshold, 1, 0))',
    beta: 'day 1: 0.8363 + 18.144 / (sum(days, if(rain >= threshold, rain / 1 [mm], 0)) / sum(days, if(rain >= threshold, 1, 0)))',
    power: 'patch 1: sum(days, if(rain >= threshold, (rain / 1 [mm]) ^ beta, 0))',
    gusts: 'patch m3/s3: sum(days, if(wind > 5 [m/s], wind * (wind - 5 [m/s]) ^ 2, 0))',
    both: 'patch 1: sum(days, rain / 1 [mm] + wind / 1 [m/s])',
  },
};
const formulas = soundly(erosivity);
const values = { warm: '0.3937', cold: '0.3101', threshold: '12', weight: { forest: '2', dry: '3', grass: '5' } };
const lookup = lookupOf(formulas.vocabulary, values);

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10));
const table = (first: string, series: Readonly<Record<string, readonly number[]>>): DayTable => {
  const [values] = Object.values(series);
  const columns = Object.entries(series).map(([name, given]) => [name, Float64Array.from(given)]);
  return { days: daysFrom(first, values.length), series: Object.fromEntries(columns) };
};
const rain = table('2024-04-29', { rain: [20, 11.9, 30, NaN, 12, 0] });

/** Runs a program over patches in which every row has the sums over days as columns. */
function run(program: FormulaProgram, days: DayTable, rows: Readonly<Record<string, readonly number[]>>) {
  const count = Object.values(rows)[0].length;
  const sums = sumDays(program.daySums, days);
  const columns = Object.fromEntries([
    ...Object.entries(rows).map(([name, given]) => [name, Float64Array.from(given)]),
    ...sums.map(({ sum, value }) => [sum.column, new Float64Array(count).fill(value)]),
  ]) as Record<string, Float64Array>;
  const chunk = { rows: count, typeIndex: Uint8Array.from({ length: count }, (_, at) => at % types.length), columns };
  return { sums, results: program.assemble(reducePartials(program.plan, [runKernel(program.plan, [chunk])])) };
}
const valueOf = (code: string, days: DayTable): number => {
  const program = compileFormulas(formulas, [code], lookup, types);
  return run(program, days, { area: [1], soil: [1] }).results.get(code)![0];
};

describe('a sum over days', () => {
  it('takes each day by its month and leaves days without a value out', () => {
    const expected = 0.3101 * 20 ** 1.7265 + 0.3937 * (30 ** 1.7265 + 12 ** 1.7265);
    expect(valueOf('R', rain)).toBeCloseTo(expected, 10);
    const program = compileFormulas(formulas, ['R'], lookup, types);
    const [total] = sumDays(program.daySums, rain);
    expect(total).toMatchObject({ days: 6, counted: 5, absent: [], sum: { series: ['rain'], formula: 'R' } });
  });
  it('is one column, which stands as a factor before the rows', () => {
    const program = compileFormulas(formulas, ['perSoil'], lookup, types);
    expect(program.plan.columns.filter((name) => name.startsWith('sum(days'))).toHaveLength(1);
    const { results } = run(program, rain, { area: [1, 2, 3], soil: [1, 1, 0.5] });
    const R = valueOf('R', rain);
    expect([...results.get('perSoil')!].map((each) => each / R)).toEqual(
      [2, 6, 7.5].map((each) => expect.closeTo(each, 12)),
    );
  });
  it('may stand inside a day, and in a quotient', () => {
    expect(valueOf('mean', rain)).toBeCloseTo((20 + 30 + 12) / 3, 12);
    const beta = 0.8363 + 18.144 / (62 / 3);
    expect(valueOf('power', rain)).toBeCloseTo(20 ** beta + 30 ** beta + 12 ** beta, 9);
    expect(valueOf('gusts', table('2024-01-01', { wind: [4, 5, 7, 10] }))).toBe(7 * 4 + 10 * 25);
  });
  it('goes over the days on which all its series have a value', () => {
    const days = table('2024-01-01', { rain: [1, NaN, 3, 4], wind: [10, 20, NaN, 40] });
    expect(valueOf('both', days)).toBe(1 + 10 + 4 + 40);
  });
  it('has another name when a parameter in it changes, so that kept sums are not used for it', () => {
    const changed = lookupOf(formulas.vocabulary, { ...values, warm: '0.4' });
    const keys = [lookup, changed].map((each) => compileFormulas(formulas, ['perSoil'], each, types).plan.keys);
    expect(keys[0]).not.toEqual(keys[1]);
  });
  it('has no value where a series is absent, and the row is the fault', () => {
    const program = compileFormulas(formulas, ['R'], lookup, types);
    const none = { days: rain.days, series: {} };
    expect(sumDays(program.daySums, none)[0]).toMatchObject({ value: NaN, counted: 0, absent: ['rain'] });
    expect(() =>
      evaluateExactly(formulas, 'R', { lookup, patch: { type: 'dry', attributes: {} }, days: none }),
    ).toThrow(MissingInput);
  });
});

it('an audit shows the count of days, the formula and the largest terms', () => {
  const trace = evaluateExactly(formulas, 'R', { lookup, patch: { type: 'dry', attributes: {} }, days: rain });
  const find = (node: ExactTrace): ExactTrace | undefined =>
    node.days ? node : node.children.map(find).find((each) => each !== undefined);
  const sum = find(trace)!;
  expect(sum).toMatchObject({ kind: 'sum', expression: 'sum(days, season * erosive)', days: { of: 6, counted: 5 } });
  expect(sum.children.map(({ name }) => name)).toContain('2024-05-01');
  const many = table('2024-06-01', { rain: Array.from({ length: 30 }, (_, at) => at + 12) });
  const long = find(evaluateExactly(formulas, 'R', { lookup, patch: { type: 'dry', attributes: {} }, days: many }))!;
  expect(long.children.map(({ name }) => name)).toEqual(daysFrom('2024-06-26', 5));
  const shown = long.children.reduce((total, { value }) => total + Number(value), 0);
  expect(shown + Number(long.days!.rest)).toBeCloseTo(Number(long.value), 9);
});

it('refuses what has no meaning, and says how to mend it', () => {
  const textsOf = (formula: string): string[] =>
    checkFormulas(vocabularyOf({ ...erosivity, formulas: { f: formula } })).problems.map(({ text }) => text.en);
  expect(textsOf('patch mm: rain')).toEqual([expect.stringContaining('write sum(days, rain)')]);
  expect(textsOf('type mm: sum(days, rain)')).toEqual([expect.stringContaining('write a patch formula of its own')]);
  expect(textsOf('patch 1: sum(days, soil)')).toEqual([expect.stringContaining('"soil" is a column of patches')]);
  expect(textsOf('patch 1: sum(days, weight)')).toEqual([expect.stringContaining('outside of sum(days, …)')]);
  expect(textsOf('patch mm: sum(days, rain + wind)')).toEqual([expect.stringContaining('m/s')]);
  expect(textsOf('patch 1: month')).toEqual([expect.stringContaining('"month" is not known')]);
  expect(() =>
    compileFormulas(formulas, ['R'], lookupOf(formulas.vocabulary, { warm: '1', cold: '1' }), types),
  ).toThrow(MissingParameterValue);
  const broken = soundly({ ...erosivity, formulas: { f: 'patch 1: sum(days, ln(rain / 1 [mm] - 100))' } });
  const program = compileFormulas(broken, ['f'], lookup, types);
  expect(() => sumDays(program.daySums, rain)).toThrow(UndefinedValue);
  expect(() => sumDays(program.daySums, rain)).toThrow('2024-04-29');
});

it('kernel and audit agree to 1e-12 for random formulas and days', () => {
  const decimal = (from: number, to: number) => fc.integer({ min: from * 1e4, max: to * 1e4 }).map((n) => n / 1e4);
  const day = fc.record({ x: fc.option(decimal(0.1, 10), { nil: NaN }), y: decimal(10, 1000), share: decimal(0, 0.9) });
  const daily = randomExpression.map((text) =>
    text.replaceAll(/\barea\b/g, '(month + dayOfYear / 100)').replaceAll(/\bp\b/g, 'q'),
  );
  const property = fc.property(daily, fc.array(day, { minLength: 1, maxLength: 40 }), (expression, rows) => {
    fc.pre(rows.some(({ x }) => !Number.isNaN(x)));
    const checked = soundly({
      parameters: randomSample.parameters,
      series: { x: '1', y: '%', share: '1' },
      formulas: { g: `day 1: ${expression}`, f: 'patch 1: area / 1 [hm2] * sum(days, g) + sum(days, x * g)' },
    });
    const look = lookupOf(checked.vocabulary, randomValues);
    const days = table('2023-12-20', {
      x: rows.map(({ x }) => x),
      y: rows.map(({ y }) => y),
      share: rows.map(({ share }) => share),
    });
    const lacking = [...seriesIn(expression)].some((name) => days.series[name].every(Number.isNaN));
    fc.pre(!lacking);
    const computed = run(compileFormulas(checked, ['f'], look, types), days, { area: [2.5] }).results.get('f')![0];
    const patch = { type: types[0], attributes: { area: 2.5 } };
    const exact = Number(evaluateExactly(checked, 'f', { lookup: look, patch, days }).value);
    expect(Math.abs(computed - exact)).toBeLessThanOrEqual(1e-12 * Math.abs(exact));
  });
  holds(property, 100);
});

const seriesIn = (expression: string): Set<string> => new Set(expression.match(/\b(?:x|y|share)\b/g) ?? []);
