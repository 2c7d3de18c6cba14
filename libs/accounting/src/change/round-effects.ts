/** Rounds exact effects to whole fen that sum to a whole change. */
import { assert, Fen } from '@gep/kernel';
import { ChangeEffect, EffectFen, noEffects } from './effects';
import type { Ratio } from './ratio';

/** An effect in fen, exactly. */
export interface ExactEffect {
  readonly effect: ChangeEffect;
  readonly fen: Ratio;
}

/**
 * Each effect is cut towards zero; what is missing goes, one fen each, to the effects that were cut most in that
 * direction, among equals to the earlier in `changeEffects`. Effects that are exactly zero get nothing. Cutting and
 * sharing out know no direction, so negative effects of a negative total give the negative of the result.
 * @param effects at most one entry for each effect, in the order of `changeEffects`
 * @throws BrokenInvariant when more is missing than rounding can leave
 */
export function roundEffects(effects: readonly ExactEffect[], total: Fen): EffectFen {
  const parts = effects
    .filter(({ fen }) => fen.top !== 0n)
    .map(({ effect, fen: { top, bottom } }) => ({ effect, fen: top / bottom, rest: top % bottom, bottom }));
  let missing = parts.reduce((sum, { fen }) => sum - fen, total);
  const step = missing < 0n ? -1n : 1n;
  if (missing !== 0n) {
    const isRounding = step * missing <= BigInt(parts.length + 1) && parts.length > 0;
    assert(isRounding, `${missing} fen of a change of ${total} have no effect to stand under`);
    parts.sort((a, b) => compareBig(step * b.rest * a.bottom, step * a.rest * b.bottom));
  }
  for (let at = 0; missing !== 0n; at++) {
    parts[at % parts.length].fen += step;
    missing -= step;
  }
  const rounded: Record<ChangeEffect, Fen> = { ...noEffects };
  for (const { effect, fen } of parts) rounded[effect] = fen;
  return rounded;
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
