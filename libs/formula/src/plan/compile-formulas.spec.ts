/** The algebra pass: what stays on the rows, what leaves them, and what a compiled program refuses. */
import { assert } from '@gep/kernel';
import { MissingInput, MissingParameterValue, UndefinedValue } from '../errors';
import { ColumnChunk } from '../kernel/kernel-plan';
import { reducePartials, reuseBaseSums } from '../kernel/reduce-partials';
import { runKernel } from '../kernel/run-kernel';
import { lookupOf, Sample, SampleValues, soundly, types } from '../sample-vocabulary.spec';
import { describeRow } from './describe-row';
import { compileFormulas, FormulaProgram, WantedFormula } from './compile-formulas';

/** The eleven services in small: what is linear, what is not, and what hangs on what. */
const services: Sample = {
  attributes: {
    rain: 'mm/a',
    evaporation: 'mm/a',
    r: 'MJ*mm/(hm2*h*a)',
    k: 't*hm2*h/(hm2*MJ*mm)',
    c: '1',
    slope: '1',
    npp: 't/(hm2*a)',
  },
  parameters: {
    p: 'types 1',
    runoff: 'types 1',
    content: 'g/kg',
    factor: '1',
    share: 'types 1',
    waterPrice: 'yuan/m3',
    carbonPrice: 'yuan/t',
  },
  fields: { output: 't', unitPrice: 'yuan/t' },
  formulas: {
    soil: 'patch t/a: area * r * k * (1 - c * p)',
    nitrogen: 'patch t/a: soil * content * factor',
    phosphorus: 'patch t/a: 0.5 * nitrogen',
    carbon: 'patch t/a: area * npp * share * 44/12',
    oxygen: 'patch t/a: 32/44 * carbon',
    water: 'patch m3/a: area * (rain * (1 - runoff) - evaporation)',
    surplus: 'patch m3/a: max(0, area * (rain - evaporation))',
    steep: 'patch hm2: if(slope > 25, area, 0)',
    capped: 'patch m3/a: min(area * rain * (1 - runoff), 1000 [m3/a])',
    forestry: 'patch t/a: if(factor > 1, carbon, 2 * carbon)',
    carbonValue: 'type yuan/a: carbon * carbonPrice',
    carbonDensity: 'type t/(hm2*a): carbon / area',
    crops: 'product yuan: output * unitPrice',
    total: 'territory 万元/a: sum(types, carbonValue + water * waterPrice) + sum(products, crops) / 1 [a]',
    half: 'territory 万元/a: total / 2',
    weighted: 'territory 1: sum(types, carbonValue / total)',
  },
};
const values: SampleValues = {
  p: { forest: '1', dry: '0.4', grass: '1' },
  runoff: { forest: '0.02', dry: '0.34', grass: '0.09' },
  share: { forest: '0.18', dry: '0.03', grass: '0.08' },
  ...{ content: '1.53', factor: '2.17', waterPrice: '2.4', carbonPrice: '386' },
};
const chunk: ColumnChunk = {
  rows: 4,
  typeIndex: Uint8Array.of(0, 1, 0, 1),
  columns: {
    area: Float64Array.of(10, 20, 30, 40),
    rain: Float64Array.of(1000, 900, 800, 500),
    evaporation: Float64Array.of(600, 500, 400, 700),
    r: Float64Array.of(5000, 4000, 3000, 2000),
    k: Float64Array.of(0.03, 0.05, 0.03, 0.05),
    c: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    slope: Float64Array.of(5, 30, 30, 5),
    npp: Float64Array.of(5, 6, 7, 8),
  },
};
const formulas = () => soundly(services);
const compile = (wanted: readonly (string | WantedFormula)[], changed: SampleValues = {}): FormulaProgram =>
  compileFormulas(formulas(), wanted, lookupOf(formulas().vocabulary, { ...values, ...changed }), types);
const sumsOf = ({ plan }: FormulaProgram) => reducePartials(plan, [runKernel(plan, [chunk])]);
const basesOf = (...wanted: string[]): string[] => compile(wanted).plan.keys.map((key) => key.split(' @ ')[0]);

describe('bases', () => {
  it('are shared by whatever is a multiple of the same rows', () => {
    expect(basesOf('carbon', 'oxygen', 'forestry')).toEqual(['*(area,npp)']);
    expect(basesOf('nitrogen', 'phosphorus')).toEqual(basesOf('soil'));
    expect(basesOf('soil')).toHaveLength(2);
    expect(basesOf('surplus')).toEqual(['max(0,*(-(rain,evaporation),area))']);
    expect(basesOf('water', 'area')).toEqual(['area', '*(area,rain)', '*(area,evaporation)']);
  });
  it('keep by-type numbers in tables only where they cannot leave the rows', () => {
    const { plan } = compile(['capped']);
    expect(plan.bases[0]).toMatchObject({ op: 'min' });
    expect(plan.keys[0]).toContain('[0.98 0.66 0.91]');
  });
  it('are plain values', () => {
    const { plan } = compile(['total', 'steep', 'surplus', 'capped']);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(structuredClone(plan)).toEqual(plan);
  });
  it('of formulas that name others over and over have keys of bounded length', () => {
    const chain = Array.from({ length: 40 }, (_, i) => [`f${i + 1}`, `patch hm2: max(f${i}, f${i} * p + 1 [hm2])`]);
    const checked = soundly({
      parameters: { p: 'types 1' },
      formulas: { f0: 'patch hm2: area', ...Object.fromEntries(chain) },
    });
    const program = compileFormulas(checked, ['f40'], lookupOf(checked.vocabulary, values), types);
    expect(program.plan.keys[0].length).toBeLessThan(5000);
    const rows = { rows: 1, typeIndex: Uint8Array.of(0), columns: { area: Float64Array.of(2) } };
    expect(
      program.assemble(reducePartials(program.plan, [runKernel(structuredClone(program.plan), [rows])])).get('f40')![0],
    ).toBe(42);
  });
  it('of a product with very many terms stay one', () => {
    const factors = Array.from({ length: 7 }, (_, i) => `(x${i} * p + ${i + 1})`);
    const attributes = Object.fromEntries(factors.map((_, i) => [`x${i}`, '1']));
    const checked = soundly({
      attributes,
      parameters: { p: 'types 1' },
      formulas: { f: `patch 1: ${factors.join(' * ')}` },
    });
    const { plan } = compileFormulas(checked, ['f'], lookupOf(checked.vocabulary, values), types);
    expect(plan.bases).toHaveLength(1);
  });
});

describe('a changed price or linear parameter', () => {
  it('leaves every base as it was, so that no row is read again', () => {
    const wanted = ['soil', 'oxygen', 'nitrogen', 'water', 'total'];
    const before = compile(wanted);
    const after = compile(wanted, {
      carbonPrice: '500',
      p: { forest: '0.5', dry: '0.25', grass: '0' },
      share: '0.1',
      runoff: '0.5',
      content: '0',
    });
    expect(after.plan.keys).toEqual(before.plan.keys);
    const reused = reuseBaseSums(after.plan, sumsOf(before));
    assert(reused, 'all bases are there');
    expect(after.assemble(reused)).toEqual(after.assemble(sumsOf(after)));
  });
  it('but a parameter inside min is another base', () => {
    const before = compile(['capped']);
    const after = compile(['capped'], { runoff: '0.5' });
    expect(after.plan.keys).not.toEqual(before.plan.keys);
    expect(reuseBaseSums(after.plan, sumsOf(before))).toBeUndefined();
  });
  it('takes from kept sums only what a smaller plan needs', () => {
    const [small, large] = [compile(['oxygen']), compile(['soil', 'oxygen', 'water'])];
    expect(small.assemble(reuseBaseSums(small.plan, sumsOf(large))!)).toEqual(small.assemble(sumsOf(small)));
    expect(reuseBaseSums(large.plan, sumsOf(small))).toBeUndefined();
  });
});

describe('results', () => {
  const products = [
    { product: 'maize', fields: { output: '12.5', unitPrice: '2000' } },
    { product: 'tea', fields: { output: '0.5', unitPrice: '80000' } },
  ];
  const carbon = [(50 + 210) * 0.18, (120 + 320) * 0.03].map((t) => (t * 44) / 12);
  const water = [
    98e5 - 6e6 + 30 * (784 - 400) * 10 - 98e5 + 10 * 980 * 10 + 6e6 - 6e4,
    20 * (594 - 500) * 10 + 40 * (330 - 700) * 10,
  ];
  const close = (found: Float64Array | undefined, wanted: readonly number[]) => {
    expect(found).toHaveLength(wanted.length);
    wanted.forEach((value, index) => expect(found![index]).toBeCloseTo(value, 6));
  };
  it('come by type, by product row, and one for the territory', () => {
    const program = compile([
      'area',
      'carbon',
      'oxygen',
      'water',
      'steep',
      'surplus',
      'carbonDensity',
      'crops',
      'total',
      'half',
      'weighted',
    ]);
    const results = program.assemble(sumsOf(program), products);
    close(results.get('area'), [40, 60, 0]);
    close(results.get('carbon'), [...carbon, 0]);
    close(results.get('oxygen'), [...carbon.map((t) => (t * 32) / 44), 0]);
    close(results.get('water'), [...water, 0]);
    close(results.get('steep'), [30, 20, 0]);
    close(results.get('surplus'), [10 * 400 * 10 + 30 * 400 * 10, 20 * 400 * 10, 0]);
    close(results.get('crops'), [25_000, 40_000]);
    const total = (386 * (carbon[0] + carbon[1]) + 2.4 * (water[0] + water[1]) + 65_000) / 10_000;
    close(results.get('total'), [total]);
    close(results.get('half'), [total / 2]);
    close(results.get('weighted'), [(386 * (carbon[0] + carbon[1])) / total / 10_000]);
    expect(results.get('carbonDensity')![0]).toBeCloseTo(carbon[0] / 40, 9);
  });
  it('need of each type only the columns of the branch that it takes', () => {
    const checked = soundly({
      attributes: { canopy: '1', cover: '1' },
      parameters: { isForest: 'types 1', rate: 'types 1' },
      formulas: { f: 'patch hm2: area * if(isForest = 1, rate * canopy, 2 * cover)', g: 'patch hm2: 3 * f' },
    });
    const look = lookupOf(checked.vocabulary, {
      isForest: { forest: '1', dry: '0', grass: '0' },
      rate: { forest: '0.5' },
    });
    const program = compileFormulas(checked, ['g'], look, types);
    const columns = {
      area: Float64Array.of(10, 20),
      canopy: Float64Array.of(0.5, NaN),
      cover: Float64Array.of(NaN, 0.25),
    };
    const rows = { rows: 2, typeIndex: Uint8Array.of(0, 1), columns };
    const sums = reducePartials(program.plan, [runKernel(program.plan, [rows])]);
    expect([...program.assemble(sums).get('g')!]).toEqual([7.5, 30, 0]);
  });
  it('have exact coefficients over the bases', () => {
    const program = compile(['oxygen', 'area']);
    const [part] = program.linearParts('oxygen');
    expect(part.coefficients.map(String)).toEqual(['12/25', '2/25', '16/75']);
    expect(program.plan.keys[part.base]).toBe(part.key);
    expect(describeRow(program.plan.bases[part.base])).toBe('area * npp');
    expect(program.linearParts('area')[0].coefficients.map(String)).toEqual(['1', '1', '1']);
  });
  it('are NaN at types that were not asked for', () => {
    const program = compile([{ code: 'carbon', types: ['forest'] }]);
    expect([...program.assemble(sumsOf(program)).get('carbon')!].map(Number.isNaN)).toEqual([false, true, true]);
  });
  it('choose exactly between branches that no row decides', () => {
    const one = compile(['forestry'], { factor: '1' });
    const two = compile(['forestry'], { factor: '1.0000000000000000000000001' });
    const first = (program: FormulaProgram) => program.assemble(sumsOf(program)).get('forestry')![0];
    expect(first(one)).toBeCloseTo(2 * first(two), 9);
  });
});

describe('refusals', () => {
  it('name every missing value at once, but none for types where the formula is not wanted', () => {
    const gaps: SampleValues = { share: { forest: '0.18' }, carbonPrice: {}, p: { dry: '0.4' } };
    const refusal = (wanted: readonly (string | WantedFormula)[]) => {
      try {
        compile(wanted, gaps);
      } catch (error) {
        return (error as MissingParameterValue).missing.map(
          ({ parameter, type, formula }) => `${formula}: ${parameter} ${type ?? '-'}`,
        );
      }
      return [];
    };
    expect(refusal(['soil', 'carbonValue'])).toEqual([
      'soil: p forest',
      'soil: p grass',
      'carbon: share dry',
      'carbon: share grass',
      'carbonValue: carbonPrice -',
    ]);
    expect(
      refusal([
        { code: 'soil', types: ['dry'] },
        { code: 'carbon', types: ['forest'] },
      ]),
    ).toEqual([]);
  });
  it('name the part of a formula that has no value', () => {
    const checked = soundly({
      parameters: { p: 'types 1' },
      formulas: {
        f: 'patch hm2: area / (p - 1)',
        g: 'patch hm2: if(p = 1, area, area / (p - 1))',
        h: 'patch hm2: area * ln(p - 1)',
      },
    });
    const look = lookupOf(checked.vocabulary, values);
    expect(() => compileFormulas(checked, ['f'], look, types)).toThrow(UndefinedValue);
    expect(() => compileFormulas(checked, ['h'], look, types)).toThrow(
      '"ln(p - 1)" of formula "h" has no finite value for type "forest"',
    );
    const program = compileFormulas(checked, ['g'], look, types);
    const { plan } = program;
    const results = program.assemble(
      reducePartials(plan, [
        runKernel(plan, [{ rows: 2, typeIndex: Uint8Array.of(0, 1), columns: { area: Float64Array.of(3, 6) } }]),
      ]),
    );
    expect([...results.get('g')!]).toEqual([3, 6 / (0.4 - 1), 0]);
  });
  it('name the product whose field is absent', () => {
    const program = compile(['crops']);
    expect(() => program.assemble(sumsOf(program), [{ product: 'maize', fields: { output: '1' } }])).toThrow(
      MissingInput,
    );
  });
});
