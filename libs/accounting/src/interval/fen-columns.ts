/** Totals of each draw: what drawn lines are worth more or less than in the account is added to the totals of the account. */
import { Fraction, roundToFen, unitValue, wholeFen, type Fen } from '@gep/kernel';
import { type Account, type AccountLine, unassignedType } from '../account/account';

const oneYuan = unitValue(Fraction.one);
/** Outputs that each line adds to: the total, its category, its service and its type. */
const outputsOfLine = 4;

/** Whole fen are added as doubles where no sum of them can pass 2^53, and as integers of any size elsewhere. */
export class FenColumns {
  /** `total`, `category <code>`, `service <code>`, `type <code>`. */
  readonly outputs: readonly (readonly [string, BigInt64Array])[];
  /** Lines as they are worth in this draw, where that is a double. */
  private readonly fens: Float64Array;
  private readonly usual: Float64Array;
  private readonly large = new Map<number, Fen>();
  private readonly places: Int32Array;
  private readonly sums: Float64Array;
  private readonly mostFen: number;

  constructor(
    { totals }: Pick<Account, 'totals'>,
    private readonly lines: readonly AccountLine[],
    draws: number,
  ) {
    const kinds = { category: totals.byCategory, service: totals.byService, type: totals.byType };
    const named = Object.entries(kinds).flatMap(([kind, fens]) =>
      Object.entries(fens).map(([code, fen]) => [`${kind} ${code}`, fen] as const),
    );
    this.outputs = [['total', totals.totalFen] as const, ...named].map(
      ([name, fen]) => [name, new BigInt64Array(draws).fill(fen)] as const,
    );
    const place = new Map(this.outputs.map(([name], at) => [name, at]));
    this.places = Int32Array.from(
      lines.flatMap(({ category, service, type }) =>
        ['total', `category ${category}`, `service ${service}`, `type ${type ?? unassignedType}`].map((name) =>
          place.get(name)!,
        ),
      ),
    );
    this.sums = new Float64Array(this.outputs.length);
    const usualFens = lines.map(({ valueFen }) => valueFen);
    // Exact wherever it is added: what is beyond `mostFen` is not.
    this.usual = Float64Array.from(usualFens, Number);
    this.fens = this.usual.slice();
    this.mostFen = 2 ** 52 / Math.max(1, lines.length);
  }

  /** The line is worth in the next draw what it is worth in the account. */
  keep(at: number): void {
    this.fens[at] = this.usual[at];
    if (this.large.size > 0) this.large.delete(at);
  }

  /** @param yuan finite; rounded to fen as every line is */
  enter(at: number, draw: number, yuan: number): void {
    const usual = this.usual[at];
    const decided = wholeFen(yuan, oneYuan);
    const near = Number.isNaN(decided) ? Number(roundToFen(yuan, oneYuan)) : decided;
    this.fens[at] = near;
    if (Math.abs(near) > this.mostFen || Math.abs(usual) > this.mostFen) {
      const fen = roundToFen(yuan, oneYuan);
      this.large.set(at, fen);
      this.addLarge(at, draw, fen - this.lines[at].valueFen);
      return;
    }
    if (this.large.size > 0) this.large.delete(at);
    const change = near - usual;
    if (change === 0) return;
    for (let nth = at * outputsOfLine; nth < (at + 1) * outputsOfLine; nth++) this.sums[this.places[nth]] += change;
  }

  /** Whether the line has a value in this draw. */
  isValued(at: number): boolean {
    return this.fens[at] !== 0;
  }

  fenOf(at: number): Fen {
    if (this.large.has(at)) return this.large.get(at)!;
    return this.fens[at] === this.usual[at] ? this.lines[at].valueFen : BigInt(this.fens[at]);
  }

  /** Every line of the draw has been entered. */
  finish(draw: number): void {
    const { sums, outputs } = this;
    for (let at = 0; at < sums.length; at++) {
      if (sums[at] === 0) continue;
      outputs[at][1][draw] += BigInt(sums[at]);
      sums[at] = 0;
    }
  }

  private addLarge(at: number, draw: number, change: Fen): void {
    for (let nth = at * outputsOfLine; nth < (at + 1) * outputsOfLine; nth++)
      this.outputs[this.places[nth]][1][draw] += change;
  }
}
