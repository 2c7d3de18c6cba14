/** Contracts on increments for a terminal: a list with state, counterparty, money and what is next, and one in full. */
import type { Bilingual } from '@gep/kernel';
import { type Clock, isOverdue, possibleActs } from '@gep/procedure';
import { contractTable, type ContractAct, type ContractState, type ContractView } from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';

/** What is read of a contract for a line of the list. */
export type ListedContract = Pick<ContractView, 'contract' | 'state' | 'clocks' | 'money' | 'paidFen' | 'spent'> & {
  readonly companyName: Bilingual;
};

const heads = {
  zh: ['合同', '地域', '年度', '状态', '公司', '应付（元）', '合同额（元）', '已付（元）', '接下来（北京时间）'],
  en: [
    'Contract',
    'Place',
    'Year',
    'State',
    'Company',
    'Due (yuan)',
    'Contract (yuan)',
    'Paid (yuan)',
    'Next (Beijing time)',
  ],
} as const;

const yuan = (fen: bigint | null): string => (fen === null ? '—' : showYuan(fen));

/** @param titles names of clocks by their code */
export function renderContracts(
  rows: readonly ListedContract[],
  { titles, today }: { readonly titles: ReadonlyMap<string, Bilingual>; readonly today: string },
  language: Language,
): string {
  return renderTable(
    heads[language].map((heading, at) => ({ heading, ...(at >= 5 && at <= 7 && { numeric: 'point' as const }) })),
    rows.map((row) => {
      const { contract, state, money, paidFen, companyName } = row;
      return [
        ...[contract.code, contract.terms.unit, contract.year, nameOfState(state)[language], companyName[language]],
        ...[yuan(money.dueFen), yuan(money.amountFen), yuan(paidFen), nextOf(row, titles, today)[language]],
      ];
    }),
  );
}

export const nameOfState = (state: string): Bilingual => contractTable.nameOfState[state as ContractState];

/** The clock that ends first, else the step that is next, else the money that has to be used. */
export function nextOf(row: ListedContract, titles: ReadonlyMap<string, Bilingual>, today: string): Bilingual {
  const { state, clocks, contract, spent } = row;
  const [clock] = clocks
    .filter(({ metOn, sort }) => metOn === null && sort !== 'window')
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  if (clock) return sayClock(clock, titles.get(clock.code) ?? { zh: clock.code, en: clock.code }, today);
  if (state === 'paid' && spent.unspentFen > 0n) {
    const { spendBy } = contract.terms;
    const late = spendBy < today;
    return {
      zh: `${spendBy} 前使用 ${showYuan(spent.unspentFen)} 元${late ? '，已逾期' : ''}`,
      en: `use ${showYuan(spent.unspentFen)} yuan by ${spendBy}${late ? ', late' : ''}`,
    };
  }
  const names = nextActs(row).map((act) => contractTable.nameOfAct[act]);
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}

function sayClock(clock: Clock, { zh, en }: Bilingual, today: string): Bilingual {
  const { dueOn, sort } = clock;
  if (sort === 'waiting') return { zh: `${zh}至 ${dueOn}`, en: `${en} until ${dueOn}` };
  return isOverdue(clock, today)
    ? { zh: `${zh}：${dueOn}，已逾期`, en: `${en} by ${dueOn}, overdue` }
    : { zh: `${dueOn} 前${zh}`, en: `${en} by ${dueOn}` };
}

/** Steps that lead on; going back and giving up are always there and not told. */
function nextActs({ state, money }: ListedContract): ContractAct[] {
  const nothingDue = money.dueFen === 0n;
  return possibleActs(contractTable, state as ContractState).filter((act) => {
    if (act === 'return' || act === 'rescind') return false;
    if (act === 'budget') return state === 'planned';
    return state !== 'certified' || (act === 'conclude') === nothingDue;
  });
}

const deedHeads = { zh: ['日期（北京）', '步骤', '办理人'], en: ['Day (Beijing time)', 'Step', 'By'] } as const;

/** @param clocks the clocks of the contract, rendered */
export function renderContract(view: ContractView, clocks: string, language: Language): string {
  const { contract, state, money, deeds, spent, paidFen } = view;
  const stands = nameOfState(state)[language];
  const said = {
    zh: `${contract.code} ${stands}：预算 ${yuan(money.budgetFen)}，应付 ${yuan(money.dueFen)}，合同 ${yuan(money.amountFen)}，已付 ${yuan(paidFen)}，未使用 ${yuan(spent.unspentFen)} 元`,
    en: `${contract.code} ${stands}: budget ${yuan(money.budgetFen)}, due ${yuan(money.dueFen)}, contract ${yuan(money.amountFen)}, paid ${yuan(paidFen)}, unspent ${yuan(spent.unspentFen)} yuan`,
  };
  const steps = renderTable(
    deedHeads[language].map((heading) => ({ heading })),
    deeds.map(({ on, act, byName }) => [on, contractTable.nameOfAct[act as ContractAct][language], byName]),
  );
  return [said[language], steps, clocks].join('\n\n');
}
