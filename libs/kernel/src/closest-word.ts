/** "Did you mean …?": the known word nearest to a misspelt one. */

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let before: number[] = [];
  let last = to.map((_, j) => j + 1);
  last.unshift(0);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = last[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[to.length];
}

/**
 * The candidate closest to `word`, letter case and outer spaces aside; the first one on a tie.
 * @returns undefined when none is near: more than a third of the letters (at least one) would have to change
 */
export function closestWord(word: string, candidates: Iterable<string>): string | undefined {
  const sought = word.trim().toLowerCase().slice(0, 80);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    if (known === sought) return candidate;
    const allowed = Math.max(1, Math.floor(Math.max(sought.length, known.length) / 3));
    if (Math.abs(known.length - sought.length) > allowed || Math.min(known.length, sought.length) < 2) continue;
    const distance = editDistance(sought, known);
    if (distance <= allowed && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}
