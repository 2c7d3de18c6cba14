/** Decides by a rule of credit from a table of events, without a database: the same counting as on the platform. */
import { Fraction, periodEnd } from '@gep/kernel';
import type { PolicyBook, PolicyRule } from '@gep/rulebook';
import { CreditRefused } from '../errors';
import { explainScore, type ExplainedScore, type ScoredEvent } from './explain-score';
import { makeScorer } from './scorer';

export interface CreditRun {
  readonly rule: string;
  readonly edition: string;
  readonly asOf: string;
  /** One for each unit of the table. */
  readonly units: readonly (ExplainedScore & { readonly unit: string })[];
}

/**
 * Scores every unit as of the last day of the period, from the rows of this period and of those before it; each row counts as
 * confirmed. A row without a day has the last day of its period; days were seen to when the table was read.
 * @throws CreditRefused when the rule has no list
 */
export function runCredit(rule: PolicyRule, book: PolicyBook, period: string): CreditRun {
  const { credit, edition, id } = rule;
  if (!credit || rule.status === 'skeleton')
    throw new CreditRefused(
      {
        zh: `规则“${id}”没有可用的行为清单${rule.status === 'skeleton' ? '（骨架，条目未公布）' : ''}，不能评分`,
        en: `the rule "${id}" has no list to score by${rule.status === 'skeleton' ? ' (a skeleton: its items were not published)' : ''}`,
      },
      { policy: id, status: rule.status },
    );
  const asOf = periodEnd(period);
  const scorer = makeScorer({ edition, catalogue: credit }, []);
  const histories = new Map<string, ScoredEvent[]>();
  for (const one of book.periods.filter((each) => each.period <= period))
    for (const { code, rows } of one.units)
      for (const { cells } of rows) {
        const day = String(cells.get('day') ?? '') || periodEnd(one.period);
        const times = (cells.get('times') ?? Fraction.one) as Fraction;
        const event: ScoredEvent = {
          ...{ id: `${one.period} ${String(cells.get('event'))}`, behaviour: String(cells.get('act')), edition, day },
          ...{ times: Number(times.numerator), state: 'effective', effectiveFrom: day, paused: false },
        };
        histories.set(code, [...(histories.get(code) ?? []), event]);
      }
  const byUnit = [...histories].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const units = byUnit.map(([unit, events]) => ({ unit, ...explainScore(scorer, events, asOf) }));
  return { rule: id, edition, asOf, units };
}
