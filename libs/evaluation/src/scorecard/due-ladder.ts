/** By when each department owes which figures, what is still missing, and when it is reminded. */
import type { Bilingual } from '@gep/kernel';
import type { Scorecard } from '@gep/rulebook';
import type { DeliveredCell } from './delivery-table';

export interface DepartmentDue {
  readonly department: string;
  readonly name: Bilingual;
  readonly dueOn: string;
  readonly columns: readonly string[];
  /** Figures owed: one for each unit and column without a value of its own. */
  readonly owed: number;
  readonly verified: number;
  readonly waiting: number;
  /** Units without a verified figure, by column. */
  readonly missing: readonly { readonly column: string; readonly units: readonly string[] }[];
  readonly isComplete: boolean;
  readonly isOverdue: boolean;
  /** Days on which it is reminded, below today those that have passed. */
  readonly reminders: readonly { readonly on: string; readonly isPast: boolean }[];
}

export interface Completeness {
  readonly period: string;
  readonly departments: readonly DepartmentDue[];
  /** By when the result is due; null where no source says so. */
  readonly resultDueOn: string | null;
  readonly owed: number;
  readonly verified: number;
  /** In per cent, whole numbers cut off. */
  readonly percent: number;
}

const dayPlus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * @param required columns that have no value of their own where nothing is given
 * @param verified @param waiting cells that were verified, and that wait for it
 */
export function completenessOf(
  { departments, reminders, term, due: result }: Scorecard,
  facts: {
    readonly period: string;
    readonly today: string;
    readonly units: readonly string[];
    readonly required: ReadonlySet<string>;
    readonly verified: readonly DeliveredCell[];
    readonly waiting: readonly DeliveredCell[];
  },
): Completeness {
  const { period, today, units, required } = facts;
  const dayAfter = (day: string): string => `${Number(period.slice(0, 4)) + 1}-${day}`;
  const resultDue = term ? result.plan : result.year;
  const has = keysOf(facts.verified);
  const waits = keysOf(facts.waiting);
  const found = departments.map(({ code, name, due, columns }): DepartmentDue => {
    const wanted = columns.filter((column) => required.has(column));
    const dueOn = dayAfter(due);
    const missing = wanted
      .map((column) => ({ column, units: units.filter((unit) => !isGiven(has, unit, column)) }))
      .filter((one) => one.units.length > 0);
    const owed = wanted.length * units.length;
    const verified = owed - missing.reduce((sum, one) => sum + one.units.length, 0);
    const waiting = missing.flatMap((one) => one.units.filter((unit) => isGiven(waits, unit, one.column))).length;
    const isComplete = missing.length === 0;
    return {
      ...{ department: code, name, dueOn, columns: wanted, owed, verified, waiting, missing, isComplete },
      isOverdue: !isComplete && today > dueOn,
      reminders: isComplete
        ? []
        : reminders.map((days) => dayPlus(dueOn, -days)).map((on) => ({ on, isPast: on < today })),
    };
  });
  const [owed, verified] = [found, found].map((list, at) =>
    list.reduce((sum, one) => sum + (at === 0 ? one.owed : one.verified), 0),
  );
  return {
    period,
    departments: found,
    resultDueOn: resultDue === undefined ? null : dayAfter(resultDue),
    owed,
    verified,
    percent: owed === 0 ? 100 : Math.floor((100 * verified) / owed),
  };
}

const keysOf = (cells: readonly DeliveredCell[]): ReadonlySet<string> =>
  new Set(cells.map(([unit, column]) => `${unit} ${column}`));
/** A state (own fault, not applicable) stands for the value. */
const isGiven = (keys: ReadonlySet<string>, unit: string, column: string): boolean =>
  keys.has(`${unit} ${column}`) || keys.has(`${unit} ${column}_state`);
