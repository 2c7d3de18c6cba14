/** What everybody may read of the scores of a year: ranking, grades and measures, with what was withheld and how to object. */
import type { PolicyRule, UnitScore } from '@gep/rulebook';
import { wayToObject } from '@gep/procedure';
import type { ScoreRun } from './score-run';

/** @param withheld units whose result is disputed and not final */
export function scoreDocument(
  run: Pick<
    ScoreRun,
    'id' | 'scorecard' | 'ruleEdition' | 'period' | 'versionNo' | 'resultDigest' | 'snapshotDigest' | 'about'
  >,
  rule: PolicyRule,
  scores: readonly UnitScore[],
  withheld: readonly string[],
): object {
  const { grades, measures, total, vetoes } = rule.scorecard!;
  const nameOf = <T extends { readonly code: string; readonly name: object }>(list: readonly T[], code: string) =>
    list.find((one) => one.code === code)?.name ?? code;
  const { id, scorecard, ruleEdition, period, versionNo, resultDigest, snapshotDigest, about } = run;
  return {
    ...{ kind: 'scores', scorecard, title: rule.title, ruleEdition, period, versionNo, supersedes: about },
    ...{ resultDigest, snapshotDigest, total: total.toExactText(), sources: rule.sources.map(({ text }) => text) },
    vetoes: vetoes.map(({ fact, source }) => ({ fact, source })),
    scores: scores
      .filter(({ unit }) => !withheld.includes(unit))
      .map((one) => ({
        ...{ unit: one.unit, rank: one.rank === 0 ? null : one.rank, score: one.score, grade: one.grade },
        ...{ gradeName: nameOf(grades, one.grade), award: one.award, vetoes: one.vetoes },
        measures: one.measures.map((code) => ({ code, name: nameOf(measures, code) })),
        levels: one.levels,
      })),
    withheld,
    objection: wayToObject({ kind: 'score-run', id }),
  };
}
