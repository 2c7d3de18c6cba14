/** Scores of two rules beside each other, period by period: who rises, who falls, whose grade is another. */
import { Fraction, type Bilingual } from '@gep/kernel';
import type { Decision } from './decision';

/** What a unit or a subject came to by one rule. */
export interface Standing {
  readonly unit: string;
  readonly name: string;
  /** Exact, `1/3` where no decimal is. */
  readonly score: string;
  /** 0: without a place; absent where nobody is ranked. */
  readonly rank?: number;
  readonly grade: { readonly code: string; readonly name: Bilingual } | null;
}

export type Move = 'rises' | 'falls' | 'same';

export interface StandingChange {
  readonly unit: string;
  readonly name: string;
  /** Null where the rule does not score the unit. */
  readonly current: Omit<Standing, 'unit' | 'name'> | null;
  readonly new: Omit<Standing, 'unit' | 'name'> | null;
  /** By rank where both give one, else by score. */
  readonly move: Move;
  readonly gradeChanged: boolean;
}

/** Why one of the rules decides nothing for a period. */
export interface Undecided {
  readonly rule: 'new' | 'current';
  readonly text: Bilingual;
}

export interface StandingPeriod {
  readonly period: string;
  readonly undecided?: readonly Undecided[];
  readonly units: readonly StandingChange[];
}

/** Counts are of units in periods that both rules decide. */
export interface ScoreBacktest {
  readonly kind: 'score';
  readonly new: Decision['rule'];
  readonly current: Decision['rule'];
  readonly periods: readonly StandingPeriod[];
  readonly rising: number;
  readonly falling: number;
  readonly same: number;
  readonly gradesChanged: number;
}

/** Of one period: what each rule came to, or why it decides nothing. */
export interface StandingsOfPeriod {
  readonly period: string;
  readonly new: readonly Standing[] | Bilingual;
  readonly current: readonly Standing[] | Bilingual;
}

export function compareStandings(
  heads: Pick<ScoreBacktest, 'new' | 'current'>,
  tried: readonly StandingsOfPeriod[],
): ScoreBacktest {
  const periods = tried.map(comparePeriod);
  const all = periods.flatMap(({ units }) => units);
  const count = (test: (one: StandingChange) => boolean): number => all.filter(test).length;
  return {
    ...{ kind: 'score', ...heads, periods },
    rising: count(({ move }) => move === 'rises'),
    falling: count(({ move }) => move === 'falls'),
    same: count(({ move }) => move === 'same'),
    gradesChanged: count(({ gradeChanged }) => gradeChanged),
  };
}

function comparePeriod({ period, new: adopted, current }: StandingsOfPeriod): StandingPeriod {
  const undecided = [
    ...('zh' in adopted ? [{ rule: 'new' as const, text: adopted }] : []),
    ...('zh' in current ? [{ rule: 'current' as const, text: current }] : []),
  ];
  if ('zh' in adopted || 'zh' in current) return { period, undecided, units: [] };
  const [after, before] = [adopted, current].map((list) => new Map(list.map((one) => [one.unit, one])));
  const codes = [...new Set([...after.keys(), ...before.keys()])].sort();
  return { period, units: codes.map((code) => changeOf(after.get(code), before.get(code))) };
}

function changeOf(after: Standing | undefined, before: Standing | undefined): StandingChange {
  const { unit, name } = (after ?? before)!;
  const bare = (one: Standing | undefined): StandingChange['new'] => {
    if (!one) return null;
    const { score, rank, grade } = one;
    return { score, ...(rank !== undefined && { rank }), grade };
  };
  return {
    ...{ unit, name, current: bare(before), new: bare(after), move: moveOf(after, before) },
    gradeChanged: after?.grade?.code !== before?.grade?.code,
  };
}

function moveOf(after: Standing | undefined, before: Standing | undefined): Move {
  if (!after || !before) return 'same';
  const isRanked = (after.rank ?? 0) > 0 && (before.rank ?? 0) > 0;
  const order = isRanked
    ? before.rank! - after.rank!
    : Fraction.parse(after.score)!.compare(Fraction.parse(before.score)!);
  return order > 0 ? 'rises' : order < 0 ? 'falls' : 'same';
}
