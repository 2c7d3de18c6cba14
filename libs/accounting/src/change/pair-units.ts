/** Which accounts of two periods are of the same land, through the merges, splits and changes of code between them. */
import type { Succession } from '@gep/territory';

/** A territory within the boundary that it had on a day. */
export interface BoundedUnit {
  readonly territory: string;
  readonly day: string;
}

/** What lies in the same boundary on both sides; a side is empty where it came or went with the boundary. */
export interface UnitPair<U extends BoundedUnit> {
  readonly before: readonly U[];
  readonly after: readonly U[];
  /** True when a code is on both sides with another boundary, of which the rest is not in the whole. */
  readonly moved: boolean;
}

type Row = Pick<Succession, 'effective' | 'predecessor' | 'successor'>;

/** Pairs what has the same boundary; what was merged or split between the periods is one pair with all that shares in it. */
export function pairUnits<U extends BoundedUnit>(
  before: readonly U[],
  after: readonly U[],
  successions: readonly Row[],
): UnitPair<U>[] {
  const days = [...before, ...after].map(({ day }) => day).sort();
  const rows = successions.filter(({ effective }) => effective > days[0] && effective <= days[days.length - 1]);
  const history = new Boundaries(successions, rows);
  const keyed = (units: readonly U[]): Map<string, U> => new Map(units.map((unit) => [history.keyOf(unit), unit]));
  const [earlier, later] = [keyed(before), keyed(after)];
  const pairs: UnitPair<U>[] = [];
  const rest = new Map<string, { before: U[]; after: U[]; keys: string[] }>();
  const put = (key: string, side: 'before' | 'after', unit: U): void => {
    const root = history.rootOf(key);
    const found = rest.get(root) ?? { before: [], after: [], keys: history.keysOf(root) };
    rest.set(root, found);
    found[side].push(unit);
  };
  for (const [key, unit] of earlier) {
    const same = later.get(key);
    if (same) pairs.push({ before: [unit], after: [same], moved: false });
    else put(key, 'before', unit);
  }
  for (const [key, unit] of later) if (!earlier.has(key)) put(key, 'after', unit);
  for (const { keys, ...group } of rest.values()) {
    const whole = [earlier, later].every((units) => history.areCovered(keys, new Set(units.keys())));
    if (whole) pairs.push({ ...group, moved: false });
    else pairs.push(...pairCodes(group));
  }
  return pairs;
}

/** Where the boundary of the whole has changed: a code that is on both sides has another boundary, the others came or went. */
function pairCodes<U extends BoundedUnit>({ before, after }: Pick<UnitPair<U>, 'before' | 'after'>): UnitPair<U>[] {
  const kept = before.map((unit) => {
    const other = after.filter(({ territory }) => territory === unit.territory);
    return { before: [unit], after: other, moved: other.length > 0 };
  });
  const come = after.filter(({ territory }) => before.every((unit) => unit.territory !== territory));
  return [...kept, ...come.map((unit) => ({ before: [], after: [unit], moved: false }))];
}

/** Boundaries as nodes, code and first day, which successions lead from one to the other. */
class Boundaries {
  private readonly days = new Map<string, string[]>();
  private readonly roots = new Map<string, string>();
  private readonly outs = new Map<string, string[]>();
  private readonly successors = new Set<string>();

  constructor(all: readonly Row[], rows: readonly Row[]) {
    for (const { predecessor, successor, effective } of all)
      for (const code of [predecessor, successor])
        this.days.set(code, [...(this.days.get(code) ?? []), effective].sort());
    for (const { predecessor, successor, effective } of rows) {
      const [from, to] = [this.before(predecessor, effective), `${successor}@${effective}`];
      this.outs.set(from, [...(this.outs.get(from) ?? []), to]);
      this.successors.add(to);
      this.roots.set(this.rootOf(from), this.rootOf(to));
      for (const key of [from, to]) if (!this.roots.has(key)) this.roots.set(key, key);
    }
  }

  keyOf({ territory, day }: BoundedUnit): string {
    const since = (this.days.get(territory) ?? []).filter((effective) => effective <= day).at(-1);
    return `${territory}@${since ?? ''}`;
  }

  private before(territory: string, effective: string): string {
    const since = (this.days.get(territory) ?? []).filter((day) => day < effective).at(-1);
    return `${territory}@${since ?? ''}`;
  }

  rootOf(key: string): string {
    let root = key;
    for (let next = this.roots.get(root); next !== undefined && next !== root; next = this.roots.get(root)) root = next;
    return root;
  }

  keysOf(root: string): string[] {
    const keys = [...this.roots.keys()].filter((key) => this.rootOf(key) === root);
    return keys.length > 0 ? keys : [root];
  }

  /** Whether these units have all the land of what the nodes began with. */
  areCovered(keys: readonly string[], units: ReadonlySet<string>): boolean {
    const isCovered = (key: string): boolean => {
      const next = this.outs.get(key) ?? [];
      return units.has(key) || (next.length > 0 && next.every(isCovered));
    };
    return keys.filter((key) => !this.successors.has(key)).every(isCovered);
  }
}
