/** What only a printed figure has: the rounding and γ of its price, and the reading that its sums ask for. */

/** How a price was printed. */
export interface StatedPrint {
  /** Half a unit of its last digit, in yuan for one unit of quantity. */
  readonly half: string;
  /** The γ that was taken into it for the checks; null where nothing tells one, and none was. */
  readonly gamma: string | null;
  /** It may have been printed with γ taken in, as what one unit of quantity is worth. */
  readonly gammaMayBeIn?: boolean;
}

/** A figure whose sums all hold once it reads otherwise. */
export interface StatedMisprint {
  readonly at: string;
  readonly text: string;
  readonly reads: string;
  readonly unit: string;
  /** How it came about: neighbouring digits exchanged, the point moved by `places`, or neither. */
  readonly slip: 'digits' | 'point' | 'other';
  /** Above nought: the figure is too large. */
  readonly places: number;
  /** Where the totals stand of the sums that fail by it. */
  readonly sums: readonly string[];
  readonly service?: string;
  readonly type?: string;
}
