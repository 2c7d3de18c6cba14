/** Invents the patches of a county from a seed: the same seed, county and period give the same numbers everywhere. */
import { digestOf } from '@gep/kernel';

/** A patch in the columns of the `extent` table of the general terrestrial norm. */
export interface InventedPatch {
  readonly patch: string;
  readonly type: string;
  readonly areaHectare: string;
  readonly precipitationMm: string;
  readonly evapotranspirationMm: string;
  readonly rainfallErosivity: string;
  readonly soilErodibility: string;
  readonly slopeFactor: string;
  readonly coverFactor: string;
  readonly practiceFactor: string;
}

/** Types of the general norm with rough cover factors; the mixture is plausible and means nothing. */
const mixture: readonly { type: string; weight: number; cover: number }[] = [
  { type: 'broadleafForest', weight: 18, cover: 0.004 },
  { type: 'needleleafForest', weight: 14, cover: 0.004 },
  { type: 'mixedForest', weight: 10, cover: 0.006 },
  { type: 'broadleafShrub', weight: 10, cover: 0.04 },
  { type: 'meadow', weight: 8, cover: 0.06 },
  { type: 'tussock', weight: 8, cover: 0.09 },
  { type: 'cropland', weight: 22, cover: 0.18 },
  { type: 'orchard', weight: 6, cover: 0.14 },
  { type: 'builtUp', weight: 4, cover: 0.01 },
];
const totalWeight = mixture.reduce((sum, { weight }) => sum + weight, 0);

/** A stream of numbers in [0, 1) (mulberry32), begun from a text. */
export function randomFrom(text: string): () => number {
  let state = Number.parseInt(digestOf(text).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Steepest land: 15 degrees over 100 m. The formulas of RUSLE were fitted up to 29 degrees, where it would be 20. */
const mostSlope = 10;
/** Soil that bare land may lose, in t/(hm²·a): the checks ask for a word above 500. Steep land has mild rain or firm soil. */
const mostLoss = 480;

/** LS, mostly gentle, from a draw in [0, 1). */
function slopeFactorOf(draw: number, erosivity: string, erodibility: string): string {
  const most = Math.min(mostSlope, mostLoss / (Number(erosivity) * Number(erodibility)));
  return (0.05 + (most - 0.05) * draw ** 2).toFixed(3);
}

/** The patches of one county in one period; every number is written with the digits a survey would give. */
export function* inventPatches(
  county: string,
  period: string,
  seed: string,
  patches: number,
): Generator<InventedPatch> {
  const next = randomFrom(`${seed}/${county}/${period}`);
  const between = (low: number, high: number, digits: number): string => (low + (high - low) * next()).toFixed(digits);
  const rain = 350 + 1300 * next();
  for (let at = 1; at <= patches; at++) {
    const { type, cover } = pick(next() * totalWeight);
    const [areaHectare, wetness, thirst] = [between(2, 900, 2), next(), next()];
    const rainfallErosivity = (rain * (2 + 4 * next())).toFixed(1);
    const soilErodibility = between(0.008, 0.06, 4);
    yield {
      patch: `${county}-${String(at).padStart(5, '0')}`,
      type,
      areaHectare,
      precipitationMm: (rain * (0.9 + 0.2 * wetness)).toFixed(1),
      evapotranspirationMm: (rain * (0.45 + 0.25 * thirst)).toFixed(1),
      rainfallErosivity,
      soilErodibility,
      slopeFactor: slopeFactorOf(next(), rainfallErosivity, soilErodibility),
      coverFactor: (cover * (0.6 + 0.8 * next())).toFixed(4),
      practiceFactor: type === 'cropland' ? between(0.3, 0.7, 2) : '1',
    };
  }
}

function pick(at: number): (typeof mixture)[number] {
  let passed = 0;
  for (const entry of mixture) {
    passed += entry.weight;
    if (at < passed) return entry;
  }
  return mixture[0];
}
