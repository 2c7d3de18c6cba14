/** The published terms of Yunhe, at their bounds; terms that name grades; and what no record ever opens. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { creditLoanKinds, decideLoan, type CreditLoanWish } from './decide-loan';

const yuan = (amount: bigint) => Fraction.of(amount);
const yunhe = {
  ...{ unsecured: yuan(300_000n), guaranteed: yuan(1_000_000n), years: 5 },
  ...({ pledge: true, source: 'Y2', grade: 'published' } as const),
};
const clean = { grade: null, severeEntries: 0 };
const wish: CreditLoanWish = { kind: 'unsecured', amountFen: 300_000_00n, months: 60, pledgeSigned: true };

it('opens up to 300,000 yuan unsecured, 1,000,000 guaranteed, five years, with the pledge and without severe entries', () => {
  expect(decideLoan(yunhe, clean, wish)).toEqual({ open: true, mostFen: 300_000_00n, mostMonths: 60, obstacles: [] });
  expect(decideLoan(yunhe, clean, { ...wish, kind: 'guaranteed', amountFen: 1_000_000_00n }).open).toBe(true);
  const worst = { ...wish, amountFen: 300_000_01n, months: 61, pledgeSigned: false };
  expect(decideLoan(yunhe, { ...clean, severeEntries: 1 }, worst)).toMatchObject({
    ...{ open: false, mostFen: 0n, obstacles: ['amount', 'years', 'pledge', 'severe-entry'] },
  });
  expect(decideLoan(undefined, clean, wish)).toMatchObject({ open: false, mostFen: 0n, obstacles: ['no-terms'] });
});

it('opens to a grade its own amount, and nothing to one that the terms do not name', () => {
  const byGrade = [{ code: 'B', unsecured: yuan(100_000n), guaranteed: yuan(1_000_000n) }];
  const terms = { ...yunhe, byGrade };
  const of = (grade: string | null, amountFen: bigint) =>
    decideLoan(terms, { ...clean, grade }, { ...wish, amountFen });
  expect(of('B', 100_000_00n)).toMatchObject({ open: true, mostFen: 100_000_00n });
  expect(of('B', 100_000_01n)).toMatchObject({ open: false, mostFen: 100_000_00n, obstacles: ['amount'] });
  for (const grade of ['C', null])
    expect(of(grade, 1n)).toMatchObject({ open: false, mostFen: 0n, obstacles: ['grade'] });
});

it('never opens more than the terms have, and opens exactly where nothing stands in the way', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...creditLoanKinds),
      fc.bigInt({ min: 1n, max: 2_000_000_00n }),
      fc.integer({ min: 1, max: 90 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 2 }),
      (kind, amountFen, months, pledgeSigned, severeEntries) => {
        const { open, mostFen, mostMonths, obstacles } = decideLoan(
          yunhe,
          { ...clean, severeEntries },
          { kind, amountFen, months, pledgeSigned },
        );
        expect(open).toBe(obstacles.length === 0);
        expect(mostFen).toBeLessThanOrEqual(kind === 'unsecured' ? 300_000_00n : 1_000_000_00n);
        if (open) expect(amountFen <= mostFen && months <= mostMonths && pledgeSigned).toBe(true);
      },
    ),
  );
});
