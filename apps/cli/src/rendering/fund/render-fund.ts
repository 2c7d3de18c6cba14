/** Funds, what they carried over, and proposals, as tables of the terminal. */
import type { Bilingual } from '@gep/kernel';
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
import { showYuan } from '../figures';
import { codeOfPath } from '../deed/naming';
import { renderTable } from '../text-table';

interface AgedFund extends Fund {
  readonly sources: readonly (FundSource & { readonly age: CarryOverAge })[];
  readonly short: readonly FundGrant[];
}

const ages: Readonly<Record<CarryOverAge, Bilingual>> = {
  future: { zh: '以后年度', en: 'of a year to come' },
  current: { zh: '本年', en: 'of this year' },
  carried: { zh: '上年结转', en: 'carried over' },
  surplus: { zh: '两年未用，结余', en: 'unspent after two years: surplus' },
};
/** A heading, and how wide its column may be. */
type Word = Bilingual & { readonly most?: number };

const fund: Bilingual = { zh: '资金', en: 'Fund' };
const source: Bilingual = { zh: '来源', en: 'Source' };
const department: Bilingual = { zh: '部门', en: 'Department' };
const year: Bilingual = { zh: '预算年度', en: 'Budget year' };
const age: Bilingual = { zh: '状况', en: 'Standing' };
const reserved: Bilingual = { zh: '预留（元）', en: 'Reserved (yuan)' };
const available: Bilingual = { zh: '可用（元）', en: 'Available (yuan)' };
const sourceHeads: readonly Word[] = [
  year,
  source,
  { ...department, most: 20 },
  { zh: '限定用途', en: 'Bound to', most: 26 },
  { zh: '使用期限', en: 'To be used', most: 28 },
];

const codeOf = codeOfPath;
const noFund: Bilingual = {
  zh: '没有专项资金（设立：gep fund open）',
  en: 'there is no special fund (one is opened by gep fund open)',
};
const heads = (language: Language, words: readonly Word[], figures: readonly Bilingual[] = []) => [
  ...words.map((word) => ({ heading: word[language], most: word.most })),
  ...figures.map((word) => ({ heading: word[language], numeric: 'point' as const, most: 10 })),
];

/** Each fund with its sources, the oldest budget year first, and what they sum to. @param year by which money is old or not */
export function renderFund(funds: readonly AgedFund[], year: number, language: Language): string {
  const columns = heads(language, sourceHeads, [
    { zh: '已收（元）', en: 'Received (yuan)' },
    ...[reserved, { zh: '已付（元）', en: 'Paid (yuan)' }, available],
  ]);
  if (funds.length === 0) return noFund[language];
  return funds
    .map((one) => {
      const { id, territoryPath, code, nameZh, nameEn, sources, short } = one;
      const title = { zh: `${nameZh}（按 ${year} 年度）`, en: `${nameEn} (as of ${year})` }[language];
      const ordered = sources.toSorted((a, b) => a.budgetYear - b.budgetYear || (a.code < b.code ? -1 : 1));
      const rows = ordered.map((of, at) => [
        of.budgetYear === ordered[at - 1]?.budgetYear ? '' : String(of.budgetYear),
        ...[
          of.code,
          departmentSaid(of.department, language),
          of.purposes.map((one) => purposeSaid(one, language)).join(', ') || { zh: '不限', en: 'anything' }[language],
        ],
        usableUntil(of)[language],
        ...amountsOf(of).map(showYuan),
      ]);
      const sums = sources.map(amountsOf).reduce((sum, row) => sum.map((of, at) => of + row[at]), [0n, 0n, 0n, 0n]);
      const total = [{ zh: '合计', en: 'Sum' }[language], '', '', '', '', ...sums.map(showYuan)];
      return [
        `${codeOf(territoryPath)}/${code} ${title}  ${id}`,
        renderTable(columns, [...rows, ...(rows.length > 1 ? [total] : [])]),
        ...short.map((grant) => shortfall(code, grant)[language]),
      ].join('\n');
    })
    .join('\n\n');
}

/** Purposes that come with the platform; others are named by whoever opens a source. */
const purposes: Readonly<Record<string, string>> = {
  'eco-compensation': '生态补偿',
  'increment-procurement': '增量采购',
};
export const purposeSaid = (code: string, language: Language): string =>
  language === 'zh' && Object.hasOwn(purposes, code) ? `${purposes[code]} ${code}` : code;

/** Departments of the demonstration, which name themselves in English; all others as they wrote themselves. */
const departments: Readonly<Record<string, string>> = {
  ...{ finance: '财政', water: '水利', province: '省级', 'natural resources': '自然资源' },
};
export const departmentSaid = (name: string, language: Language): string =>
  language === 'zh' && Object.hasOwn(departments, name) ? departments[name] : name;

type Amounts = Pick<FundSource, 'receivedFen' | 'reservedFen' | 'paidFen' | 'availableFen'>;
const amountsOf = (of: Amounts): bigint[] => [of.receivedFen, of.reservedFen, of.paidFen, of.availableFen];

/** Budget Law art. 42: a year's money serves that year and the next; what is left goes back to the treasury. */
function usableUntil({ age: standing, budgetYear, availableFen, reservedFen }: AgedFund['sources'][number]): Bilingual {
  if (availableFen === 0n && reservedFen === 0n) return { zh: '已用完', en: 'all used' };
  const last = `${budgetYear + 1}-12-31`;
  if (standing === 'future') return { zh: `${budgetYear} 年起可用`, en: `from ${budgetYear} on` };
  if (standing !== 'surplus')
    return { zh: `${ages[standing].zh}，可用至 ${last}`, en: `${ages[standing].en}, by ${last}` };
  return availableFen === 0n
    ? { zh: `${last} 已到期，仅付已预留的`, en: `ended ${last}, only what is reserved is paid` }
    : { zh: `结余：可用部分应上缴财政（${last} 已到期）`, en: `surplus: what is available goes back (ended ${last})` };
}

/** A claim that the fund could not give in full; its code is that of the settlement, a stroke, and who is paid by it. */
function shortfall(of: string, { code, period, claimedFen, shortfallFen, queued }: FundGrant): Bilingual {
  const [claimed, missing] = [showYuan(claimedFen), showYuan(shortfallFen)];
  const [settlement, ...party] = code.split('/');
  const who = party.join('/');
  return {
    zh: `不足：资金 ${of} 对结算 ${settlement}（${period}）${who && `应付 ${who} `}的 ${claimed} 元还缺 ${missing} 元${queued ? '，排队等候后续资金' : ''}`,
    en: `short: of ${claimed} yuan that the settlement ${settlement} (${period}) claims${who && ` for ${who}`}, the fund ${of} lacks ${missing}${queued ? ', which wait for money to come' : ''}`,
  };
}

export function renderCarriedOver(
  rows: readonly (CarriedOver & { readonly age: CarryOverAge; readonly surplusFrom: string })[],
  language: Language,
): string {
  const since: Bilingual = { zh: '自此日起为结余', en: 'Surplus from' };
  if (rows.length === 0) return { zh: '没有以往年度留下的资金', en: 'nothing is left of earlier years' }[language];
  return renderTable(
    heads(language, [fund, source, department, year, age, since], [reserved, available]),
    rows.map((row) => [
      ...[
        `${codeOf(row.territoryPath)}/${row.fund}`,
        row.source,
        departmentSaid(row.department, language),
        String(row.budgetYear),
      ],
      ...[ages[row.age][language], row.surplusFrom, showYuan(row.reservedFen), showYuan(row.availableFen)],
    ]),
  );
}

export function renderInTransit(rows: readonly InTransit[], language: Language): string {
  const words: readonly Bilingual[] = [
    { zh: '结算', en: 'Settlement' },
    { zh: '收款方', en: 'Paid to' },
    { zh: '首次付款', en: 'Since' },
  ];
  if (rows.length === 0) return { zh: '没有在途资金', en: 'nothing is in transit' }[language];
  return renderTable(
    heads(language, words, [
      { zh: '已付（元）', en: 'Paid (yuan)' },
      { zh: '已到账（元）', en: 'Received (yuan)' },
    ]),
    rows.map((row) => [row.agreement, row.party, row.since, showYuan(row.paidFen), showYuan(row.receivedFen)]),
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
  if (rows.length === 0)
    return {
      zh: '没有手工事项（gep fund transfer、return、write-off、adjust）',
      en: 'nothing is done by hand (gep fund transfer, return, write-off, adjust)',
    }[language];
  return renderTable(
    heads(language, words, [{ zh: '金额（元）', en: 'Amount (yuan)' }]),
    rows.map(({ id, kind, state, proposedByName, reason, postings }) => [
      ...[id, kinds[kind][language], states[state][language], proposedByName, reason],
      showYuan(postings.reduce((sum, { amountFen }) => (amountFen > 0n ? sum + amountFen : sum), 0n)),
    ]),
  );
}
