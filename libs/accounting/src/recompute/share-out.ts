/** Divides work into parts of about equal size. */

/**
 * Neighbouring items in at most `parts` groups of about equal total size; no group is empty.
 * @param sizeOf not negative
 */
export function shareOut<T>(items: readonly T[], sizeOf: (item: T) => number, parts: number): T[][] {
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const groups: T[][] = [];
  let before = 0;
  for (const item of items) {
    const group = total === 0 ? 0 : Math.min(parts - 1, Math.floor((before / total) * parts));
    before += sizeOf(item);
    const last = groups.at(-1);
    if (last && group < groups.length) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
