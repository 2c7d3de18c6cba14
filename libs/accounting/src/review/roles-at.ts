/** From what a person is permitted, and where, to the capacities in which they act on one account. */
import type { ReviewRole } from './review-table';

/** Permission → paths below which it is held. */
export type HeldPermissions = Pick<ReadonlyMap<string, readonly string[]>, 'get'>;

const byPermission: readonly (readonly [permission: string, role: ReviewRole])[] = [
  ['account.check', 'checker'],
  ['account.review', 'expert'],
  ['account.approve', 'approver'],
  ['account.publish', 'publisher'],
];
const reporting = 'account.compute';

/** By which permission somebody acts so; undefined of `upper`, which is any of the judging ones above, and of the program. */
export const permissionOf = (role: ReviewRole): string | undefined =>
  role === 'reporter' ? reporting : byPermission.find((each) => each[1] === role)?.[0];

/**
 * The capacities for the territory at `path`. A grant for a subtree carries the judging ones downwards; who judges for a
 * territory above is its `upper` level as well. Reporting does not go down: figures are of those who report them.
 */
export function rolesAt(held: HeldPermissions, path: string): ReviewRole[] {
  const found = new Set<ReviewRole>();
  if (isOwnLevel(path, held.get(reporting) ?? [])) found.add('reporter');
  for (const [permission, role] of byPermission) {
    const paths = (held.get(permission) ?? []).filter((each) => path === each || path.startsWith(`${each}.`));
    if (paths.length > 0) found.add(role);
    if (paths.some((each) => each !== path)) found.add('upper');
  }
  return [...found];
}

/**
 * True when one of the paths is the territory itself. A site has no office of its own: its county reports for it.
 * Paths are ltree text; the label of a site is the code of its county, an underscore and a name.
 */
export function isOwnLevel(path: string, paths: readonly string[]): boolean {
  const labels = path.split('.');
  const last = labels[labels.length - 1];
  const home = /^\d+_/.test(last) ? labels.slice(0, -1).join('.') : path;
  return paths.includes(path) || paths.includes(home);
}
