/** The audit of one number: it agrees with the kernel, and shows the whole way. */
import * as fc from 'fast-check';
import { MissingInput, MissingParameterValue, UndefinedValue } from '../errors';
import { reducePartials } from '../kernel/reduce-partials';
import { runKernel } from '../kernel/run-kernel';
import { compileFormulas } from '../plan/compile-formulas';
import {
  holds,
  lookupOf,
  randomExpression,
  randomRows,
  randomSample,
  randomValues,
  Sample,
  SampleValues,
  soundly,
  types,
} from '../sample-vocabulary.spec';
import { evaluateExactly } from './evaluate-exactly';
import { ExactPatch, ExactTrace } from './exact-trace';

const sample: Sample = {
  attributes: { rain: 'mm/a', slope: '1' },
  parameters: { rate: 'types t/(hm2*a)', runoff: 'types %', price: 'yuan/t', waterPrice: 'yuan/m3', old: '1' },
  fields: { output: 't', unitPrice: 'yuan/t' },
  formulas: {
    carbon: 'patch t/a: area * rate * 44/12',
    water: 'patch m3/a: max(0, area * (rain * (1 - runoff) - 500 [mm/a]))',
    steep: 'patch hm2: if(slope > 25 and not area < 1 [mu], area, 0)',
    carbonValue: 'type yuan/a: carbon * price',
    density: 'type t/(hm2*a): carbon / area',
    crop: 'product 万元: output * unitPrice',
    total: 'territory 万元/a: sum(types, carbonValue + water * waterPrice) + sum(products, crop) / 1 [a]',
    dated: 'territory 1: old[date=2015-12-31] - old',
  },
};
const values: SampleValues = {
  rate: { forest: '1.17', dry: '0.047', grass: '0.02' },
  runoff: { forest: '2', dry: '34', grass: '9' },
  ...{ price: '386', waterPrice: '2.4' },
  old: { '2015-12-31': '3', '': '1/7' },
};
const formulas = soundly(sample);
const lookup = lookupOf(formulas.vocabulary, values);
const patches: ExactPatch[] = [
  { type: 'forest', label: 'F1', attributes: { area: '10.5', rain: '1100.25', slope: 30 } },
  { type: 'forest', label: 'F2', attributes: { area: 2, rain: 400, slope: 3 } },
  { type: 'dry', label: 'D1', attributes: { area: '41.42', rain: '900', slope: '26' } },
];
const products = [
  { product: 'maize', type: 'dry', fields: { output: '12.5', unitPrice: '2000' } },
  { product: 'tea', fields: { output: 0.5, unitPrice: '80000.50' } },
];

function* stepsOf(trace: ExactTrace): Generator<ExactTrace> {
  yield trace;
  for (const child of trace.children) yield* stepsOf(child);
}

describe('a value', () => {
  it('of one patch has every step with its text, unit and source', () => {
    const trace = evaluateExactly(formulas, 'carbon', { lookup, patch: patches[0] });
    expect(trace).toMatchObject({
      kind: 'formula',
      name: 'carbon',
      value: '45.045',
      unit: 't/a',
      expression: 'area * rate * 44/12',
    });
    const found = Object.fromEntries([...stepsOf(trace)].map((step) => [step.expression, step]));
    expect(found.area).toMatchObject({
      kind: 'attribute',
      name: 'area',
      value: '10.5',
      unit: 'hm2',
      formula: 'carbon',
    });
    const evidence = { grade: 'published', source: 'table of rate' };
    expect(found.rate).toMatchObject({
      kind: 'parameter',
      value: '1.17',
      unit: 't/(hm2*a)',
      type: 'forest',
      from: '2000-01-01',
      evidence,
    });
    expect(found['area * rate']).toMatchObject({ kind: 'arithmetic', name: '*', value: '12.285', unit: 't/a' });
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });
  it('shows conversions and the branch that was taken', () => {
    const water = evaluateExactly(formulas, 'water', { lookup, patch: patches[0] });
    expect(water.value).toBe('60715.725');
    expect(
      [...stepsOf(water)].filter(({ kind }) => kind === 'convert').map(({ value, unit }) => `${value} ${unit}`),
    ).toEqual(['60715.725 m3/a', '0.02 1']);
    const steep = evaluateExactly(formulas, 'steep', { lookup, patch: patches[1] });
    expect([...stepsOf(steep)].map(({ expression, value }) => `${expression} → ${value}`)).toEqual([
      'if(slope > 25 and not area < 1 [mu], area, 0) → 0',
      'if(slope > 25 and not area < 1 [mu], area, 0) → 0',
      'slope > 25 and not area < 1 [mu] → false',
      'slope > 25 → false',
      'slope → 3',
      '25 → 25',
      'not area < 1 [mu] → true',
      'area < 1 [mu] → false',
      'area → 2',
      '1 [mu] → 0.06666666666666666666666666666666666666667',
      '1 [mu] → 1',
      '0 → 0',
    ]);
  });
  it('of a type comes from its patches, or from totals given', () => {
    const fromPatches = evaluateExactly(formulas, 'carbonValue', { lookup, type: 'forest', patches });
    expect(fromPatches.value).toBe('20699.25');
    expect([...stepsOf(fromPatches)].filter(({ kind }) => kind === 'item').map(({ name }) => name)).toEqual([
      'F1',
      'F2',
    ]);
    const fromTotals = evaluateExactly(formulas, 'density', {
      lookup,
      type: 'dry',
      totals: { dry: { carbon: 10, area: '4' } },
    });
    expect(fromTotals.value).toBe('2.5');
    expect(evaluateExactly(formulas, 'carbon', { lookup, type: 'forest', patches }).value).toBe('53.625');
    expect(evaluateExactly(formulas, 'carbon', { lookup, type: 'grass', patches }).value).toBe('0');
  });
  it('of a product and of the territory', () => {
    expect(evaluateExactly(formulas, 'crop', { lookup, product: products[1] }).value).toBe('4.000025');
    const total = evaluateExactly(formulas, 'total', { lookup, patches, products });
    const program = compileFormulas(formulas, ['total'], lookup, types);
    const column = (name: string) => Float64Array.from(patches, ({ attributes }) => Number(attributes[name]));
    const typeIndex = Uint8Array.from(patches, ({ type }) => types.indexOf(type));
    const chunk = { rows: 3, typeIndex, columns: { area: column('area'), rain: column('rain') } };
    const [computed] = program
      .assemble(reducePartials(program.plan, [runKernel(program.plan, [chunk])]), products)
      .get('total')!;
    expect(computed / Number(total.value)).toBeCloseTo(1, 13);
    expect(
      [...stepsOf(total)].filter(({ kind, formula }) => kind === 'item' && formula === 'total').map(({ name }) => name),
    ).toEqual(['forest', 'F1', 'F2', 'dry', 'D1', 'maize', 'tea']);
  });
  it('looks parameters up by date and shows fractions as written', () => {
    const trace = evaluateExactly(formulas, 'dated', { lookup });
    expect(trace.value).toBe('2.857142857142857142857142857142857142857');
    const parameters = [...stepsOf(trace)].filter(({ kind }) => kind === 'parameter');
    expect(parameters.map(({ from, given }) => [from, given])).toEqual([
      ['2015-12-31', undefined],
      ['2000-01-01', '1/7 1'],
    ]);
  });
});

describe('refusals', () => {
  it('name what is absent', () => {
    expect(() =>
      evaluateExactly(formulas, 'carbon', {
        lookup,
        patch: { type: 'forest', label: 'F9', attributes: { area: NaN } },
      }),
    ).toThrow(MissingInput);
    expect(() =>
      evaluateExactly(formulas, 'carbon', { lookup, patch: { type: 'sea', attributes: { area: 1 } } }),
    ).toThrow(MissingParameterValue);
    expect(() => evaluateExactly(formulas, 'carbonValue', { lookup, type: 'forest' })).toThrow('"carbon (forest)"');
    expect(() => evaluateExactly(formulas, 'carbonValue', { lookup })).toThrow('"type (carbon)"');
    expect(() => evaluateExactly(formulas, 'crop', { lookup, product: { product: 'tea', fields: {} } })).toThrow(
      '"tea.output"',
    );
  });
  it('name the step that has no finite value', () => {
    const density = { lookup, type: 'dry', totals: { dry: { carbon: 1, area: 0 } } };
    expect(() => evaluateExactly(formulas, 'density', density)).toThrow(UndefinedValue);
    expect(() => evaluateExactly(formulas, 'density', density)).toThrow('"carbon / area" of formula "density"');
  });
});

it('holds the kernel to 1e-12 for random formulas and rows', () => {
  const property = fc.property(randomExpression, randomRows(40), (expression, rows) => {
    const checked = soundly({ ...randomSample, formulas: { f: `patch 1: ${expression}`, g: 'patch %: f * y + f' } });
    const look = lookupOf(checked.vocabulary, randomValues);
    const program = compileFormulas(checked, ['f', 'g'], look, types);
    const column = (name: 'area' | 'x' | 'y' | 'share') => Float64Array.from(rows, (row) => row[name]);
    const columns = { area: column('area'), x: column('x'), y: column('y'), share: column('share') };
    const chunk = { rows: rows.length, typeIndex: Uint8Array.from(rows, ({ type }) => type), columns };
    const results = program.assemble(reducePartials(program.plan, [runKernel(program.plan, [chunk])]));
    const observed = rows.map(({ type, ...attributes }) => ({ type: types[type], attributes }));
    for (const [index, type] of types.entries()) {
      for (const code of ['f', 'g']) {
        const exact = Number(evaluateExactly(checked, code, { lookup: look, type, patches: observed }).value);
        const computed = results.get(code)![index];
        expect(Math.abs(computed - exact)).toBeLessThanOrEqual(1e-12 * Math.abs(exact));
      }
    }
  });
  holds(property, 150);
});
