/** Who acts in a procedure, what they hold and where; and which place stands above several others. */
import type { Actor } from '@gep/platform';

/** Somebody with their permissions: permission → paths (ltree text) at and below which it is held. */
export interface Officer extends Actor {
  readonly permissions?: Pick<ReadonlyMap<string, readonly string[]>, 'get'>;
}

export const isWithinPath = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/** Whether a permission is held at or above the path. Programs hold none. */
export function holdsAt({ permissions }: Officer, permission: string, path: string): boolean {
  return (permissions?.get(permission) ?? []).some((held) => isWithinPath(path, held));
}

/** The deepest path at or above both. Paths of one tree share at least their root. */
export function commonPath(a: string, b: string): string {
  const [first, second] = [a.split('.'), b.split('.')];
  const differing = first.findIndex((label, depth) => second[depth] !== label);
  return (differing < 0 ? first : first.slice(0, differing)).join('.');
}
