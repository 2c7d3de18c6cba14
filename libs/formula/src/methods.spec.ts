/** The methods of the field can be written in the language, and give what the papers' arithmetic gives. */
import { reducePartials } from './kernel/reduce-partials';
import { runKernel } from './kernel/run-kernel';
import { compileFormulas } from './plan/compile-formulas';
import { lookupOf, Sample, soundly, types } from './sample-vocabulary.spec';
import { evaluateExactly } from './trace/evaluate-exactly';

const attributes = {
  ...{ rain: 'mm/a', evaporation: 'mm/a', runoff: '1', slope: '1', length: 'm', erosivity: 'MJ*mm/(hm2*h*a)' },
  ...{ sand: '1', silt: '1', clay: '1', organic: '1', windFactor: 'kg/m', cover: '%', npp: 'g/(m2*a)' },
};
const row: Record<keyof typeof attributes | 'area', number> = {
  ...{ area: 12.5, rain: 1126.71, evaporation: 620.5, runoff: 0.0267, slope: 18.5, length: 40, erosivity: 5823.42 },
  ...{ sand: 32.5, silt: 41.25, clay: 26.25, organic: 1.8, windFactor: 12.75, cover: 65, npp: 540 },
};
const parameters = {
  ...{ coverFactor: 'types 1', practice: 'types 1', decay: 'types 1', heat: 'types kJ/(m2*d)', share: 'types 1' },
  ...{
    days: 'd/a',
    efficiency: '1',
    density: 't/m3',
    silting: '1',
    lakeA: '1',
    lakeB: '1',
    so2: 'types t/(km2*a)',
    emitted: 't/a',
  },
};
const values = {
  coverFactor: { forest: '0.001', dry: '0.13', grass: '0.04' },
  practice: { forest: '1', dry: '0.4', grass: '1' },
  decay: { forest: '0.1535', dry: '0.0438', grass: '0.1151' },
  heat: { forest: '2837.27', dry: '0', grass: '969.83' },
  share: { forest: '0.215', dry: '0', grass: '0.262' },
  so2: { forest: '3.6', dry: '2.5', grass: '2.94' },
  ...{ days: '92', efficiency: '3', density: '1.25', silting: '0.24', lakeA: '4.904', lakeB: '0.927', emitted: '0.3' },
};

const sine = (degrees: number): number => Math.sin((degrees * 3.141592653589793) / 180);
const epic = ((): number => {
  const { sand, silt, clay, organic } = row;
  const rest = 1 - sand / 100;
  const k =
    (0.2 + 0.3 * Math.exp(-0.0256 * sand * (1 - silt / 100))) *
    (silt / (clay + silt)) ** 0.3 *
    (1 - (0.25 * organic) / (organic + Math.exp(3.72 - 2.95 * organic))) *
    (1 - (0.7 * rest) / (rest + Math.exp(-5.51 + 22.9 * rest)));
  return (-0.01383 + 0.51575 * k) * 0.1317;
})();
const lengthFactor = ((): number => {
  const b = sine(row.slope) / 0.089 / (3 * sine(row.slope) ** 0.8 + 0.56);
  return (row.length / 22.13) ** (b / (1 + b));
})();
const steepness = 21.9 * sine(row.slope) - 0.96;
const soil = row.area * row.erosivity * epic * lengthFactor * steepness * (1 - 0.001 * 1);

/** Formula, its text, and the figure for the row as forest. */
const methods: readonly (readonly [code: string, text: string, figure: number])[] = [
  [
    'waterRetention',
    'patch m3/a: max(0, area * (rain * (1 - runoff) - evaporation))',
    12.5 * 10 * (1126.71 * (1 - 0.0267) - 620.5),
  ],
  ['angle', 'patch 1: slope * 3.141592653589793 / 180', (row.slope * 3.141592653589793) / 180],
  [
    'erodibility',
    `patch t*h/(MJ*mm): 1 [t*h/(MJ*mm)] * 0.1317 * (-0.01383 + 0.51575
       * (0.2 + 0.3 * exp(-0.0256 * sand * (1 - silt / 100))) * (silt / (clay + silt)) ^ 0.3
       * (1 - 0.25 * organic / (organic + exp(3.72 - 2.95 * organic)))
       * (1 - 0.7 * (1 - sand / 100) / ((1 - sand / 100) + exp(-5.51 + 22.9 * (1 - sand / 100)))))`,
    epic,
  ],
  [
    'lengthExponent',
    'patch 1: sin(angle) / 0.089 / (3 * sin(angle) ^ 0.8 + 0.56)',
    sine(row.slope) / 0.089 / (3 * sine(row.slope) ** 0.8 + 0.56),
  ],
  ['lengthFactor', 'patch 1: (length / 22.13 [m]) ^ (lengthExponent / (1 + lengthExponent))', lengthFactor],
  [
    'steepness',
    `patch 1: if(slope < 5.14, 10.8 * sin(angle) + 0.03, if(slope < 10.2, 16.8 * sin(angle) - 0.5,
       if(slope < 28.81, 21.9 * sin(angle) - 0.96, 9.5988)))`,
    steepness,
  ],
  [
    'soilRetention',
    'patch t/a: area * erosivity * erodibility * lengthFactor * steepness * (1 - coverFactor * practice)',
    soil,
  ],
  ['siltReduction', 'patch m3/a: silting * soilRetention / density', (0.24 * soil) / 1.25],
  ['nitrogen', 'patch t/a: soilRetention * 1.53 [g/kg] * 2.17', soil * 0.00153 * 2.17],
  [
    'sandFixation',
    'patch kg/m2: 0.1699 [kg/m2] * (windFactor / 1 [kg/m]) ^ 1.3711 * (1 - exp(-decay * cover / 1 [%]) ^ 1.3711)',
    0.1699 * 12.75 ** 1.3711 * (1 - Math.exp(-0.1535 * 65) ** 1.3711),
  ],
  ['carbon', 'patch t/a: 44/12 * share * npp * area * 72/162', (44 / 12) * 0.215 * 540 * 12.5 * 0.01 * (72 / 162)],
  ['oxygen', 'patch t/a: 32/44 * carbon', (32 / 12) * 0.215 * 540 * 12.5 * 0.01 * (72 / 162)],
  ['cooling', 'patch kWh/a: heat * area * days / efficiency', (2837.27 * 125_000 * 92) / 3600 / 3],
  [
    'lakeStorage',
    'patch m3: exp(lakeA) * (area / 1 [km2]) ^ lakeB * 10000 [m3]',
    Math.exp(4.904) * 0.125 ** 0.927 * 10_000,
  ],
];
const sample: Sample = {
  attributes,
  parameters,
  formulas: [
    ...methods.map(([code, text]): [string, string] => [code, text]),
    ['purification', 'type t/a: so2 * area'],
    ['purificationUsed', 'territory t/a: min(sum(types, purification), emitted)'],
  ],
};
const formulas = soundly(sample);
const lookup = lookupOf(formulas.vocabulary, values);
const program = compileFormulas(
  formulas,
  [...methods.map(([code]) => code), 'purification', 'purificationUsed'],
  lookup,
  types,
);
const columns = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Float64Array.of(value)]));
const sums = reducePartials(program.plan, [
  runKernel(program.plan, [{ rows: 1, typeIndex: Uint8Array.of(0), columns }]),
]);
const results = program.assemble(sums);

it.each(methods)('%s', (code, _, figure) => {
  expect(results.get(code)![0] / figure).toBeCloseTo(1, 12);
  const exact = evaluateExactly(formulas, code, { lookup, patch: { type: 'forest', attributes: row } });
  expect(Number(exact.value) / figure).toBeCloseTo(1, 12);
});

it('caps purification by what is emitted', () => {
  expect(results.get('purification')![0]).toBeCloseTo(3.6 * 0.125, 12);
  expect([...results.get('purificationUsed')!]).toEqual([0.3]);
});

it('sums what hangs on one base once', () => {
  const own = (code: string): string[] => program.linearParts(code).map(({ key }) => key);
  expect(own('siltReduction')).toEqual(own('soilRetention'));
  expect(own('nitrogen')).toEqual(own('soilRetention'));
  expect(own('oxygen')).toEqual(own('carbon'));
});
