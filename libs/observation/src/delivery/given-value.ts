/** A value that a data sheet gives to a whole type, wherever the rows of the type come from. */

/** A value of the attributes table, for all rows of a type or of every type (`*`), whichever sheet brings the rows. */
export interface GivenValue {
  readonly attribute: string;
  readonly type: string;
  /** In the unit of the norm. */
  readonly value: number;
  /** Where it stands in the file. */
  readonly sheet: string;
  readonly row: number;
}
