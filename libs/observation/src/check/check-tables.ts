/** Checks raw tables against a norm's vocabulary: all problems at once, and every good row kept. */
import { CellProblem, columnName, ProblemList, SheetAddress } from '../table/cell-problem';
import { checkAttributes } from './check-attributes';
import { checkExtent } from './check-extent';
import { checkSeries } from './check-series';
import { CheckRun } from './check-run';
import { checkStatistics } from './check-statistics';
import { GatheredPeriod } from './gathered-period';
import { OpenTable, openTable } from '../table/open-table';
import { TerritoryPeriodData } from '../chunk/patch-chunk';
import type { GivenValue } from '../delivery/given-value';
import { RawTable, TableKind } from '../table/raw-table';
import { reasons } from '../table/reasons';
import { ObservationVocabulary } from '../table/vocabulary';

export interface CheckCounts {
  /** Rows of data read, accepted into a chunk or the statistics or the attributes, and refused. */
  rows: number;
  acceptedRows: number;
  refusedRows: number;
  patches: number;
  statistics: number;
  errors: number;
  warnings: number;
  /** Problems beyond the limit that are only counted. */
  omittedProblems: number;
}

export interface CheckOutcome {
  /** By territory, then period. */
  accepted: TerritoryPeriodData[];
  problems: CellProblem[];
  counts: CheckCounts;
  /** Where the territory column of each sheet is, so that a later refusal of a territory can name its cells. */
  territoryColumns: { at: SheetAddress; index: number }[];
}

const checks: Record<TableKind, (run: CheckRun, open: OpenTable) => void> = {
  extent: checkExtent,
  attributes: checkAttributes,
  statistics: checkStatistics,
  series: checkSeries,
};

/** How tables are taken. */
export interface CheckWish {
  /**
   * True for the data sheet of one department: its attributes are kept for rows that another sheet brings, and what the
   * norm asks of a row beside its area is not asked of this sheet.
   */
  readonly asDataSheet?: boolean;
}

/**
 * Checks tables and turns what is good into chunks.
 * @param problems a list that may already hold what reading the file found
 */
export function checkTables(
  tables: readonly RawTable[],
  v: ObservationVocabulary,
  problems: ProblemList = new ProblemList(),
  { asDataSheet = false }: CheckWish = {},
): CheckOutcome {
  const run = new CheckRun(v, problems);
  const open = tables.flatMap((table) => openTable(table, v, problems, tables.length === 1) ?? []);
  for (const table of open) {
    const territory = table.header.columns.find(({ meaning }) => 'role' in meaning && meaning.role === 'territory');
    if (territory) run.territoryColumns.push({ at: table.at, index: territory.index });
    const before = run.rows;
    checks[table.header.kind](run, table);
    if (run.rows === before)
      problems.addNamed(
        table.at.sheet,
        table.headerRow,
        columnName(table.at, 0, table.headerRow),
        '',
        reasons.noRows(),
      );
  }
  return conclude(run, open, asDataSheet);
}

/** Fills, asks for what is required, closes the chunks. */
function conclude(run: CheckRun, open: readonly OpenTable[], asDataSheet: boolean): CheckOutcome {
  const { problems } = run;
  const accepted: TerritoryPeriodData[] = [];
  for (const gathered of run.periods.values()) {
    const given = asDataSheet ? givenOf(gathered) : [];
    if (!asDataSheet) gathered.fill();
    requireAttributes(run, gathered, open, asDataSheet);
    if (!asDataSheet) reportUnusedAttributes(run, gathered);
    if (!asDataSheet) refuseUnusedDays(run, gathered);
    if (gathered.rows + gathered.statistics.length + given.length + gathered.dayRows === 0) continue;
    const { territory, period, statistics, refusedRows } = gathered;
    const chunk = gathered.close();
    accepted.push({ territory, period, chunk, statistics, refusedRows, ...(asDataSheet && { given }) });
  }
  accepted.sort((a, b) => compareText(a.territory, b.territory) || compareText(a.period, b.period));
  const patches = accepted.reduce((sum, { chunk }) => sum + chunk.rows, 0);
  const counts: CheckCounts = {
    rows: run.rows,
    acceptedRows: patches + run.acceptedOther,
    refusedRows: run.rows - patches - run.acceptedOther,
    patches,
    statistics: accepted.reduce((sum, { statistics }) => sum + statistics.length, 0),
    errors: problems.errors,
    warnings: problems.warnings,
    omittedProblems: problems.omitted,
  };
  return { accepted, problems: problems.inRowOrder, counts, territoryColumns: run.territoryColumns };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function givenOf({ given }: GatheredPeriod): GivenValue[] {
  return [...given].map(([key, { value, at, row }]) => {
    const [attribute, type] = key.split(' ');
    return { attribute, type, value, sheet: at.sheet, row };
  });
}

/** Refuses rows without a required attribute: at their cells, or once at the header when the sheet has no such column. */
function requireAttributes(
  run: CheckRun,
  gathered: GatheredPeriod,
  open: readonly OpenTable[],
  areaOnly: boolean,
): void {
  const refused = new Set<number>();
  const table = open.find(({ at, header }) => header.kind === 'extent' && at.sheet === gathered.sheet);
  run.v.attributes.forEach((definition, attribute) => {
    const { code, required } = definition;
    if (!required || !table || (areaOnly && code !== 'area')) return;
    const missing: number[] = [];
    const values = gathered.columns[attribute];
    for (let row = 0; row < gathered.rows; row += 1) if (Number.isNaN(values[row])) missing.push(row);
    if (missing.length === 0) return;
    for (const row of missing) refused.add(row);
    const column = table.header.columns.find(({ meaning }) => 'attribute' in meaning && meaning.attribute === code);
    const { at } = table;
    if (column) {
      for (const row of missing) {
        const type = run.v.types[gathered.typeIndex[row]];
        run.problems.add(at, gathered.sourceRow[row], column.index, '', reasons.requiredMissing(definition, type));
      }
    } else {
      const reason = reasons.requiredMissingEverywhere(definition, missing.length, gathered.sourceRow[missing[0]]);
      run.problems.addNamed(at.sheet, gathered.sourceRow[missing[0]], code, '', reason);
    }
  });
  gathered.remove(refused);
}

/** Daily values are read by formulas of patches; without a patch they most likely name a wrong territory or year. */
function refuseUnusedDays(run: CheckRun, gathered: GatheredPeriod): void {
  const { firstDay, rows, dayRows } = gathered;
  if (!firstDay || rows > 0) return;
  run.problems.addNamed(firstDay.at.sheet, firstDay.row, 'territory', '', reasons.daysWithoutExtent(gathered));
  run.acceptedOther -= dayRows;
  gathered.refusedRows += dayRows;
  gathered.dayRows = 0;
}

function reportUnusedAttributes(run: CheckRun, gathered: GatheredPeriod): void {
  if (gathered.given.size === 0) return;
  const types = new Set<string>();
  for (let row = 0; row < gathered.rows; row += 1) types.add(run.v.types[gathered.typeIndex[row]].code);
  for (const [key, { at, index, row }] of gathered.given) {
    const [attribute, type] = key.split(' ');
    if (gathered.rows === 0) {
      run.problems.add(at, row, index, attribute, reasons.attributeWithoutExtent());
      run.acceptedOther -= 1;
    } else if (type !== '*' && !types.has(type)) {
      run.problems.add(at, row, index, type, reasons.attributeUnused(run.types.find(type) ?? type));
    }
  }
}
