/** Funds, what they carried over, and proposals, as tables of the terminal. */
import { type Bilingual, formatYuan } from '@gep/kernel';
import type {
  CarriedOver,
  CarryOverAge,
  Fund,
  FundGrant,
  FundSource,
  InTransit,
  Proposal,
  ProposalKind,
  ProposalState,
} from '@gep/ledger';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

interface AgedFund extends Fund {
  readonly sources: readonly (FundSource & { readonly age: CarryOverAge })[];
  readonly short: readonly FundGrant[];
}

const ages: Readonly<Record<CarryOverAge, Bilingual>> = {
  future: { zh: '未到', en: 'future' },
  current: { zh: '当年', en: 'current' },
  carried: { zh: '结转', en: 'carried over' },
  surplus: { zh: '结余，应上缴', en: 'surplus, to be returned' },
};
const fund: Bilingual = { zh: '资金', en: 'Fund' };
const source: Bilingual = { zh: '来源', en: 'Source' };
const department: Bilingual = { zh: '部门', en: 'Department' };
const year: Bilingual = { zh: '年度', en: 'Year' };
const age: Bilingual = { zh: '结转', en: 'Age' };
const reserved: Bilingual = { zh: '预留', en: 'Reserved' };
const available: Bilingual = { zh: '可用', en: 'Available' };

const codeOf = (path: string): string => path.split('.').at(-1)!;
const heads = (language: Language, words: readonly Bilingual[], figures: readonly Bilingual[] = []) => [
  ...words.map((word) => ({ heading: word[language] })),
  ...figures.map((word) => ({ heading: word[language], numeric: true })),
];

export function renderFund(funds: readonly AgedFund[], language: Language): string {
  const columns = heads(
    language,
    [fund, source, department, year, age],
    [{ zh: '已收', en: 'Received' }, reserved, { zh: '已付', en: 'Paid' }, available],
  );
  const rows = funds.flatMap(({ territoryPath, code, sources }) =>
    sources.map((one) => [
      ...[
        `${codeOf(territoryPath)}/${code}`,
        one.code,
        one.department,
        String(one.budgetYear),
        ages[one.age][language],
      ],
      ...[one.receivedFen, one.reservedFen, one.paidFen, one.availableFen].map(formatYuan),
    ]),
  );
  const shortfalls = funds.flatMap(({ code, short }) => short.map((grant) => shortfall(code, grant)[language]));
  return [renderTable(columns, rows), ...shortfalls].join('\n');
}

function shortfall(of: string, { code, period, claimedFen, shortfallFen, queued }: FundGrant): Bilingual {
  const [claimed, missing] = [formatYuan(claimedFen), formatYuan(shortfallFen)];
  return {
    zh: `${of} ${period} ${code}：申请 ${claimed} 元，缺 ${missing} 元${queued ? '，排队中' : ''}`,
    en: `${of} ${period} ${code}: claimed ${claimed} yuan, ${missing} short${queued ? ', waiting' : ''}`,
  };
}

export function renderCarriedOver(
  rows: readonly (CarriedOver & { readonly age: CarryOverAge; readonly surplusFrom: string })[],
  language: Language,
): string {
  const since: Bilingual = { zh: '成为结余', en: 'Surplus from' };
  return renderTable(
    heads(language, [fund, source, department, year, age, since], [reserved, available]),
    rows.map((row) => [
      ...[`${codeOf(row.territoryPath)}/${row.fund}`, row.source, row.department, String(row.budgetYear)],
      ...[ages[row.age][language], row.surplusFrom, formatYuan(row.reservedFen), formatYuan(row.availableFen)],
    ]),
  );
}

export function renderInTransit(rows: readonly InTransit[], language: Language): string {
  const words: readonly Bilingual[] = [
    { zh: '结算', en: 'Settlement' },
    { zh: '收款方', en: 'Paid to' },
    { zh: '首次付款', en: 'Since' },
  ];
  return renderTable(
    heads(language, words, [
      { zh: '已付', en: 'Paid' },
      { zh: '已到账', en: 'Received' },
    ]),
    rows.map((row) => [row.agreement, row.party, row.since, formatYuan(row.paidFen), formatYuan(row.receivedFen)]),
  );
}

const kinds: Readonly<Record<ProposalKind, Bilingual>> = {
  transfer: { zh: '调剂', en: 'transfer' },
  return: { zh: '上缴结余', en: 'return of surplus' },
  'write-off': { zh: '核销', en: 'write-off' },
  adjustment: { zh: '调整', en: 'adjustment' },
};
const states: Readonly<Record<ProposalState, Bilingual>> = {
  proposed: { zh: '待批准', en: 'waits for approval' },
  approved: { zh: '待过账', en: 'waits to be posted' },
  posted: { zh: '已过账', en: 'posted' },
  refused: { zh: '已驳回', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

export function renderProposals(
  rows: readonly (Proposal & { readonly state: ProposalState })[],
  language: Language,
): string {
  const words: readonly Bilingual[] = [
    { zh: '编号', en: 'Id' },
    { zh: '事项', en: 'Kind' },
    { zh: '状态', en: 'State' },
    { zh: '提出人', en: 'Proposed by' },
    { zh: '理由', en: 'Reason' },
  ];
  return renderTable(
    heads(language, words, [{ zh: '金额', en: 'Amount' }]),
    rows.map(({ id, kind, state, proposedByName, reason, postings }) => [
      ...[id, kinds[kind][language], states[state][language], proposedByName, reason],
      formatYuan(postings.reduce((sum, { amountFen }) => (amountFen > 0n ? sum + amountFen : sum), 0n)),
    ]),
  );
}
