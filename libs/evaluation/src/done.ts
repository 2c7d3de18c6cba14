/** What a deed made, and whether it had been done before. */

export interface Done<T> {
  /** The same command had been carried out before. */
  readonly replayed: boolean;
  readonly result: T;
}
