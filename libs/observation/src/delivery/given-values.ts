/** Values that data sheets give to types, and the comparison of them with each other and with values beside rows. */
import type { PatchChunk } from '../chunk/patch-chunk';
import type { Delivery } from './delivery';
import type { GivenValue } from './given-value';
import type { Overlap, Side } from './find-overlaps';

/** A value that stands beside a row. */
interface RowValue {
  readonly code: string;
  readonly type: string;
  readonly value: number;
  readonly dataSheet: string;
  readonly chunk: PatchChunk;
  readonly row: number;
}

export class GivenValues {
  /** Attributes that any sheet gives. */
  readonly attributes: readonly string[];
  readonly overlaps: Overlap[] = [];
  private readonly values = new Map<string, GivenValue & { readonly dataSheet: string }>();
  /** One overlap for an attribute and type is enough to be mended. */
  private readonly told = new Set<string>();

  /** @param sheets in the order of their codes @param units of attributes */
  constructor(
    sheets: readonly Delivery[],
    private readonly units: ReadonlyMap<string, string>,
  ) {
    for (const { dataSheet, given } of sheets) {
      for (const value of given) {
        const key = keyOf(value.attribute, value.type);
        const earlier = this.values.get(key);
        if (!earlier) this.values.set(key, { ...value, dataSheet });
        else if (earlier.value !== value.value) {
          this.tell(value.attribute, value.type, this.sideOf(earlier), this.sideOf({ ...value, dataSheet }));
        }
      }
    }
    this.attributes = [...new Set([...this.values.values()].map(({ attribute }) => attribute))];
  }

  /** One for the type goes before one for all types. */
  find(code: string, type: string): number | undefined {
    return this.given(code, type)?.value;
  }

  /** Notes where a sheet gives another value than the one beside a row of another sheet. */
  compare({ code, type, value, dataSheet, chunk, row }: RowValue): void {
    const given = this.given(code, type);
    if (!given || given.dataSheet === dataSheet || given.value === value) return;
    const beside = { attribute: code, value, dataSheet, sheet: chunk.sourceSheet, row: chunk.sourceRow[row] };
    this.tell(code, type, this.sideOf(given), this.sideOf(beside));
  }

  private given(code: string, type: string) {
    return this.values.get(keyOf(code, type)) ?? this.values.get(keyOf(code, '*'));
  }

  private sideOf(at: Omit<GivenValue, 'type'> & { readonly dataSheet: string }): Side {
    const { dataSheet, value, sheet, row } = at;
    return { dataSheet, value: `${value} ${this.units.get(at.attribute) ?? ''}`.trim(), sheet, row };
  }

  private tell(attribute: string, type: string, one: Side, other: Side): void {
    const what = type === '*' ? attribute : `${attribute} ${type}`;
    const key = [what, one.dataSheet, other.dataSheet].join(' ');
    if (this.told.has(key)) return;
    this.told.add(key);
    this.overlaps.push({ what, column: attribute, sides: [one, other] });
  }
}

const keyOf = (attribute: string, type: string): string => `${attribute} ${type}`;
