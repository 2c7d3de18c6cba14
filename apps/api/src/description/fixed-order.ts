/** Puts the members of a document in one order, so that the same description is the same text whoever built it. */

/** Maps whose order is said by the program: of addresses, schemas and fields. */
const ordered = new Set(['paths', 'schemas', 'properties', 'responses']);

/** A copy with the members of every object by name, except of those maps. */
export function inFixedOrder<T>(value: T, name = ''): T {
  if (Array.isArray(value)) return value.map((item: unknown) => inFixedOrder(item)) as T;
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value as Record<string, unknown>);
  if (!ordered.has(name)) members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(members.map(([key, member]) => [key, inFixedOrder(member, key)])) as T;
}
