/** Runs every check over a stated account. */
import type { QualityGrade, QualityRules } from '@gep/rulebook';
import { checkBelow } from './check-below';
import { checkDays } from './check-days';
import { checkFormulas } from './check-formulas';
import { checkProducts } from './check-products';
import { checkRates } from './check-rates';
import { checkShares } from './check-shares';
import { checkSheets } from './check-sheets';
import { checkStatements } from './check-statements';
import { checkSums } from './check-sums';
import { checkDerived } from './printed/check-derived';
import { checkMisprints } from './printed/check-misprints';
import { type Finding, FindingLog, qualityGrades } from './finding';
import type { StatedAccount } from './stated-account';

export interface QualityReport {
  readonly territory: string;
  readonly periods: readonly string[];
  /** The gravest first; within a grade in the order of periods and places. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<QualityGrade, number>>;
}

/** Finds what is wrong or wants a word in the figures themselves; nothing but the figures and the rules is read. */
export function checkQuality(stated: StatedAccount, rules: QualityRules): QualityReport {
  const log = new FindingLog(rules, stated.territory, stated.labels);
  for (const check of [
    checkMisprints,
    checkSums,
    checkBelow,
    checkProducts,
    checkShares,
    checkDerived,
    checkRates,
    checkFormulas,
    checkStatements,
    checkDays,
    checkSheets,
  ])
    check(stated, log);
  const order = stated.periods.map(({ period }) => period);
  const findings = [...new Map(log.findings.map((finding) => [finding.key, finding])).values()].sort(
    (a, b) =>
      qualityGrades.indexOf(a.grade) - qualityGrades.indexOf(b.grade) ||
      order.indexOf(a.period) - order.indexOf(b.period) ||
      compare(a.cells[0], b.cells[0]) ||
      compare(a.rule, b.rule),
  );
  const counts: Record<QualityGrade, number> = { A: 0, B: 0, C: 0, D: 0 };
  for (const { grade } of findings) counts[grade] += 1;
  return { territory: stated.territory, periods: order, findings, counts };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
