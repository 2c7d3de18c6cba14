/** From a frozen table and a rule to scores, the same to the last digit whenever it is done. */
import { assert, canonicalJson, digestOf, digestOfValue, type UnitTable } from '@gep/kernel';
import { decide, type PolicyRule, scoresOf, type UnitScore } from '@gep/rulebook';
import { type InputTable, readInput } from '@gep/settlement';

export interface FrozenTable {
  readonly digest: string;
  /** Canonical JSON. */
  readonly content: string;
}

export interface ComputedScores {
  readonly scores: readonly UnitScore[];
  readonly digest: string;
}

export function freezeTable({ header, rows }: InputTable): FrozenTable {
  const content = canonicalJson({ format: 1, header, rows });
  return { digest: digestOf(content), content };
}

export function thawTable({ digest, content }: FrozenTable): InputTable {
  assert(digestOf(content) === digest, 'a snapshot is not what its digest says');
  return JSON.parse(content) as InputTable;
}

/** @throws PolicyInputRefused, PolicyNotDecided with everything that stands in the way */
export function computeScores(rule: PolicyRule, units: UnitTable, period: string, table: InputTable): ComputedScores {
  const book = readInput(rule, units, table, period);
  // Nobody asks for the trace of lines: every point is in the scores themselves.
  const decision = decide(rule, book, period, { isTraced: () => false });
  const scores = scoresOf(rule, book, decision);
  return { scores, digest: digestOfValue(scores) };
}
