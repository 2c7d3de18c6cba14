/** A draft as it is sent or written in a file: the territory by its code, rows as objects, and one of two kinds of input. */
import { SettlementRefused } from '../errors';
import type { ColumnBinding, InputTable, SettlementInput, TableCell } from '../input/settlement-input';
import type { SettlementDraft } from './settlement-draft';

type SentRows = readonly Readonly<Record<string, unknown>>[];

export interface SentSettlement extends Omit<
  SettlementDraft,
  'territoryPath' | 'policy' | 'fundId' | 'nameOfParty' | 'input' | 'gatedBy'
> {
  /** Code of the territory. */
  readonly territory: string;
  /** The one in force where it is absent, or has no edition. */
  readonly rule?: { readonly id?: string; readonly edition?: string };
  readonly fund: string;
  readonly table?: { readonly rows: SentRows; readonly document: string; readonly documentDigest: string };
  readonly accounts?: {
    readonly periods: readonly string[];
    readonly units: readonly string[];
    readonly columns: readonly ColumnBinding[];
    readonly beside?: SentRows;
  };
  /** Values of the whole. */
  readonly totals?: Readonly<Record<string, string>>;
}

/** @throws SettlementRefused when there is no input, or two */
export function draftOfSent(
  { territory: _territory, rule, fund: _fund, table, accounts, totals, trueUp, ...rest }: SentSettlement,
  { territoryPath, fundId }: Pick<SettlementDraft, 'territoryPath' | 'fundId'>,
): SettlementDraft {
  const inputs: SettlementInput[] = [
    ...(table ? [tableInput(table, totals)] : []),
    ...(accounts
      ? [{ kind: 'accounts' as const, ...accounts, beside: accounts.beside && tableOf(accounts.beside), totals }]
      : []),
  ];
  const [input] = inputs;
  if (inputs.length !== 1)
    throw new SettlementRefused(rest.code, {
      zh: '须有且只有一种输入：table（表格）或 accounts（已公布的核算）',
      en: 'one input is needed and no more: "table", or "accounts" that were published',
    });
  const policy = { id: rule?.id ?? '', edition: rule?.edition ?? '' };
  return { ...rest, territoryPath, fundId, policy, input, trueUp: { ...trueUp } };
}

const tableInput = (
  { rows, document: name, documentDigest: digest }: NonNullable<SentSettlement['table']>,
  totals: SentSettlement['totals'],
): SettlementInput => ({ kind: 'table', ...tableOf(rows), document: { name, digest }, totals });

/** Rows as a table; the columns in the order in which they first come. */
export function tableOf(rows: SentRows): InputTable {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cellOf = (cell: unknown): TableCell =>
    typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : ((cell ?? null) as TableCell);
  return { header, rows: rows.map((row) => header.map((name) => cellOf(row[name]))) };
}
