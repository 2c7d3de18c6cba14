/** A rule on all past periods beside the rule in force: who gains, who loses, what it costs. */
import type { Bilingual, Fen } from '@gep/kernel';
import { PolicyNotDecided } from '../../errors';
import type { PolicyBook } from '../expression/place';
import type { PolicyRule } from '../rule';
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
  readonly undecided?: readonly { readonly rule: 'new' | 'current'; readonly text: Bilingual }[];
  readonly units: readonly BacktestUnit[];
  readonly currentFen: Fen;
  readonly newFen: Fen;
}

export interface Backtest {
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

export function backtest(adopted: BacktestSide, current: BacktestSide): Backtest {
  const known = new Set([...adopted.book.byPeriod.keys(), ...current.book.byPeriod.keys()]);
  const periods = [...known].sort().map((period) => comparePeriod(adopted, current, period));
  const units = addUnits(periods.flatMap((one) => one.units));
  const count = (test: (changeFen: Fen) => boolean): number => units.filter(({ changeFen }) => test(changeFen)).length;
  return {
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

const headOf = ({ id, title, edition, status, mechanism }: PolicyRule): Decision['rule'] => ({
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
