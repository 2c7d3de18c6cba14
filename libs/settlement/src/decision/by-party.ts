/** What there is of each party, found without looking through everything for each of thousands. */

/** In the order given; nothing for a party that is not there. */
export function byParty<T extends { readonly party: string }>(all: readonly T[]): (party: string) => readonly T[] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const own = found.get(one.party);
    if (own) own.push(one);
    else found.set(one.party, [one]);
  }
  return (party) => found.get(party) ?? [];
}
