/** Builds the rounding of a payment: the step in fen, and which way. */
import { sameDimension } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import type { RawRounding } from './raw-rule';
import type { Rounding } from './rule';
import type { RuleVocabulary } from './rule-vocabulary';

export function buildRounding(
  { draft, log }: RuleVocabulary,
  path: NormPath,
  own: RawRounding,
  usual: RawRounding,
): Rounding | undefined {
  const written = own.to ?? usual.to ?? '1 fen';
  const match = /^(\d+)?\s*(\D+)$/.exec(written.trim());
  const unit = match && draft.unitAt([...path, 'to'], match[2].trim());
  const yuan = draft.units.parse('yuan');
  if (match && unit && sameDimension(unit.dimension, yuan.dimension)) {
    const fen = unit.factor.dividedBy(draft.units.parse('fen').factor);
    const step = fen.numerator * BigInt(match[1] ?? 1);
    if (fen.denominator === 1n && step > 0n) return { fen: step, mode: own.mode ?? usual.mode ?? 'half-away' };
  }
  if (!match || unit)
    log.add(
      path,
      'policy.rounding',
      { zh: `“${written}”不是取整的单位`, en: `"${written}" is no unit of rounding` },
      { zh: '写成 1 fen、1 yuan 或 1 万元', en: 'write 1 fen, 1 yuan or 10000 yuan' },
    );
  return undefined;
}
