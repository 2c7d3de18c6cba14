/** Adds partial sums up in block order, and takes base sums that an account has kept. */
import { assert, CompensatedSum } from '@gep/kernel';
import { BaseSums, KernelPlan, PartialSums } from './kernel-plan';

/**
 * Base sums of all rows. The order in which workers delivered does not matter.
 * @throws BrokenInvariant when blocks are missing or given twice
 */
export function reducePartials(plan: KernelPlan, partials: readonly PartialSums[]): BaseSums {
  const inOrder = partials.toSorted((a, b) => a.from - b.from || a.to - b.to);
  let next = 0;
  for (const { from, to } of inOrder) {
    assert(from === next, `blocks ${next}..${from} were summed twice or not at all`);
    next = to;
  }
  assert(inOrder.length > 0 && next === inOrder[0].of, `blocks from ${next} on were not summed`);
  const fault = inOrder.find((partial) => partial.fault)?.fault;
  const rows = new Float64Array(plan.types.length);
  for (const partial of inOrder) partial.rows.forEach((count, type) => (rows[type] += count));
  return { types: plan.types, keys: plan.keys, sums: addBlocks(plan, inOrder), rows, ...(fault && { fault }) };
}

function addBlocks({ types, bases, needs }: KernelPlan, inOrder: readonly PartialSums[]): Float64Array {
  const cells = types.length * bases.length;
  const sums = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    if (!needs[cell % bases.length][Math.floor(cell / bases.length)]) continue;
    const total = new CompensatedSum();
    for (const { blocks } of inOrder) {
      for (let at = cell * 2; at < blocks.length; at += cells * 2) {
        total.add(blocks[at]);
        total.add(blocks[at + 1]);
      }
    }
    sums[cell] = total.value;
  }
  return sums;
}

/**
 * The sums that a plan needs, taken from sums kept earlier over the same rows: a changed price or linear parameter
 * changes no key, so no row is read again.
 * @returns undefined when some base was not summed then
 */
export function reuseBaseSums(plan: KernelPlan, kept: BaseSums): BaseSums | undefined {
  // Nearly always so, and asked for every territory when a price changes.
  if (!kept.fault && sameTexts(plan.keys, kept.keys) && sameTexts(plan.types, kept.types)) return kept;
  const places = plan.keys.map((key) => kept.keys.indexOf(key));
  const types = plan.types.map((type) => kept.types.indexOf(type));
  if (kept.fault || places.includes(-1) || types.includes(-1)) return undefined;
  const sums = Float64Array.from(
    types.flatMap((type) => places.map((base) => kept.sums[type * kept.keys.length + base])),
  );
  return { types: plan.types, keys: plan.keys, sums, rows: Float64Array.from(types, (type) => kept.rows[type]) };
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);
