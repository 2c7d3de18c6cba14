/** Where somebody may send which data sheets; whoever has no such list may send everything where they may import. */
import { isWithin } from '@gep/territory';

export interface DeliveryRight {
  /** ltree text: the territory and everything below it. */
  readonly path: string;
  /** Codes of the sheets; null for all of them and for whole uploads. */
  readonly dataSheets: readonly string[] | null;
}

/** @param dataSheet undefined for a whole upload */
export function mayDeliver(
  rights: readonly DeliveryRight[] | undefined,
  path: string,
  dataSheet: string | undefined,
): boolean {
  if (rights === undefined) return true;
  const here = rights.filter((right) => isWithin(path, right.path));
  return here.some(
    ({ dataSheets }) => dataSheets === null || (dataSheet !== undefined && dataSheets.includes(dataSheet)),
  );
}

/** The sheets that they may send there, in the order of their codes. */
export function sheetsAllowed(rights: readonly DeliveryRight[], path: string): string[] {
  const here = rights.filter((right) => isWithin(path, right.path));
  return [...new Set(here.flatMap(({ dataSheets }) => dataSheets ?? []))].sort();
}
