/** Puts the table together that is scored: verified figures, accounts, targets and incidents, with what stands in for what is missing. */
import type { Bilingual } from '@gep/kernel';
import type { PolicyRule } from '@gep/rulebook';
import type { InputTable } from '@gep/settlement';
import type { DeliveredCell } from './delivery-table';

/** A value of an earlier year that counts because none of the year is there. */
export interface ScoreStandIn {
  readonly unit: string;
  readonly column: string;
  readonly from: string;
}

/** Figures of one year by unit and column, in the units of the rule. */
export type YearFigures = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface ScoreTable extends InputTable {
  readonly standIns: readonly ScoreStandIn[];
}

/** The last word for each cell. @param cells the earliest first */
export function figuresOf(cells: Iterable<DeliveredCell>): YearFigures {
  const found = new Map<string, Map<string, string>>();
  for (const [unit, column, text] of cells) {
    const of = found.get(unit) ?? new Map<string, string>();
    of.set(column, text);
    found.set(unit, of);
  }
  return found;
}

/** Columns of the rule that must have a value for each unit, unless the indicator does not apply. */
export const requiredColumns = ({ columns }: Pick<PolicyRule, 'columns'>): Set<string> =>
  new Set(columns.filter(({ per, fallback }) => per === 'unit' && fallback === undefined).map(({ code }) => code));

/**
 * @param years figures of the period and of earlier ones, by period
 * @returns the table, and what is missing where nothing stands in
 */
export function scoreTable(
  rule: PolicyRule,
  facts: {
    readonly period: string;
    readonly units: readonly string[];
    readonly years: ReadonlyMap<string, YearFigures>;
    /** How many years before the period are part of the table. */
    readonly yearsBefore: number;
    readonly missing: 'last-approved' | 'refuse';
    /** Codes of columns whose values departments supply: only those have something to stand in. */
    readonly supplied: ReadonlySet<string>;
  },
): { readonly table: ScoreTable; readonly lacking: Bilingual[] } {
  const { period, units, years, yearsBefore, missing, supplied } = facts;
  const columns = rule.columns.filter(({ per }) => per === 'unit').map(({ code }) => code);
  const required = requiredColumns(rule);
  const standIns: ScoreStandIn[] = [];
  const lacking: Bilingual[] = [];
  const of = (year: string, unit: string, column: string): string | undefined =>
    years.get(year)?.get(unit)?.get(column);
  const earlier = [...years.keys()].filter((year) => year < period).sort();
  const rowOf = (unit: string): (string | null)[] => {
    const given = new Map<string, string>();
    for (const column of columns) {
      const value = of(period, unit, column);
      if (value !== undefined) given.set(column, value);
    }
    for (const column of columns.filter((one) => required.has(one) && !given.has(one))) {
      const state = given.get(`${column}_state`);
      if (state === 'ownFault' || state === 'notApplicable') continue;
      const from =
        missing === 'refuse' || !supplied.has(column)
          ? undefined
          : earlier.findLast((year) => of(year, unit, column) !== undefined);
      if (from === undefined) lacking.push(lackingText(rule, unit, column, period));
      else {
        given.set(column, of(from, unit, column)!);
        if (columns.includes(`${column}_state`)) given.set(`${column}_state`, 'lastApproved');
        standIns.push({ unit, column, from });
      }
    }
    return [unit, period, ...columns.map((column) => given.get(column) ?? null)];
  };
  const first = String(Number(period) - yearsBefore);
  const before = earlier
    .filter((year) => year >= first)
    .flatMap((year) =>
      units
        .filter((unit) => years.get(year)!.has(unit))
        .map((unit) => [unit, year, ...columns.map((column) => of(year, unit, column) ?? null)]),
    );
  const table = { header: ['unit', 'period', ...columns], rows: [...before, ...units.map(rowOf)], standIns };
  return { table, lacking };
}

function lackingText({ scorecard, columns }: PolicyRule, unit: string, code: string, period: string): Bilingual {
  const name = columns.find((column) => column.code === code)!.name;
  const department = scorecard?.departments.find((one) => one.columns.includes(code))?.name;
  return {
    zh: `${unit} ${period} 的“${name.zh}”（${code}${department ? `，${department.zh}` : ''}）`,
    en: `${unit} ${period} "${name.en}" (${code}${department ? `, ${department.en}` : ''})`,
  };
}

/** What a formula of the rule's own may reach back by. */
const earlierYears = /\b(previous|before|at|lastYear)\s*\(/;
const mostYearsBefore = 15;

/** How many earlier years a scorecard looks back at. */
export function yearsLookedAt({ scorecard, formulas }: Pick<PolicyRule, 'scorecard' | 'formulas'>): number {
  const back = (scorecard?.indicators ?? []).map(
    ({ kind, mean }) => Math.max(kind === 'improve' ? 1 : 0, mean - 1) + (kind === 'improve' && mean > 1 ? 1 : 0),
  );
  const looksBack = formulas.some(({ isDerived, expression }) => !isDerived && earlierYears.test(expression));
  return Math.max(0, (scorecard?.term?.years ?? 1) - 1, looksBack ? mostYearsBefore : 0, ...back);
}

/** The table with cells of the period replaced, and nothing else touched. */
export function withReplaced(
  { header, rows }: InputTable,
  period: string,
  replaced: readonly (readonly [unit: string, column: string, text: string | null])[],
): InputTable {
  const changes = new Map(replaced.map(([unit, column, text]) => [`${unit} ${column}`, text]));
  return {
    header,
    rows: rows.map((row) =>
      row[1] === period
        ? row.map((cell, at) =>
            changes.has(`${row[0]} ${header[at]}`) ? changes.get(`${row[0]} ${header[at]}`)! : cell,
          )
        : row,
    ),
  };
}
