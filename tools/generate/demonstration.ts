/** Invents ten counties over five years from a seed: land, weather, harvests and visitors with a story that accounts show. */
import { randomFrom } from './county-patches';

/** The tables of the demonstration, as CSV for the general terrestrial norm, and the figures that other offices would give. */
export interface Demonstration {
  readonly extentCsv: string;
  readonly statisticsCsv: string;
  readonly factsCsv: string;
}

/** A county of rulebook/territories/demonstration.yaml with what is peculiar to it. */
interface InventedCounty {
  readonly code: string;
  /** Mean rain in mm. */
  readonly rain: number;
  /** How hard the drought of 2022 hits: share of the rain that is missing. */
  readonly drought: number;
  /** Share of cropland, bare land and sparse grassland that is planted from 2021 on. */
  readonly restored: number;
  /** Share of the patches that lie in the basin of the river Qing. */
  readonly basin: number;
  readonly people: number;
  readonly mixture: readonly (readonly [type: string, weight: number])[];
}

export const demonstrationYears = ['2020', '2021', '2022', '2023', '2024'] as const;
const patchesPerCounty = 36;

const hills = [
  ['broadleafForest', 8],
  ['needleleafForest', 6],
  ['mixedForest', 5],
  ['broadleafShrub', 5],
  ['tussock', 3],
  ['cropland', 6],
  ['orchard', 2],
  ['builtUp', 1],
] as const;
const mined = [
  ['bareLand', 6],
  ['sparseGrassland', 6],
  ['broadleafShrub', 6],
  ['mixedForest', 5],
  ['cropland', 9],
  ['miningAndTransport', 2],
  ['builtUp', 2],
] as const;
const plain = [
  ['cropland', 18],
  ['orchard', 4],
  ['meadow', 5],
  ['river', 2],
  ['lake', 2],
  ['broadleafForest', 2],
  ['builtUp', 3],
] as const;
const county = (
  code: string,
  mixture: InventedCounty['mixture'],
  [rain, drought, restored, basin, people]: readonly [number, number, number, number, number],
): InventedCounty => ({ code, mixture, rain, drought, restored, basin, people });

const counties: readonly InventedCounty[] = [
  county('991101', hills, [1180, 0.2, 0.5, 0.7, 412_000]),
  county('991102', plain, [1090, 0.25, 0.1, 0.5, 638_000]),
  county('991103', mined, [1130, 0.25, 0.9, 0, 287_000]),
  county('991104', plain, [1150, 0.2, 0.05, 0, 551_000]),
  county('991105', hills, [1050, 0.3, 0.2, 0, 366_000]),
  county('991201', hills, [980, 0.35, 0.3, 0.8, 243_000]),
  county('991202', mined, [940, 0.4, 0.8, 0.6, 198_000]),
  county('991203', plain, [900, 0.4, 0.1, 0, 472_000]),
  county('991204', hills, [1010, 0.3, 0.1, 0, 175_000]),
  county('991205', plain, [960, 0.35, 0.2, 0, 509_000]),
];

/** Weather of a year against the mean, before the drought; 2022 is dry everywhere, most in the west. */
const wet: Readonly<Record<string, number>> = { '2020': 1.04, '2021': 0.98, '2022': 1, '2023': 1.02, '2024': 1.06 };
/** Prices in yuan: maize and rice rise in 2023. */
const prices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  maize: { '2020': '2250', '2021': '2480', '2022': '2550', '2023': '2850', '2024': '2850' },
  rice: { '2020': '2700', '2021': '2740', '2022': '2760', '2023': '3020', '2024': '3040' },
  fruit: { '2020': '4300', '2021': '4400', '2022': '4750', '2023': '4500', '2024': '4520' },
  visitors: { '2020': '420', '2021': '450', '2022': '455', '2023': '490', '2024': '505' },
};
/** Trips for each person of a county. */
const travel: Readonly<Record<string, number>> = {
  '2020': 0.55,
  '2021': 0.8,
  '2022': 0.6,
  '2023': 1.15,
  '2024': 1.3,
};
const coverOf: Readonly<Record<string, number>> = {
  broadleafForest: 0.004,
  needleleafForest: 0.005,
  mixedForest: 0.006,
  broadleafShrub: 0.04,
  tussock: 0.09,
  meadow: 0.06,
  sparseGrassland: 0.24,
  cropland: 0.18,
  orchard: 0.14,
};
/** How much of a type may be planted: only the steep part of cropland. */
const willingness = (type: string): number => ({ bareLand: 1, sparseGrassland: 1, cropland: 0.4 })[type] ?? 0;
const waters = ['river', 'lake'];

/** The same seed gives the same bytes everywhere. */
export function inventDemonstration(seed = 'demonstration'): Demonstration {
  const built = counties.map((one) => inventCounty(one, seed));
  const table = (head: string, rows: (of: (typeof built)[number]) => readonly string[]): string =>
    `演示数据：地名与数字均为虚构 Demonstration: invented places and figures\n${[head, ...built.flatMap(rows)].join('\n')}\n`;
  return {
    extentCsv: table(
      'territory,period,type,patch,area [hm2],precipitation [mm/a],evapotranspiration [mm/a],' +
        'rainfallErosivity,soilErodibility,slopeFactor,coverFactor,practiceFactor',
      ({ extent }) => extent,
    ),
    statisticsCsv: table('territory,period,item,type,quantity,unit,price,priceUnit', ({ statistics }) => statistics),
    factsCsv: table('territory,period,fact,value,unit', ({ facts }) => facts),
  };
}

interface Patch {
  readonly name: string;
  readonly type: string;
  readonly areaHectare: number;
  readonly wetness: number;
  readonly erodibility: string;
  readonly slope: string;
  /** Year in which it is planted; none when absent. */
  readonly planted?: number;
}

function inventCounty(one: InventedCounty, seed: string): { extent: string[]; statistics: string[]; facts: string[] } {
  const next = randomFrom(`${seed}/${one.code}`);
  const patches = Array.from({ length: patchesPerCounty }, (_, at) => inventPatch(one, at, next));
  const jitter = demonstrationYears.map(() => 0.97 + 0.06 * next());
  return {
    extent: demonstrationYears.flatMap((year, at) => {
      const rain = one.rain * wet[year] * jitter[at] * (year === '2022' ? 1 - one.drought : 1);
      return patches.map((patch) => extentRow(one, patch, year, rain));
    }),
    statistics: demonstrationYears.flatMap((year) => statisticsRows(one, patches, year)),
    facts: demonstrationYears.flatMap((year, at) => {
      const people = Math.round(one.people * (1 - 0.004 * at));
      const gdp = people * 4.6 * 1.055 ** at * (year === '2022' ? 0.98 : 1) * (0.9 + one.rain / 10_000);
      return [
        [one.code, year, 'population', String(people), 'person'].join(','),
        [one.code, year, 'gdp', (gdp / 10_000).toFixed(2), '亿元'].join(','),
      ];
    }),
  };
}

function inventPatch(one: InventedCounty, at: number, next: () => number): Patch {
  const type = pick(one.mixture, next());
  const isWater = waters.includes(type);
  const draws = { area: next(), wetness: next(), soil: next(), slope: next(), planted: next(), year: next() };
  const basin = at < one.basin * patchesPerCounty ? 'qing' : 'land';
  return {
    name: `${one.code}-${basin}-${String(at + 1).padStart(3, '0')}`,
    type,
    areaHectare: Number((isWater ? 60 + 500 * draws.area : 400 + 5200 * draws.area).toFixed(2)),
    wetness: 0.94 + 0.12 * draws.wetness,
    erodibility: (0.018 + 0.022 * draws.soil).toFixed(4),
    slope: (one.mixture === plain ? 0.1 + 0.9 * draws.slope : 0.5 + 1.5 * draws.slope).toFixed(3),
    ...(draws.planted < willingness(type) * one.restored ? { planted: 2021 + Math.floor(3 * draws.year) } : {}),
  };
}

/** Planted land is shrub for two years and mixed forest after. */
function typeIn({ type, planted }: Patch, year: number): string {
  if (planted === undefined || year < planted) return type;
  return year < planted + 2 ? 'broadleafShrub' : 'mixedForest';
}

function extentRow(one: InventedCounty, patch: Patch, year: string, rain: number): string {
  const type = typeIn(patch, Number(year));
  const own = rain * patch.wetness;
  const isDry = year === '2022';
  // Plants drink from the soil in a drought: evapotranspiration falls less than rain.
  const evaporation = one.rain * patch.wetness * (waters.includes(type) ? 0.85 : 0.55) * (isDry ? 0.94 : 1);
  return [
    one.code,
    year,
    type,
    patch.name,
    patch.areaHectare.toFixed(2),
    own.toFixed(1),
    evaporation.toFixed(1),
    (own * (isDry ? 3.1 : 4.2)).toFixed(1),
    patch.erodibility,
    patch.slope,
    (coverOf[type] ?? 0.01).toFixed(4),
    type === 'cropland' ? '0.45' : '1',
  ].join(',');
}

function statisticsRows(one: InventedCounty, patches: readonly Patch[], year: string): string[] {
  const areaOf = (type: string): number =>
    patches.reduce((sum, patch) => sum + (typeIn(patch, Number(year)) === type ? patch.areaHectare : 0), 0);
  const harvest = year === '2022' ? 1 - 0.6 * one.drought : 1;
  const row = (item: string, quantity: number, unit: string, priceUnit: string): string[] =>
    quantity > 0
      ? [[one.code, year, item, '', quantity.toFixed(0), unit, prices[item][year], priceUnit].join(',')]
      : [];
  return [
    ...row('maize', areaOf('cropland') * 0.45 * 5.4 * harvest, 't', 'yuan/t'),
    ...row('rice', areaOf('cropland') * 0.25 * 6.8 * harvest, 't', 'yuan/t'),
    ...row('fruit', areaOf('orchard') * 9.5 * harvest, 't', 'yuan/t'),
    ...row('visitors', one.people * travel[year], 'visit', 'yuan/visit'),
  ];
}

function pick(mixture: InventedCounty['mixture'], share: number): string {
  let left = share * mixture.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [type, weight] of mixture) {
    left -= weight;
    if (left < 0) return type;
  }
  return mixture[0][0];
}
