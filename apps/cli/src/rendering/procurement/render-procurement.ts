/** Contracts and lists of procurement as plain text. */
import { contractTable, type ContractAct, type ContractState, type ContractView } from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

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
  return value instanceof Date ? beijingMoment(value) : String(value as string | number | bigint | boolean);
}

const deedHeads = { zh: ['日期', '步骤', '办理人'], en: ['Day', 'Step', 'By'] } as const;
const clockHeads = {
  zh: ['期限', '起', '止', '办结', '逾期'],
  en: ['Clock', 'From', 'Due', 'Met', 'Late'],
} as const;

export function renderContract(view: ContractView, language: Language): string {
  const { contract, state, money, deeds, clocks, spent } = view;
  const yuan = (fen: bigint | null): string => (fen === null ? '—' : showYuan(fen));
  const tableOf = (headings: readonly string[], rows: readonly string[][]): string =>
    renderTable(
      headings.map((heading) => ({ heading })),
      rows,
    );
  const late = { zh: '逾期', en: 'late' }[language];
  const stands = contractTable.nameOfState[state as ContractState][language];
  const said = {
    zh: `${contract.code} ${stands}：预算 ${yuan(money.budgetFen)}，应付 ${yuan(money.dueFen)}，合同 ${yuan(money.amountFen)}，未使用 ${yuan(spent.unspentFen)} 元`,
    en: `${contract.code} ${stands}: budget ${yuan(money.budgetFen)}, due ${yuan(money.dueFen)}, contract ${yuan(money.amountFen)}, unspent ${yuan(spent.unspentFen)} yuan`,
  };
  return [
    said[language],
    tableOf(
      deedHeads[language],
      deeds.map(({ on, act, byName }) => [on, contractTable.nameOfAct[act as ContractAct][language], byName]),
    ),
    tableOf(
      clockHeads[language],
      clocks.map(({ code, startedOn, dueOn, metOn, isLate }) => [
        code,
        startedOn,
        dueOn,
        metOn ?? '',
        isLate ? late : '',
      ]),
    ),
  ].join('\n\n');
}
