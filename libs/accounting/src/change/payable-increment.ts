/** What of a change counts for a payment: the sum of chosen effects, in every cut. */
import type { Fen } from '@gep/kernel';
import type { ChangeDecomposition } from './decompose-change';
import { ChangeEffect, changeEffects, EffectFen, sumOfEffects } from './effects';

export interface PayableIncrement {
  /** In the order of `changeEffects`. */
  readonly effects: readonly ChangeEffect[];
  readonly fen: Fen;
  readonly byService: Readonly<Record<string, Fen>>;
  readonly byType: Readonly<Record<string, Fen>>;
  readonly byTerritory: Readonly<Record<string, Fen>>;
}

/** The part of a change that comes from these effects; every cut sums to `fen`. */
export function payableIncrement(change: ChangeDecomposition, chosen: readonly ChangeEffect[]): PayableIncrement {
  const sums = (map: Readonly<Record<string, EffectFen>>): Record<string, Fen> =>
    Object.fromEntries(Object.entries(map).map(([key, effects]) => [key, sumOfEffects(effects, chosen)]));
  return {
    effects: changeEffects.filter((effect) => chosen.includes(effect)),
    fen: sumOfEffects(change.effects, chosen),
    byService: sums(change.byService),
    byType: sums(change.byType),
    byTerritory: sums(change.byTerritory),
  };
}
