/** Which units of a plan are judged together in a later year, because they were merged, and by the accounts of which places. */
import type { Succession } from '@gep/territory';

type Step = Pick<Succession, 'predecessor' | 'successor' | 'effective'>;

export interface UnitGroup {
  /** Units of the plan, by code; several once they have been merged. */
  readonly units: readonly string[];
  /** Places that hold their land on the day, by code. */
  readonly places: readonly string[];
  /** Predecessors of those places that are in no plan: their land cannot be told apart any more. */
  readonly strangers: readonly string[];
}

/**
 * Follows every unit through what succeeded it. A unit that was split or renamed goes on by itself; those that became one are
 * judged together, and what was joined to them from outside is named.
 * @param units of the plan, as they stood on the day `from`
 * @param until last day that counts
 */
export function groupUnits(
  units: readonly string[],
  successions: readonly Step[],
  { from, until }: { readonly from: string; readonly until: string },
): UnitGroup[] {
  const origins = originsOf(
    units,
    successions.filter(({ effective }) => effective > from && effective <= until),
  );
  let groups: { readonly units: readonly string[]; readonly places: ReadonlySet<string> }[] = [];
  for (const unit of [...units].sort()) {
    const places = [...origins].filter(([, roots]) => roots.has(unit)).map(([place]) => place);
    const touched = groups.filter((group) => places.some((place) => group.places.has(place)));
    const joined = {
      units: [...touched.flatMap((group) => group.units), unit],
      places: new Set([...touched.flatMap((group) => [...group.places]), ...places]),
    };
    groups = [...groups.filter((group) => !touched.includes(group)), joined];
  }
  return groups.map((group) => {
    const roots = new Set([...group.places].flatMap((place) => [...origins.get(place)!]));
    const strangers = [...roots].filter((root) => !units.includes(root));
    return { units: [...group.units].sort(), places: [...group.places].sort(), strangers: strangers.sort() };
  });
}

/** Places of the last day → codes of the first day that have land in them. */
function originsOf(units: readonly string[], steps: readonly Step[]): Map<string, Set<string>> {
  const origins = new Map(units.map((unit) => [unit, new Set([unit])]));
  for (const day of [...new Set(steps.map(({ effective }) => effective))].sort()) {
    const rows = steps.filter(({ effective }) => effective === day);
    const before = new Map(
      rows.map(({ predecessor }) => [predecessor, origins.get(predecessor) ?? new Set([predecessor])]),
    );
    for (const { predecessor } of rows) origins.delete(predecessor);
    for (const { predecessor, successor } of rows)
      origins.set(successor, new Set([...(origins.get(successor) ?? []), ...before.get(predecessor)!]));
  }
  return origins;
}
