/** Values of several accounts as cross tables: service × type, service × territory, type × territory, service × period. */
import { sumFen, type Fen } from '@gep/kernel';
import { unassignedType, type Account, type AccountLine } from '../account/account';

type CrossAxis = 'service' | 'type' | 'territory' | 'period';

/** A table of values that adds up to the fen in both directions. */
export interface CrossTable {
  /** Null where periods are the columns. */
  readonly period: string | null;
  readonly rows: CrossAxis;
  readonly columns: CrossAxis;
  readonly columnCodes: readonly string[];
  /** A cell is null where no account has a line. */
  readonly body: readonly {
    readonly code: string;
    readonly cellsFen: readonly (Fen | null)[];
    readonly totalFen: Fen;
  }[];
  readonly columnTotalsFen: readonly Fen[];
  readonly totalFen: Fen;
}

type Placed = AccountLine & { readonly territory: string; readonly period: string };

const codeOf: Readonly<Record<CrossAxis, (line: Placed) => string>> = {
  service: ({ service }) => service,
  type: ({ type }) => type ?? unassignedType,
  territory: ({ territory }) => territory,
  period: ({ period }) => period,
};

/**
 * Cross tables of each period over all territories, and of all periods when there are several.
 * Territories are added as they stand: give no territory together with one that lies inside it.
 */
export function crossTables(accounts: readonly Account[]): CrossTable[] {
  const placed = accounts.flatMap(({ lines, territory, period }) =>
    lines.map((line): Placed => ({ ...line, territory, period })),
  );
  const periods = distinct(accounts.map(({ period }) => period)).sort();
  const ofPeriod = periods.flatMap((period) => {
    const own = placed.filter((line) => line.period === period);
    const territories = distinct(accounts.filter((one) => one.period === period).map(({ territory }) => territory));
    const types = inOrderOf(accounts, distinct(own.map(codeOf.type)));
    const byType = crossTable(own, period, 'service', 'type', types);
    if (territories.length < 2) return [byType];
    return [
      byType,
      crossTable(own, period, 'service', 'territory', territories),
      crossTable(own, period, 'type', 'territory', territories, types),
    ];
  });
  return periods.length < 2 ? ofPeriod : [...ofPeriod, crossTable(placed, null, 'service', 'period', periods)];
}

function crossTable(
  lines: readonly Placed[],
  period: string | null,
  rows: CrossAxis,
  columns: CrossAxis,
  columnCodes: readonly string[],
  rowCodes: readonly string[] = distinct(lines.map(codeOf[rows])),
): CrossTable {
  const sums = new Map<string, Fen>();
  for (const line of lines) {
    const key = `${codeOf[rows](line)} ${codeOf[columns](line)}`;
    sums.set(key, (sums.get(key) ?? 0n) + line.valueFen);
  }
  const body = rowCodes.map((code) => {
    const cellsFen = columnCodes.map((column) => sums.get(`${code} ${column}`) ?? null);
    return { code, cellsFen, totalFen: addFen(cellsFen) };
  });
  const columnTotalsFen = columnCodes.map((_, at) => addFen(body.map(({ cellsFen }) => cellsFen[at])));
  return { period, rows, columns, columnCodes, body, columnTotalsFen, totalFen: sumFen(columnTotalsFen) };
}

/** Types as the areas of the accounts list them, which is the order of the norm; what has no area comes last. */
function inOrderOf(accounts: readonly Account[], types: readonly string[]): string[] {
  const order = distinct(accounts.flatMap(({ areaByType }) => Object.keys(areaByType)));
  const place = (type: string): number => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...types].sort((a, b) => place(a) - place(b));
}

const addFen = (cells: readonly (Fen | null)[]): Fen => sumFen(cells.map((cell) => cell ?? 0n));
const distinct = (codes: readonly string[]): string[] => [...new Set(codes)];
