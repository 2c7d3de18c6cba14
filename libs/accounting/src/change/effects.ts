/** The effects that a change of GEP is split into, and sums of them. */
import type { Fen } from '@gep/kernel';

/**
 * What a change comes from. The first seven are factors of a line, in the order in which the value is built up:
 * area × condition × weather × supply per hectare × use × price × γ. A norm or boundary that changes is no factor.
 */
export const changeEffects = [
  'area',
  'condition',
  'weather',
  'supply',
  'use',
  'price',
  'gamma',
  'norm',
  'boundary',
] as const;
export type ChangeEffect = (typeof changeEffects)[number];

/** Fen by effect; every effect is present. */
export type EffectFen = Readonly<Record<ChangeEffect, Fen>>;

export const noEffects: EffectFen = Object.fromEntries(changeEffects.map((effect) => [effect, 0n])) as EffectFen;

/** Written out, because this is done for every line in every cut. */
export function addEffects(a: EffectFen, b: EffectFen): EffectFen {
  return {
    area: a.area + b.area,
    condition: a.condition + b.condition,
    weather: a.weather + b.weather,
    supply: a.supply + b.supply,
    use: a.use + b.use,
    price: a.price + b.price,
    gamma: a.gamma + b.gamma,
    norm: a.norm + b.norm,
    boundary: a.boundary + b.boundary,
  };
}

/** The sum of chosen effects; of all of them it is the whole change. */
export function sumOfEffects(effects: EffectFen, chosen: readonly ChangeEffect[] = changeEffects): Fen {
  return [...new Set(chosen)].reduce((sum, effect) => sum + effects[effect], 0n);
}
