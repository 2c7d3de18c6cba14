/** Contracts on increments for a terminal: a list with state, counterparty, money and what is next, and one in full. */
import { type Bilingual, Fraction } from '@gep/kernel';
import { type Clock, isOverdue, possibleActs } from '@gep/procedure';
import {
  contractTable,
  isUsed,
  type ContractAct,
  type ContractState,
  type ContractView,
  type DeedFacts,
  type SpendingUse,
} from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { type PlaceNames, placeSaid } from '../deed/naming';
import { nameOfAct } from '../deed/subject-kinds';
import { showYuan } from '../figures';
import { purposeSaid } from '../fund/render-fund';
import { columnsOf, type Head, renderList } from '../listed';
import { renderTable } from '../text-table';

/** What is read of a contract for a line of the list. */
export type ListedContract = Pick<ContractView, 'contract' | 'state' | 'clocks' | 'money' | 'paidFen' | 'spent'> & {
  readonly companyName: Bilingual;
};

const heads: readonly Head[] = [
  { zh: '合同', en: 'Contract', most: 30 },
  { zh: '地域', en: 'Place', most: 22 },
  { zh: '年度', en: 'Year' },
  { zh: '状态', en: 'State', most: 20 },
  { zh: '公司', en: 'Company', most: 24 },
  { zh: '应付（元）', en: 'Due (yuan)', numeric: 'point' },
  { zh: '合同额（元）', en: 'Contract (yuan)', numeric: 'point' },
  { zh: '已付（元）', en: 'Paid (yuan)', numeric: 'point' },
  { zh: '接下来（北京时间）', en: 'Next (Beijing time)', most: 40 },
];
const none: Bilingual = {
  zh: '没有增量采购合同（立项：gep contract open）',
  en: 'there is no contract on increments (one is planned by gep contract open)',
};

const yuan = (fen: bigint | null): string => (fen === null ? '—' : showYuan(fen));

/** @param titles names of clocks by their code */
export function renderContracts(
  rows: readonly ListedContract[],
  {
    titles,
    today,
    places,
  }: { readonly titles: ReadonlyMap<string, Bilingual>; readonly today: string; readonly places: PlaceNames },
  language: Language,
): string {
  const cells = rows.map((row) => {
    const { contract, state, money, paidFen, companyName } = row;
    return [
      ...[contract.code, placeSaid(contract.terms.unit, places, language), contract.year, nameOfState(state)[language]],
      ...[companyName[language], yuan(money.dueFen), yuan(money.amountFen), yuan(paidFen)],
      nextOf(row, titles, today)[language],
    ];
  });
  return renderList(language, heads, cells, none);
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
  if (state === 'paid' && !isUsed(spent)) {
    const years = spent.statementsLacking.join(', ');
    if (spent.conservationLackingFen === 0n)
      return { zh: `报告 ${years} 年资金使用（contract state）`, en: `state ${years} (contract state)` };
    const lacking = showYuan(spent.conservationLackingFen);
    return { zh: `用于保护尚缺 ${lacking} 元`, en: `conservation lacks ${lacking} yuan` };
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

const stepHeads: readonly Head[] = [
  { zh: '日期（北京）', en: 'Day (Beijing)' },
  { zh: '步骤', en: 'Step' },
  { zh: '办理人', en: 'By', most: 50 },
  { zh: '事实', en: 'Facts', most: 60 },
];
const invoiceHeads: readonly Head[] = [
  { zh: '发票', en: 'Invoice' },
  { zh: '开票日', en: 'Issued' },
  { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
];
const supplementHeads: readonly Head[] = [
  { zh: '补充合同', en: 'Supplement' },
  { zh: '签订日', en: 'Signed' },
  { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
  { zh: '理由', en: 'Reason', most: 60 },
];
const spendingHeads: readonly Head[] = [
  { zh: '支出日', en: 'Spent' },
  { zh: '用于', en: 'Use' },
  { zh: '用途', en: 'Purpose', most: 30 },
  { zh: '凭证', en: 'Evidence', most: 30 },
  { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
  { zh: '编号', en: 'Id' },
];
const statementHeads: readonly Head[] = [
  { zh: '报告年度', en: 'Statement of' },
  { zh: '版次', en: 'Edition', numeric: true },
  { zh: '报告日', en: 'Day' },
  { zh: '用于保护（元）', en: 'For conservation (yuan)', numeric: 'point' },
  { zh: '其他允许用途（元）', en: 'For what else is allowed (yuan)', numeric: 'point' },
];
const measureHeads: readonly Head[] = [
  { zh: '处理', en: 'Measure' },
  { zh: '日期', en: 'Day' },
  { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
  { zh: '理由', en: 'Reason', most: 60 },
  { zh: '编号', en: 'Id' },
];
const uses: Readonly<Record<SpendingUse, Bilingual>> = {
  conservation: { zh: '保护', en: 'conservation' },
  allowed: { zh: '其他允许用途', en: 'what else is allowed' },
};

/** What stands beside a contract that is shown: its clocks, rendered, its fund as `territory/code`, names of territories. */
export interface ContractSurroundings {
  readonly clocks: string;
  readonly fund: string;
  readonly companyName: Bilingual;
  /** Of the rule that the year was computed by; absent before. */
  readonly ruleTitle?: Bilingual;
  readonly places: PlaceNames;
}

export function renderContract(view: ContractView, around: ContractSurroundings, language: Language): string {
  const { contract, deeds, invoices, supplements } = view;
  const tables: (readonly [readonly Head[], readonly (readonly string[])[]])[] = [
    [
      stepHeads,
      deeds.map(({ on, act, byName, facts }) => [
        on,
        nameOfAct('contract', act)[language],
        byName,
        factsSaid(facts, language),
      ]),
    ],
    [invoiceHeads, invoices.map(({ number, issuedOn, amountFen }) => [number, issuedOn, showYuan(amountFen)])],
    [
      supplementHeads,
      supplements.map(({ no, signedOn, amountFen, reason }) => [String(no), signedOn, showYuan(amountFen), reason]),
    ],
    ...usedTables(view, language),
  ];
  return [
    `${contract.code}  ${nameOfState(view.state)[language]}  ${contract.id}`,
    ...termsSaid(view, around, language),
    moneySaid(view, language),
    ...tables
      .filter(([, rows]) => rows.length > 0)
      .map(([heads, rows]) => `\n${renderTable(columnsOf(heads, language), rows)}`),
    ...(view.paidFen > 0n ? [`\n${usedSaid(view, language)}`] : []),
    `\n${around.clocks}`,
  ].join('\n');
}

function termsSaid({ contract }: ContractView, around: ContractSurroundings, language: Language): string[] {
  const { year, companyCode, terms } = contract;
  const { unit, buyer, purpose, spendBy, policy } = terms;
  const { fund, places, companyName, ruleTitle } = around;
  const [bps, share] = [percent(terms.rate), percent(terms.conservationShare)];
  const company = `${companyCode} ${companyName[language]}`;
  const rule = ruleTitle ? `${policy} ${ruleTitle[language]}` : policy;
  return [
    {
      zh: `${year} 年 ${placeSaid(unit, places, 'zh')} 的增量，由 ${company} 出售，${buyer} 采购；比例 ${bps}，规则 ${rule}`,
      en: `the increment of ${placeSaid(unit, places, 'en')} in ${year}, sold by ${company}, bought by ${buyer}; rate ${bps}, rule ${rule}`,
    }[language],
    {
      zh: `资金 ${fund}（用途 ${purposeSaid(purpose, 'zh')}）；${share} 用于保护，${spendBy} 前用完`,
      en: `from ${fund} (for ${purposeSaid(purpose, 'en')}); ${share} go into conservation, all is used by ${spendBy}`,
    }[language],
  ];
}

/** Exact decimal text as a percentage: `0.001` is `0.1%`. */
const percent = (share: string): string => `${Fraction.parse(share)!.times(Fraction.of(100n)).toDecimalText()}%`;

function moneySaid({ money, paidFen }: ContractView, language: Language): string {
  const { budgetFen, dueFen, amountFen } = money;
  return {
    zh: `预算 ${yuan(budgetFen)}，应付 ${yuan(dueFen)}，合同额 ${yuan(amountFen)}，已付 ${yuan(paidFen)}（元）`,
    en: `budget ${yuan(budgetFen)}, due ${yuan(dueFen)}, contract ${yuan(amountFen)}, paid ${yuan(paidFen)} (yuan)`,
  }[language];
}

function usedTables({ spendings, statements, measures }: ContractView, language: Language) {
  return [
    [
      spendingHeads,
      spendings.map(({ id, spentOn, use, purpose, evidence, amountFen }) => [
        ...[spentOn, uses[use][language], purpose, evidence, showYuan(amountFen), id],
      ]),
    ],
    [
      statementHeads,
      statements.map(({ year, edition, on, conservationFen, allowedFen }) => [
        ...[year, String(edition), on, showYuan(conservationFen), showYuan(allowedFen)],
      ]),
    ],
    [
      measureHeads,
      measures.map(({ id, kind, on, amountFen, reason }) => [
        ...[nameOfAct('contract', kind)[language], on, amountFen === null ? '' : showYuan(amountFen), reason, id],
      ]),
    ],
  ] as const;
}

function usedSaid({ contract, spent }: ContractView, language: Language): string {
  const { conservationFen, allowedFen, unspentFen, conservationLackingFen, statementsLacking, isLate } = spent;
  const years = statementsLacking.join(', ');
  const said = {
    zh: [
      `用于保护 ${showYuan(conservationFen)} 元，其他允许用途 ${showYuan(allowedFen)} 元，未使用 ${showYuan(unspentFen)} 元`,
      ...(conservationLackingFen > 0n ? [`保护尚缺 ${showYuan(conservationLackingFen)} 元`] : []),
      ...(years ? [`${years} 年尚无（相符的）年度报告（gep contract state）`] : []),
      ...(isLate ? [`已过 ${contract.terms.spendBy}，逾期`] : []),
    ],
    en: [
      `${showYuan(conservationFen)} yuan went into conservation, ${showYuan(allowedFen)} into what else is allowed, ${showYuan(unspentFen)} are unspent`,
      ...(conservationLackingFen > 0n ? [`conservation lacks ${showYuan(conservationLackingFen)} yuan`] : []),
      ...(years ? [`no statement of ${years} that says the same (gep contract state)`] : []),
      ...(isLate ? [`late since ${contract.terms.spendBy}`] : []),
    ],
  }[language];
  return said.join(language === 'zh' ? '；' : '; ');
}

/** Facts of steps by the words of people; those that a clock or another table tells are left out. */
const factNames: Readonly<Record<string, Bilingual>> = {
  ...{ line: { zh: '预算科目', en: 'budget line' }, amountFen: { zh: '金额', en: 'amount' } },
  ...{ dueFen: { zh: '应付', en: 'due' }, deductionFen: { zh: '扣减', en: 'taken off' } },
  ...{ grantedFen: { zh: '准予', en: 'granted' }, shortfallFen: { zh: '缺口', en: 'short' } },
  ...{ where: { zh: '公布于', en: 'at' }, opinions: { zh: '意见', en: 'opinions' } },
  ...{ bondFen: { zh: '保证金', en: 'bond' }, authority: { zh: '机关', en: 'authority' } },
  ...{ number: { zh: '号码', en: 'number' }, users: { zh: '服务对象人数', en: 'users heard' } },
  issuedOn: { zh: '开具日', en: 'issued on' },
};

/** Amounts in yuan, none that are nought. */
function factsSaid(facts: DeedFacts, language: Language): string {
  return Object.entries(factNames)
    .filter(([name]) => facts[name] !== undefined && !(name.endsWith('Fen') && facts[name] === '0'))
    .map(([name, said]) => {
      const value = name.endsWith('Fen') ? showYuan(BigInt(facts[name])) : facts[name];
      return `${said[language]} ${value}`;
    })
    .join(language === 'zh' ? '，' : ', ');
}
