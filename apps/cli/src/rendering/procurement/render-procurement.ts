/** Contracts and lists of procurement as plain text. */
import { formatYuan } from '@gep/kernel';
import type { ContractView } from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

/** Rows under the names of their members; what is made of several values is left to JSON. */
export function renderRows(rows: readonly object[]): string {
  const names = Object.entries(rows[0] ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !(value instanceof Date) ? [] : [name],
  );
  const cells = rows.map((row) => {
    const values = row as Readonly<Record<string, unknown>>;
    return names.map((name) => textOf(values[name]));
  });
  return renderTable(
    names.map((heading) => ({ heading })),
    cells,
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value as string | number | bigint | boolean);
}

export function renderContract(view: ContractView, language: Language): string {
  const { contract, state, money, deeds, clocks, spent } = view;
  const yuan = (fen: bigint | null): string => (fen === null ? '—' : formatYuan(fen));
  const said = {
    zh: `${contract.code} ${state}：预算 ${yuan(money.budgetFen)}，应付 ${yuan(money.dueFen)}，合同 ${yuan(money.amountFen)}，未使用 ${yuan(spent.unspentFen)} 元`,
    en: `${contract.code} ${state}: budget ${yuan(money.budgetFen)}, due ${yuan(money.dueFen)}, contract ${yuan(money.amountFen)}, unspent ${yuan(spent.unspentFen)} yuan`,
  };
  return [
    said[language],
    renderRows(deeds.map(({ on, act, byName }) => ({ on, act, byName }))),
    renderRows(clocks.map(({ code, startedOn, dueOn, metOn, isLate }) => ({ code, startedOn, dueOn, metOn, isLate }))),
  ].join('\n\n');
}
