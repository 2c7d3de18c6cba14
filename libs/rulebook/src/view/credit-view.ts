/** What a reader sees of a list of credit: numbers as text, and how many items the sources count that they do not name. */
import type { CreditCatalogue, CreditLoanTerms } from '../policy/credit/credit-catalogue';

export function creditView({
  base,
  lowest,
  highest,
  behaviours,
  grades,
  measures,
  counts,
  loan,
  points: goods,
}: CreditCatalogue) {
  return {
    ...{ base: base.toExactText(), lowest: lowest?.toExactText() ?? null, highest: highest?.toExactText() ?? null },
    behaviours: behaviours.map(({ points, yearlyCap, decay, years, ...one }) => ({
      ...one,
      points: points?.toExactText() ?? null,
      yearlyCap: yearlyCap?.toExactText() ?? null,
      decay: decay.map((part) => part.toExactText()),
      years: years ?? null,
    })),
    grades: grades.map(({ from, ...grade }) => ({ ...grade, from: from.toExactText() })),
    measures: measures.map(({ mostShare, mostMonths, law, ...item }) => ({
      ...item,
      law: law ?? null,
      mostShare: mostShare?.toExactText() ?? null,
      mostMonths: mostMonths ?? null,
    })),
    counts: counts.map(({ published, named, ...count }) => ({ ...count, published, named, empty: published - named })),
    loan: loan ? { ...loan, ...amountsOf(loan), byGrade: loan.byGrade?.map(amountsOfGrade) ?? null } : null,
    points: goods ? { ...goods, months: goods.months ?? null } : null,
  };
}

const amountsOf = ({ unsecured, guaranteed }: Pick<CreditLoanTerms, 'unsecured' | 'guaranteed'>) => ({
  unsecured: unsecured.toExactText(),
  guaranteed: guaranteed.toExactText(),
});

const amountsOfGrade = (one: NonNullable<CreditLoanTerms['byGrade']>[number]) => ({
  code: one.code,
  ...amountsOf(one),
});
