/** What units came to by a scorecard, as it is held beside another in a back-test. */
import type { Decision } from '../decision/decision';
import type { Standing } from '../decision/compare-standings';
import type { PolicyBook } from '../expression/place';
import type { PolicyRule } from '../rule';
import { scoresOf } from './read-scores';

export function scoreStandings(rule: PolicyRule, book: PolicyBook, decision: Decision): Standing[] {
  const grades = new Map(rule.scorecard!.grades.map(({ code, name }) => [code, { code, name }]));
  return scoresOf(rule, book, decision).map(({ unit, name, score, rank, grade }) => ({
    ...{ unit, name, score, rank, grade: grades.get(grade)! },
  }));
}
