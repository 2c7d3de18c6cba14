/** Lists everything that the rows lack of what a plan needs, where the kernel names the first row only. */
import { columnsOf } from '../plan/row-expression';
import { ColumnChunk, KernelPlan } from './kernel-plan';

/** A column that rows of a type need and lack. */
export interface AbsentColumn {
  readonly type: string;
  readonly column: string;
  /** How many rows lack it, and the first of them. */
  readonly rows: number;
  readonly chunk: number;
  readonly row: number;
}

/** Positions of the columns that rows of each type need, by the position of the type. */
export function neededColumns(plan: KernelPlan): number[][] {
  const used = plan.bases.map(columnsOf);
  return plan.types.map((_, type) =>
    plan.columns.flatMap((name, index) =>
      used.some((names, base) => plan.needs[base][type] && names.has(name)) ? [index] : [],
    ),
  );
}

/** By type and column in the order of the plan. Reads every row: for refusals. */
export function absentColumns(plan: KernelPlan, chunks: readonly ColumnChunk[]): AbsentColumn[] {
  const needed = neededColumns(plan);
  const found = plan.types.map(() => new Map<number, AbsentColumn>());
  chunks.forEach(({ rows, typeIndex, types = plan.types, columns }, chunk) => {
    const typeAt = types.map((type) => plan.types.indexOf(type));
    const values = plan.columns.map((name): Float64Array | undefined => columns[name]);
    for (let row = 0; row < rows; row++) {
      const type = typeAt[typeIndex[row]];
      for (const column of needed[type]) {
        if (values[column] && !Number.isNaN(values[column][row])) continue;
        const first = found[type].get(column);
        const absent = first ?? { type: plan.types[type], column: plan.columns[column], rows: 0, chunk, row };
        found[type].set(column, { ...absent, rows: absent.rows + 1 });
      }
    }
  });
  return found.flatMap((absent, type) => needed[type].flatMap((column) => absent.get(column) ?? []));
}
