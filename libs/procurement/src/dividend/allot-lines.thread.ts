/** What the thread of dividends does: read the rule, share, and grow the tree. */
import { assert, UnitTable } from '@gep/kernel';
import { parseRule } from '@gep/rulebook';
import { type AllottedLines, allotLines } from './allot-lines';
import type { AllotTask } from './allot-lines.pool';

export function handle({ file, units, edition, earnings, blocks, seed }: AllotTask): AllottedLines {
  const { rule } = parseRule(file, new UnitTable(units));
  assert(rule, `the proposed edition ${edition} can no longer be read`);
  return allotLines({ ...rule, edition }, earnings, blocks, Buffer.from(seed));
}
