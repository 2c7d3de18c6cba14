/** What a printed rank is among: all codes of its level that the accounts have, whatever rows the table prints. */
import type { PrintedTable } from '@gep/rulebook';
import type { AccountFigures, FigureChoice } from './account-figures';
import { choiceOfCell, levelOf, wholeAxis, type KnownCodes } from './cell-choice';

/**
 * The others that a row is ranked with, in the same column and under the same `where`. A set with a rank of its own takes
 * the place of its codes; a code inside such a set is ranked among the codes.
 */
export function rankedAmong(
  table: PrintedTable,
  row: string,
  column: string,
  known: KnownCodes,
  figures: AccountFigures,
): FigureChoice[] {
  const level = levelOf(table, table.rows, row, known);
  const whole = choiceOfCell(table, wholeAxis, column, known);
  const sets = Object.entries(table.sets ?? {}).filter(([code]) => table.cells[code]?.[column] !== undefined);
  const covered = new Set(sets.flatMap(([, { codes }]) => codes));
  const isPlain = table.sets?.[row] === undefined && covered.has(row);
  const ofSets = isPlain || level !== table.rows ? [] : sets;
  const codes = figures.codesIn(whole, level).filter((code) => ofSets.length === 0 || !covered.has(code));
  return [...ofSets.map(([, set]) => [...set.codes]), ...codes.map((code) => [code])].map((held) => ({
    ...whole,
    [level]: held,
  }));
}
