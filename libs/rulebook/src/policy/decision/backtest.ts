/** A rule on all past periods beside the rule in force: who gains, who loses, what it costs. */
import type { Fen } from '@gep/kernel';
import { BacktestUnlike, PolicyNotDecided } from '../../errors';
import type { PolicyBook } from '../expression/place';
import type { PolicyRule } from '../rule';
import { scoreStandings } from '../scorecard/score-standings';
import { compareStandings, type ScoreBacktest, type Undecided } from './compare-standings';
import { decide } from './decide';
import type { Decision } from './decision';

export interface BacktestUnit {
  readonly unit: string;
  readonly name: string;
  readonly currentFen: Fen;
  readonly newFen: Fen;
  readonly changeFen: Fen;
}

export interface BacktestPeriod {
  readonly period: string;
  /** Why one of the rules decides nothing for it; then there are no figures. */
  readonly undecided?: readonly Undecided[];
  readonly units: readonly BacktestUnit[];
  readonly currentFen: Fen;
  readonly newFen: Fen;
}

export interface MoneyBacktest {
  readonly kind: 'money';
  readonly new: Decision['rule'];
  readonly current: Decision['rule'];
  readonly periods: readonly BacktestPeriod[];
  /** Each unit over all periods that both rules decide, the greatest gain first. */
  readonly units: readonly BacktestUnit[];
  readonly gaining: number;
  readonly losing: number;
  readonly same: number;
  readonly currentFen: Fen;
  readonly newFen: Fen;
}

export interface BacktestSide {
  readonly rule: PolicyRule;
  readonly book: PolicyBook;
}

/** Of values of the whole those that a rule has, or that neither has, so that it is refused as no column of any. */
export function totalsOf(
  rule: PolicyRule,
  beside: PolicyRule,
  totals: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const has = ({ columns }: PolicyRule, code: string): boolean => columns.some((column) => column.code === code);
  return Object.fromEntries(Object.entries(totals).filter(([code]) => has(rule, code) || !has(beside, code)));
}

export type Backtest = MoneyBacktest | ScoreBacktest;

/** What a rule comes to that two rules can be held against each other by; `values`: nothing but what it shows. */
export type BacktestKind = 'money' | 'score' | 'credit' | 'values';

const kindOf = ({ credit, scorecard, payments }: PolicyRule): BacktestKind =>
  credit ? 'credit' : scorecard ? 'score' : payments.length > 0 ? 'money' : 'values';

/** @throws BacktestUnlike when the rules do not come to the same kind of thing, or to nothing that can be compared */
export function backtestKind(adopted: PolicyRule, current: PolicyRule): Exclude<BacktestKind, 'values'> {
  const [kind, other] = [kindOf(adopted), kindOf(current)];
  if (kind !== other || kind === 'values')
    throw new BacktestUnlike({ id: adopted.id, kind }, { id: current.id, kind: other });
  return kind;
}

/** All periods that one of the rules has rows of. */
export const periodsOfBoth = (adopted: BacktestSide, current: BacktestSide): string[] =>
  [...new Set([...adopted.book.byPeriod.keys(), ...current.book.byPeriod.keys()])].sort();

/** Of rules that pay, and of scorecards. @throws BacktestUnlike */
export function backtest(adopted: BacktestSide, current: BacktestSide): Backtest {
  const isScored = backtestKind(adopted.rule, current.rule) === 'score';
  return isScored ? backtestScores(adopted, current) : backtestMoney(adopted, current);
}

function backtestScores(adopted: BacktestSide, current: BacktestSide): ScoreBacktest {
  const standings = (side: BacktestSide, period: string) => {
    const given = attempt(side, period);
    return given instanceof PolicyNotDecided ? given.text : scoreStandings(side.rule, side.book, given);
  };
  return compareStandings(
    { new: headOf(adopted.rule), current: headOf(current.rule) },
    periodsOfBoth(adopted, current).map((period) => ({
      ...{ period, new: standings(adopted, period), current: standings(current, period) },
    })),
  );
}

function backtestMoney(adopted: BacktestSide, current: BacktestSide): MoneyBacktest {
  const periods = periodsOfBoth(adopted, current).map((period) => comparePeriod(adopted, current, period));
  const units = addUnits(periods.flatMap((one) => one.units));
  const count = (test: (changeFen: Fen) => boolean): number => units.filter(({ changeFen }) => test(changeFen)).length;
  return {
    kind: 'money',
    new: headOf(adopted.rule),
    current: headOf(current.rule),
    periods,
    units: units.sort((a, b) =>
      a.changeFen > b.changeFen ? -1 : a.changeFen < b.changeFen ? 1 : a.unit < b.unit ? -1 : 1,
    ),
    gaining: count((change) => change > 0n),
    losing: count((change) => change < 0n),
    same: count((change) => change === 0n),
    currentFen: periods.reduce((sum, { currentFen }) => sum + currentFen, 0n),
    newFen: periods.reduce((sum, { newFen }) => sum + newFen, 0n),
  };
}

export const headOf = ({ id, title, edition, status, mechanism }: PolicyRule): Decision['rule'] => ({
  ...{ id, title, edition, status, mechanism },
});

function comparePeriod(adopted: BacktestSide, current: BacktestSide, period: string): BacktestPeriod {
  const sides = [
    { rule: 'new' as const, given: attempt(adopted, period) },
    { rule: 'current' as const, given: attempt(current, period) },
  ];
  const undecided = sides.flatMap(({ rule, given }) =>
    given instanceof PolicyNotDecided ? [{ rule, text: given.text }] : [],
  );
  if (undecided.length > 0) return { period, undecided, units: [], currentFen: 0n, newFen: 0n };
  const [after, before] = sides.map(({ given }) => unitAmounts(given as Decision));
  const codes = [...new Set([...after.keys(), ...before.keys()])].sort();
  const units = codes.map((unit): BacktestUnit => {
    const [newFen, currentFen] = [after.get(unit)?.fen ?? 0n, before.get(unit)?.fen ?? 0n];
    const name = (after.get(unit) ?? before.get(unit))!.name;
    return { unit, name, currentFen, newFen, changeFen: newFen - currentFen };
  });
  const sum = (of: (unit: BacktestUnit) => Fen): Fen => units.reduce((total, unit) => total + of(unit), 0n);
  return { period, units, currentFen: sum((unit) => unit.currentFen), newFen: sum((unit) => unit.newFen) };
}

function attempt({ rule, book }: BacktestSide, period: string): Decision | PolicyNotDecided {
  try {
    return decide(rule, { ...book, isTrial: true }, period, { isTraced: () => false });
  } catch (error) {
    if (error instanceof PolicyNotDecided) return error;
    throw error;
  }
}

/** What each unit gets in all, less what it pays. */
function unitAmounts({ balances }: Decision): Map<string, { fen: Fen; name: string }> {
  return new Map(
    balances
      .filter(({ kind }) => kind !== 'party')
      .map(({ code, name, entitledFen }) => [code, { fen: entitledFen, name: name.zh === code ? '' : name.zh }]),
  );
}

function addUnits(units: readonly BacktestUnit[]): BacktestUnit[] {
  const found = new Map<string, BacktestUnit>();
  for (const one of units) {
    const before = found.get(one.unit) ?? { ...one, currentFen: 0n, newFen: 0n, changeFen: 0n };
    found.set(one.unit, {
      ...before,
      currentFen: before.currentFen + one.currentFen,
      newFen: before.newFen + one.newFen,
      changeFen: before.changeFen + one.changeFen,
    });
  }
  return [...found.values()];
}
