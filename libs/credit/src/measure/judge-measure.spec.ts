/** What a measure may rest on, and that the steps of entries, objections and measures lead somewhere. */
import { Fraction } from '@gep/kernel';
import type { CreditMeasureItem } from '@gep/rulebook';
import { tableFaults } from '@gep/procedure';
import { eventSteps } from '../event/event-steps';
import { objectionSteps } from '../event/objection-steps';
import { obstaclesOf } from './judge-measure';
import { measureSteps } from './measure-steps';

it('finds everything that stands in the way of a measure', () => {
  const item: CreditMeasureItem = {
    ...{
      code: 'cut',
      name: { zh: '减', en: 'cut' },
      kind: 'punishment',
      subjects: ['firm'],
      leastSeverity: 'severe',
      mostMonths: 12,
    },
    ...{ mostShare: Fraction.of(1n, 2n), source: 'A', grade: 'published' },
  };
  const cause = { id: 'a', negative: true, severity: 'ordinary', stands: true } as const;
  const facts = {
    item,
    subjectKind: 'person',
    today: '2026-01-31',
    untilDay: '2027-02-01',
    share: Fraction.of(2n, 3n),
    causes: [cause],
  } as const;
  expect(obstaclesOf(facts)).toHaveLength(5);
  const law = { zh: '条例', en: 'Rule' };
  const mended = {
    ...facts,
    item: { ...item, law },
    subjectKind: 'firm',
    untilDay: '2027-01-31',
    share: Fraction.of(1n, 2n),
  } as const;
  expect(obstaclesOf({ ...mended, causes: [{ ...cause, severity: 'severe' }] })).toEqual([]);
  expect(obstaclesOf({ ...mended, causes: [] })).not.toEqual([]);
  expect(obstaclesOf({ ...mended, causes: [{ ...cause, severity: 'severe', stands: false }] })).not.toEqual([]);
  expect(obstaclesOf({ ...facts, item: undefined })).toHaveLength(1);
});

it('has step tables that lead from a beginning to an end', () => {
  expect([eventSteps, objectionSteps, measureSteps].flatMap((table) => tableFaults<string, string>(table))).toEqual([]);
});
