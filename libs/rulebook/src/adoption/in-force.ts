/** Which adoption holds in a territory on a day, as was known at a moment: the nearest place, there the latest that covers the day. */
import type { Adoption } from './adoption';

export interface Moment {
  /** Of the territory, as ltree text. */
  readonly placePath: string;
  /** The last day of the period that is decided, never the day of the run. */
  readonly day: string;
  /** What was recorded later does not count; now when absent. */
  readonly knownAt?: Date;
}

/** @param adoptions those of the territory and of all above it @returns one for each mechanism and slot */
export function adoptionsInForce(adoptions: readonly Adoption[], moment: Moment): Adoption[] {
  const held = new Map<string, Adoption>();
  for (const one of adoptions) {
    if (!covers(one, moment)) continue;
    const key = `${one.mechanism} ${one.slot}`;
    const before = held.get(key);
    if (!before || isNearer(one, before)) held.set(key, one);
  }
  return [...held.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ mechanism, slot }: Adoption): string => `${mechanism} ${slot}`;

function covers({ placePath, from, to, adopted, withdrawal }: Adoption, { placePath: path, day, knownAt }: Moment) {
  const isKnown = (at: Date): boolean => knownAt === undefined || at.getTime() <= knownAt.getTime();
  const isWithdrawn = withdrawal !== null && isKnown(withdrawal.at) && withdrawal.from <= day;
  const isAbove = path === placePath || path.startsWith(`${placePath}.`);
  return isAbove && isKnown(adopted.at) && from <= day && (to === null || day <= to) && !isWithdrawn;
}

const isNearer = (a: Adoption, b: Adoption): boolean =>
  a.placePath.length === b.placePath.length ? a.no > b.no : a.placePath.length > b.placePath.length;

/** What is asked for among the rules in force; what is absent does not matter. */
export interface WantedRule {
  readonly id?: string;
  readonly mechanism?: string;
  /** Code of the agreement; where it has no rule of its own, that of the mechanism holds. */
  readonly slot?: string;
}

/** @returns the one, or those between which nothing decides, or none */
export function choosePolicy(inForce: readonly Adoption[], { id, mechanism, slot }: WantedRule): Adoption[] {
  const fitting = inForce.filter(
    (one) =>
      (mechanism === undefined || one.mechanism === mechanism) &&
      (slot === undefined || one.slot === slot || one.slot === ''),
  );
  const own = slot === undefined ? [] : fitting.filter((one) => one.slot === slot);
  // An agreement with a rule of its own does not fall back on the general one of the same mechanism.
  const taken = new Set(own.map((one) => one.mechanism));
  const general = fitting.filter((one) => one.slot === '' && slot !== '' && !taken.has(one.mechanism));
  const found = (slot === undefined ? fitting : [...own, ...general]).filter(
    ({ policyId }) => id === undefined || policyId === id,
  );
  const editions = new Set(found.map(({ edition }) => edition));
  if (editions.size <= 1) return found.slice(0, 1);
  const plain = found.filter((one) => one.slot === '');
  return plain.length === 1 ? plain : found;
}
