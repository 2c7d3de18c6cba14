/** Columns of a rule over past years, taken from the published accounts of a territory and of what lies directly in it. */
import { operator } from '@gep/access';
import { listDisclosures } from '@gep/accounting';
import { DomainError, type Bilingual } from '@gep/kernel';
import { gatherFigures, type ColumnBinding, type InputTable } from '@gep/settlement';
import { getTerritory, listChildren } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { withDatabase } from '../machine/opened-database.service';
import { toolsOf } from '../settlement/settlement-tools.service';

export interface AccountsWish {
  readonly territory: string;
  readonly years: readonly string[];
  readonly norm: string;
  readonly columns: readonly ColumnBinding[];
  /** Columns that accounts do not have, by `unit` and `period`. */
  readonly beside?: InputTable;
}

export interface AccountTable {
  readonly table: InputTable;
  /** Units whose accounts do not give what is asked, and why. */
  readonly leftOut: readonly { readonly unit: string; readonly why: Bilingual }[];
}

/** @throws TerritoryMissing, and what the first unit is refused for when all are */
export function readAccountTable(wish: AccountsWish): Promise<AccountTable> {
  return withDatabase(({ database }) => {
    const tools = toolsOf(database);
    return database.snapshot(operator, async (tx) => {
      const leftOut: { unit: string; why: Bilingual; error: DomainError }[] = [];
      let table: InputTable = { header: ['unit', 'period'], rows: [] };
      for (const unit of await unitsOf(tx, wish)) {
        const { years: periods, columns, beside } = wish;
        const input = { kind: 'accounts', periods, units: [unit], columns, beside } as const;
        try {
          const gathered = await gatherFigures(tx, tools, { code: `backtest-${unit}`, input });
          table = { header: gathered.table.header, rows: [...table.rows, ...gathered.table.rows] };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          leftOut.push({ unit, why: error.text, error });
        }
      }
      if (table.rows.length === 0) throw leftOut[0].error;
      return { table, leftOut: leftOut.map(({ unit, why }) => ({ unit, why })) };
    });
  });
}

/** What lies directly in the territory and has published accounts; the territory itself where nothing in it has. */
async function unitsOf(tx: EntityManager, { territory, years, norm: normId }: AccountsWish): Promise<string[]> {
  const day = `${years.at(-1)}-12-31`;
  await getTerritory(tx, territory, day);
  const found: string[] = [];
  for (const { code } of await listChildren(tx, territory, day)) {
    const published = await listDisclosures(tx, { territory: code, normId }, { limit: 1 });
    if (published.length > 0) found.push(code);
  }
  return found.length > 0 ? found : [territory];
}
