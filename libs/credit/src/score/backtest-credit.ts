/** A list of credit on all past periods beside the list in force, from a table of events: whose score rises, whose falls. */
import {
  compareStandings,
  headOf,
  periodsOfBoth,
  type BacktestSide,
  type ScoreBacktest,
  type Standing,
} from '@gep/rulebook';
import { runCredit } from './run-credit';

/** Scores are those of the last day of each period. @throws CreditRefused */
export function backtestCredit(adopted: BacktestSide, current: BacktestSide): ScoreBacktest {
  return compareStandings(
    { new: headOf(adopted.rule), current: headOf(current.rule) },
    periodsOfBoth(adopted, current).map((period) => ({
      ...{ period, new: standingsOf(adopted, period), current: standingsOf(current, period) },
    })),
  );
}

function standingsOf({ rule, book }: BacktestSide, period: string): Standing[] {
  const grades = new Map(rule.credit?.grades.map(({ code, name }) => [code, { code, name }]));
  return runCredit(rule, book, period).units.map(({ unit, score, grade }) => ({
    ...{ unit, name: '', score, grade: grades.get(grade ?? '') ?? null },
  }));
}
