/** Tells where the account of a predecessor is found below the territories that followed it. */
import { Fraction } from '@gep/kernel';
import { pathBelow } from '@gep/territory';
import { shareOfPart, type CarriedPart } from './carried-parts';

/** What is carried, and since when it is known that a code that goes on has another boundary. */
interface CarriedEnds {
  readonly parts: ReadonlyMap<string, readonly CarriedPart[]>;
  readonly overtaken: ReadonlyMap<string, string>;
}

/** What somebody said of a territory, under the code that it had. */
interface Saying {
  readonly territory: string;
  readonly at: Date;
}

/**
 * A path for each successor that has a part of the account, through the successor to the predecessor.
 * @param paths where the successors lie, as ltree texts
 * @returns undefined where the account did not go to successors as a whole, or where what was said is of a code that goes on, and
 *   later than the change: of what the code has become
 */
export function placesOfPart(
  { parts, overtaken }: CarriedEnds,
  { territory, at }: Saying,
  paths: ReadonlyMap<string, string>,
): string[] | undefined {
  const found = [...parts].flatMap(([successor, of]) =>
    of.filter((part) => part.observed && part.territory === territory).map((part) => ({ successor, part })),
  );
  const taken = found.reduce((sum, { part }) => sum.plus(shareOfPart(part)), Fraction.zero);
  const since = overtaken.get(territory);
  if (!taken.equals(Fraction.one) || (since !== undefined && at.toISOString() >= since)) return undefined;
  return found.map(({ successor }) => pathBelow(paths.get(successor)!, territory));
}
