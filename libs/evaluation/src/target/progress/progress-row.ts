/** How far a unit is in a year, with everything that says what the figures are of. */
import type { Bilingual, Fen } from '@gep/kernel';
import { type DualVerdict, judgeDual, judgeTarget, shownPercent, type TargetVerdict } from './judge-target';
import { type TargetIndicator, unitOfMeasure } from '../plan/plan-terms';
import type { TargetRow, TargetValue, ValuePart } from '../plan/target-row';
import type { UnitGroup } from '../value/unit-groups';
import type { ValueAnswer } from '../value/value-answer';

/** Figures are in fen, or in fen for a hectare. */
export interface ProgressRow extends Partial<TargetVerdict> {
  /** Code of the plan, and its edition that is in force for the year. */
  readonly plan: string;
  readonly planId: string;
  readonly edition: number;
  readonly year: number;
  /** Units of the plan; several once they were merged. */
  readonly units: readonly string[];
  /** Places that hold their land at the end of the year. */
  readonly places: readonly string[];
  readonly indicator: string;
  readonly measure: TargetIndicator['measure'];
  readonly unit: 'yuan' | 'yuan/hm2';
  readonly state: ValueAnswer['state'];
  /** Why it is not measured. */
  readonly reason: Bilingual | null;
  readonly base: TargetValue;
  readonly milestoneFen: Fen;
  /** Of the last year. */
  readonly targetFen: Fen;
  readonly actualFen: Fen | null;
  readonly previousFen: Fen | null;
  /** In percent with two decimals, half away from zero; `attainment` is exact. */
  readonly attainmentShown: string | null;
  readonly normEdition: string | null;
  readonly boundaryDay: string;
  readonly pricesOf: string | null;
  readonly parts: readonly ValuePart[];
}

export interface ProgressFrame {
  readonly plan: string;
  readonly planId: string;
  readonly edition: number;
  readonly year: number;
}

/** @param target of the group @param actual of the year @param previous of the year before */
export function progressRow(
  frame: ProgressFrame,
  {
    group,
    indicator,
    target,
  }: { readonly group: UnitGroup; readonly indicator: TargetIndicator; readonly target: TargetRow },
  actual: ValueAnswer,
  previous: ValueAnswer,
): ProgressRow {
  const { base, milestones } = target;
  const milestoneFen = milestones.find(({ year }) => year === frame.year)!.fen;
  const row = {
    ...{ ...frame, units: group.units, places: group.places, indicator: indicator.code, measure: indicator.measure },
    ...{ unit: unitOfMeasure(indicator.measure), base, milestoneFen, targetFen: milestones.at(-1)!.fen },
  };
  const judged = comparableWith(base, actual);
  if (judged.state !== 'measured')
    return {
      ...{
        ...row,
        state: judged.state,
        reason: judged.reason,
        actualFen: null,
        previousFen: null,
        attainmentShown: null,
      },
      ...{ normEdition: null, boundaryDay: base.boundaryDay, pricesOf: base.pricesOf, parts: [] },
    };
  const { value } = judged;
  const before = comparableWith(base, previous);
  const previousFen = before.state === 'measured' ? before.value.fen : null;
  const verdict = judgeTarget({ baseFen: base.fen, milestoneFen, actualFen: value.fen, previousFen });
  return {
    ...{ ...row, ...verdict, state: 'measured', reason: null, actualFen: value.fen, previousFen },
    attainmentShown: verdict.attainment === null ? null : shownPercent(verdict.attainment),
    ...{ normEdition: value.normEdition, boundaryDay: value.boundaryDay, pricesOf: value.pricesOf, parts: value.parts },
  };
}

/** What follows another edition of the norm than the base is no progress (research: I18). */
export function comparableWith(base: TargetValue, answer: ValueAnswer): ValueAnswer {
  if (answer.state !== 'measured' || answer.value.normEdition === base.normEdition) return answer;
  const [before, now] = [base.normEdition, answer.value.normEdition].map((edition) => edition?.slice(0, 12) ?? '—');
  return {
    state: 'refused',
    reason: {
      zh: `与基数的规范版本不同（${before} 与 ${now}）；请按 ${now} 重算并公布基年（gep recompute、gep restatement），再修订计划（gep target amend）`,
      en: `its edition of the norm is not that of the base (${before} and ${now}); recompute and publish the base year under ${now} (gep recompute, gep restatement), then amend the plan (gep target amend)`,
    },
  };
}

/** Whether GEP and GDP both grow, on the year before and on the base; null while one of them is not known. */
export interface DualRow {
  readonly units: readonly string[];
  readonly onYearBefore: DualVerdict | null;
  readonly onBase: DualVerdict | null;
}

/** @param rows of one plan and year */
export function dualRows(
  rows: readonly ProgressRow[],
  dual: { readonly gep: string; readonly gdp: string } | null,
): DualRow[] {
  if (!dual) return [];
  const of = (indicator: string): readonly ProgressRow[] => rows.filter((row) => row.indicator === indicator);
  return of(dual.gep).map((gep) => {
    const gdp = of(dual.gdp).find(({ units }) => units.join() === gep.units.join());
    return {
      units: gep.units,
      onYearBefore: judgeDual(gep.yearlyGrowth ?? null, gdp?.yearlyGrowth ?? null),
      onBase: judgeDual(gep.growth ?? null, gdp?.growth ?? null),
    };
  });
}
