/** Assertions for what must hold if the program is right; they stay on in production. */

/** Thrown when an invariant of the program itself is broken. Always a bug, never bad input. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Stops the work at hand when `condition` is false. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message);
}
