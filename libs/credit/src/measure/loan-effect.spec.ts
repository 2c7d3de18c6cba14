/** The published terms of Yunhe, at their bounds; and what a measure may rest on. */
import { Fraction } from '@gep/kernel';
import type { CreditMeasureItem } from '@gep/rulebook';
import { tableFaults } from '@gep/procedure';
import { eventSteps } from '../event/event-steps';
import { objectionSteps } from '../event/objection-steps';
import { obstaclesOf } from './judge-measure';
import { decideLoan, type LoanWish } from './loan-effect';
import { measureSteps } from './measure-steps';

const yuan = (amount: bigint) => Fraction.of(amount);
const terms = {
  unsecured: yuan(300_000n),
  guaranteed: yuan(1_000_000n),
  years: 5,
  pledge: true,
  source: 'Y2',
  grade: 'published',
} as const;
const wish: LoanWish = { kind: 'unsecured', amountFen: 300_000_00n, months: 60, pledgeSigned: true };

it('opens up to 300,000 yuan unsecured, 1,000,000 guaranteed, five years, with the pledge and without severe entries', () => {
  const clean = { severeEntries: 0 };
  expect(decideLoan(terms, clean, wish)).toEqual({ open: true, mostFen: 300_000_00n, mostMonths: 60, obstacles: [] });
  expect(decideLoan(terms, clean, { ...wish, kind: 'guaranteed', amountFen: 1_000_000_00n }).open).toBe(true);
  const worst = { ...wish, amountFen: 300_000_01n, months: 61, pledgeSigned: false };
  expect(decideLoan(terms, { severeEntries: 1 }, worst).obstacles).toEqual([
    'amount',
    'years',
    'pledge',
    'severe-entry',
  ]);
  expect(decideLoan(undefined, clean, wish)).toMatchObject({ open: false, obstacles: ['no-terms'] });
});

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
