/** Sums of doubles in a fixed order with Neumaier's compensation, so that small parts are not lost in large totals. */

/** A running compensated sum. Adding the same numbers in the same order gives the same bits on every machine. */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }
  get value(): number {
    return this.sum + this.lost;
  }
}

/** Compensated sum of the numbers in the order given. */
export function sumInOrder(values: Iterable<number>): number {
  const total = new CompensatedSum();
  for (const value of values) total.add(value);
  return total.value;
}
