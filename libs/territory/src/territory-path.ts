/** Paths through the tree as PostgreSQL ltree text: labels are codes, with `_` where the code has `-`. */
import { TerritoryCode } from '@gep/kernel';

/** The ltree label of a code. Codes never contain `_`, so `codesOfPath` gets the code back. */
export function labelOfCode(code: TerritoryCode): string {
  return code.replaceAll('-', '_');
}

/** Path of `code` below `parentPath`; the root when the parent is null. */
export function pathBelow(parentPath: string | null, code: TerritoryCode): string {
  return parentPath === null ? labelOfCode(code) : `${parentPath}.${labelOfCode(code)}`;
}

/** The codes along a path, root first. */
export function codesOfPath(path: string): TerritoryCode[] {
  return path.split('.').map((label) => label.replaceAll('_', '-'));
}

/** The codes along a path, the territory itself first and the nation last: the order in which dated values are looked up. */
export function placesOfPath(path: string): TerritoryCode[] {
  return codesOfPath(path).reverse();
}

/** True when `path` is `ancestor` or lies below it; the same as `path <@ ancestor` in SQL. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}
