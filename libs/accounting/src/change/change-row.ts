/** What a row of a change by territory stands for, where it is not the territory of its code as it is now. */
import { groupCode } from './change-of-group';
import type { BoundedUnit, UnitPair } from './pair-units';

/**
 * `takenBack`: what declared flows take back from the whole. `succession`: the land of `before`, which in the later period is
 * that of `after`. `moved`: a territory whose boundary changed; what that did is under boundary.
 */
export type ChangeRow =
  | { readonly territory: string; readonly kind: 'takenBack' }
  | {
      readonly territory: string;
      readonly kind: 'succession' | 'moved';
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

type HeldUnit = BoundedUnit & { readonly heirs: readonly string[] };

/** Nothing for a territory that is on both sides as it is. */
export function rowOf(pair: UnitPair<HeldUnit>): ChangeRow[] {
  if (pair.before.length === 0 || pair.after.length === 0) return [];
  const codesOf = (units: readonly HeldUnit[]): string[] =>
    [...new Set(units.flatMap(({ territory, heirs }) => (heirs.length > 0 ? heirs : [territory])))].sort();
  const [before, after] = [codesOf(pair.before), codesOf(pair.after)];
  const territory = groupCode(pair);
  if (!pair.moved && [before, after].every((codes) => codes.join() === territory)) return [];
  return [{ territory, kind: pair.moved ? 'moved' : 'succession', before, after }];
}
