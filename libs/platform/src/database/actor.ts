/** On whose behalf a transaction runs, and which territories it may see. */
import { assert } from '@gep/kernel';

/** Who acts. `scope` holds the ltree paths that row security lets through, each with everything below it. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly scope: readonly string[];
  /** Paths below which only what was published is let through; none when absent. */
  readonly publishedScope?: readonly string[];
}

/** Path of the root of the tree of territories: what is about all of it, or about no territory. */
export const rootPath = 'CN';

const path = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;

/** The scope as the text form of an ltree array. A path that is not one is a bug of the caller. */
export function scopeText(scope: readonly string[]): string {
  for (const item of scope) assert(path.test(item), `not a territory path: ${item}`);
  return `{${scope.join(',')}}`;
}
