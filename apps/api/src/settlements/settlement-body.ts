/** Settlements as they come and go over HTTP: territories by code, rows as objects, amounts as text. */
import type { InputTable, SettlementDraft, SettlementHead, SettlementView, TableCell } from '@gep/settlement';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';
import type { SettlementHeadBody, SettlementViewBody } from './settlement-answers.dto';
import type { NewSettlementBody } from './settlements.dto';

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;

/** Rows as objects, as a table: the columns in the order in which they first come. */
function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): InputTable {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cellOf = (cell: unknown): TableCell =>
    typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : ((cell ?? null) as TableCell);
  return { header, rows: rows.map((row) => header.map((name) => cellOf(row[name]))) };
}

/** Undefined when neither a table nor accounts are given, or both. */
export function draftOf(body: NewSettlementBody, territoryPath: string): SettlementDraft | undefined {
  const { table, accounts, rule, fund, territory: _territory, totals, queued: _queued, ...rest } = body;
  if ((table === undefined) === (accounts === undefined)) return undefined;
  const input: SettlementDraft['input'] = table
    ? {
        kind: 'table',
        ...tableOf(table.rows),
        document: { name: table.document, digest: table.documentDigest },
        totals,
      }
    : { kind: 'accounts', ...accounts!, beside: accounts!.beside && tableOf(accounts!.beside), totals };
  const policy = { id: rule?.id ?? '', edition: rule?.edition ?? '' };
  return { ...rest, territoryPath, policy, fundId: fund, input, trueUp: { ...body.trueUp } };
}

export function headBody({ territoryPath, bodyDigest: _body, ...head }: SettlementHead): SettlementHeadBody {
  return { ...wire(head), territory: territoryOf(territoryPath) };
}

export function viewBody({ head, parts, gist, ...view }: SettlementView): SettlementViewBody {
  return {
    ...wire(view),
    ...{ gist, head: head && headBody(head) },
    parts: parts.map(({ territoryPath, ...part }) => ({ ...wire(part), territory: territoryOf(territoryPath) })),
  };
}
