/** Finds successors that have not taken over yet, because a code that goes on still has what was observed of the boundary before. */
import { overtakesItself, type CarriedPart } from './carried-parts';

/** Successors that share in predecessors, and these: the accounts of the one side are the ground of the other. */
export interface WaitingGroup {
  readonly successors: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/**
 * Groups of which one member is still what it was before. Until all of them change together their ground is that of the predecessors,
 * each as a whole.
 * @param isObserved whether the current account of a territory is one from an observation
 */
export function waitingGroups(
  parts: ReadonlyMap<string, readonly CarriedPart[]>,
  isObserved: (territory: string) => boolean,
): WaitingGroup[] {
  const groups: WaitingGroup[] = [];
  for (const code of parts.keys()) {
    const known = groups.some(({ successors }) => successors.has(code));
    if (!known && overtakesItself(parts, code) && isObserved(code)) groups.push(groupOf(parts, code));
  }
  return groups;
}

function groupOf(parts: ReadonlyMap<string, readonly CarriedPart[]>, code: string): WaitingGroup {
  const [successors, sources] = [new Set([code]), new Set<string>()];
  for (const successor of successors) {
    for (const { territory } of parts.get(successor)!) sources.add(territory);
    for (const [other, of] of parts) if (of.some(({ territory }) => sources.has(territory))) successors.add(other);
  }
  return { successors, sources };
}
