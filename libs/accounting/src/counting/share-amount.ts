/** Shares an amount over supplies that are larger than it: each part in proportion, none above its supply, nothing lost. */
import { CompensatedSum, sumInOrder } from '@gep/kernel';

/** Rounding leaves less than a few units in the last place; one pass takes it away, the others are for the clamped. */
const mostPasses = 4;

/**
 * The parts of `amount`: part = supply × amount / Σ supplies. What rounding leaves goes to the largest part first, then to
 * the next, never above a supply nor below zero. The compensated sum of the parts in their order is the amount to the bit;
 * supplies that come to no more than the amount are given back as they are.
 * @param supplies not below zero
 */
export function shareAmount(amount: number, supplies: readonly number[]): number[] {
  const whole = sumInOrder(supplies);
  if (amount >= whole) return [...supplies];
  if (amount <= 0) return supplies.map(() => 0);
  const parts = supplies.map((supply) => Math.min(supply, supply * (amount / whole)));
  const order = [...parts.keys()].sort((a, b) => parts[b] - parts[a] || a - b);
  for (let pass = 0; pass < mostPasses; pass++) {
    for (const at of order) {
      if (sumInOrder(parts) === amount) return parts;
      parts[at] = Math.max(0, Math.min(supplies[at], parts[at] + lacking(amount, parts)));
    }
  }
  return parts;
}

function lacking(amount: number, parts: readonly number[]): number {
  const rest = new CompensatedSum();
  rest.add(amount);
  for (const part of parts) rest.add(-part);
  return rest.value;
}
