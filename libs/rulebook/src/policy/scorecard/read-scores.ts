/** Reads what a scorecard came to for each unit out of a decision: every point with what it rests on. */
import { assert, Fraction } from '@gep/kernel';
import type { Decision, ShownUnit } from '../decision/decision';
import type { InputUnit, PolicyBook } from '../expression/place';
import { showValue } from '../lint-table';
import type { PolicyRule } from '../rule';
import type { IndicatorState, Scorecard, ScoreIndicator } from './scorecard';

/** What an indicator gave a unit; numbers are exact, `1/3` where no decimal is. */
export interface IndicatorScore {
  readonly indicator: string;
  readonly state: IndicatorState;
  readonly applies: boolean;
  /** Points asked for by the rule, and points used after what does not apply was shared out. */
  readonly weightAsked: string;
  readonly weightUsed: string;
  /** What was scored; null where nothing was given. */
  readonly value: string | null;
  readonly target: string | null;
  readonly previous: string | null;
  /** Of 100. */
  readonly score: string;
  readonly points: string;
}

export interface LevelScore {
  readonly code: string;
  readonly weightUsed: string;
  readonly points: string;
}

export interface UnitScore {
  readonly unit: string;
  readonly name: string;
  /** Rounded, as it is published. */
  readonly score: string;
  readonly exact: string;
  /** 0: without a place, because of falsification. */
  readonly rank: number;
  readonly grade: string;
  readonly award: boolean;
  readonly refer: boolean;
  /** Facts of the veto list that hold. */
  readonly vetoes: readonly string[];
  /** Codes of the measure table that follow. */
  readonly measures: readonly string[];
  readonly bonus: string;
  readonly deducted: string;
  readonly levels: readonly LevelScore[];
  readonly indicators: readonly IndicatorScore[];
}

/** @param book the input that the decision was made from @returns none when the rule has no scorecard */
export function scoresOf(rule: PolicyRule, book: PolicyBook, decision: Decision): UnitScore[] {
  const { scorecard } = rule;
  if (!scorecard) return [];
  const at = book.byPeriod.get(decision.period)!;
  const before = book.periods[book.periods.indexOf(at) - 1];
  // What no unit changes (no bonuses at all) is a value of the whole.
  const whole = decision.shown.find(({ unit }) => unit === '')?.values ?? [];
  return decision.shown
    .filter(({ unit }) => unit !== '')

    .map((shown) => ({ ...shown, values: [...whole, ...shown.values] }))
    .map((shown) => scoreOf(scorecard, shown, at.byCode.get(shown.unit)!, before?.byCode.get(shown.unit)));
}

function scoreOf(scorecard: Scorecard, shown: ShownUnit, unit: InputUnit, before: InputUnit | undefined): UnitScore {
  const values = new Map(shown.values.map(({ code, value }) => [code, value]));
  const read = (code: string): string => {
    const value = values.get(code);
    assert(value !== undefined, `a scorecard without ${code}`);
    return value;
  };
  const [grade, award] = [read('grade'), read('award') === 'yes'];
  const vetoes = [...new Set(scorecard.vetoes.map(({ fact }) => fact))].filter((fact) => holds(fact, unit, values));
  return {
    ...{ unit: shown.unit, name: shown.name, score: read('score'), exact: read('totalPoints') },
    ...{ rank: Number(read('ranking')), grade, award, refer: read('refer') === 'yes', vetoes },
    measures: scorecard.measures
      .filter(({ kind, grades }) => grades.includes(grade) && (kind === 'punishment' || award))
      .map(({ code }) => code),
    ...{ bonus: read('bonusPoints'), deducted: read('deductedPoints') },
    levels: [...scorecard.themes, ...scorecard.groups].map(({ code }) => ({
      ...{ code, weightUsed: read(`${code}_weight`), points: read(`${code}_points`) },
    })),
    indicators: scorecard.indicators.map((one) => indicatorScore(one, { values, read }, unit, before)),
  };
}

/** Facts that are formulas are among the values. */
const holds = (fact: string, unit: InputUnit, values: ReadonlyMap<string, string>): boolean =>
  (values.get(fact) ?? cellOf(unit, fact)) === 'yes';

function cellOf(unit: InputUnit | undefined, code: string): string | null {
  const value = unit?.cells.get(code);
  return value === undefined ? null : showValue(value);
}

function indicatorScore(
  { code, weight, target, kind, value: name }: ScoreIndicator,
  { values, read }: { readonly values: ReadonlyMap<string, string>; readonly read: (code: string) => string },
  unit: InputUnit,
  before: InputUnit | undefined,
): IndicatorScore {
  const wanted = target !== undefined && Fraction.parse(target) === undefined ? cellOf(unit, target) : (target ?? null);
  return {
    ...{ indicator: code, applies: read(`${code}_applies`) === 'yes' },
    state: (cellOf(unit, `${code}_state`) ?? 'given') as IndicatorState,
    ...{ weightAsked: weight!.toExactText(), weightUsed: read(`${code}_weight`) },
    ...{ value: cellOf(unit, code) ?? values.get(name) ?? null, target: kind === 'attain' ? wanted : null },
    previous: kind === 'improve' ? cellOf(before, code) : null,
    ...{ score: read(`${code}_score`), points: read(`${code}_points`) },
  };
}
