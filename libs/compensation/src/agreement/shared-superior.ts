/** Who decides a dispute between governments: their common superior (Eco-compensation Regulation art. 18). */

/**
 * The deepest path above all of the parties; above the highest of them where one lies over the others, save the root.
 * @param paths ltree texts of the governments that are parties
 */
export function sharedSuperior(paths: readonly string[]): string | undefined {
  if (paths.length === 0) return undefined;
  const labels = paths.map((path) => path.split('.'));
  const depth = labels[0].findIndex((label, at) => labels.some((other) => other[at] !== label));
  const shared = depth < 0 ? labels[0] : labels[0].slice(0, depth);
  const isParty = paths.includes(shared.join('.'));
  return (isParty && shared.length > 1 ? shared.slice(0, -1) : shared).join('.');
}
