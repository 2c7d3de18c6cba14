/** Market purchases for a terminal: a list, one with its instalments and receipts, and what a receipt settled. */
import type { Bilingual } from '@gep/kernel';
import type { MarketPurchase, MarketView, ValuationPayer } from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { type PlaceNames, placeSaid } from '../deed/naming';
import { showYuan } from '../figures';
import { columnsOf, type Head, renderList } from '../listed';
import { renderTable } from '../text-table';

const listHeads: readonly Head[] = [
  { zh: '购买', en: 'Purchase', most: 30 },
  { zh: '地域', en: 'Place', most: 24 },
  { zh: '公司', en: 'Company', most: 30 },
  { zh: '购买方', en: 'Buyer', most: 40 },
  { zh: '价款（元）', en: 'Price (yuan)', numeric: 'point' },
  { zh: '签订日', en: 'Signed' },
];
const none: Bilingual = {
  zh: '没有市场化购买（签订：gep market-purchase sign）',
  en: 'there is no market purchase (one is signed by gep market-purchase sign)',
};

export function renderPurchases(found: readonly MarketPurchase[], places: PlaceNames, language: Language): string {
  const rows = found.map(({ code, companyCode, priceFen, signedOn, terms }) => [
    ...[code, placeSaid(terms.territory, places, language), companyCode, terms.buyer, showYuan(priceFen), signedOn],
  ]);
  return renderList(language, listHeads, rows, none);
}

const instalmentHeads: readonly Head[] = [
  { zh: '期', en: 'No.', numeric: true },
  { zh: '状态', en: 'State' },
  { zh: '应收日', en: 'Due' },
  { zh: '应收（元）', en: 'Due (yuan)', numeric: 'point' },
  { zh: '已收（元）', en: 'Received (yuan)', numeric: 'point' },
  { zh: '未收（元）', en: 'Open (yuan)', numeric: 'point' },
];
const receiptHeads: readonly Head[] = [
  { zh: '收款日', en: 'Received on' },
  { zh: '期', en: 'No.', numeric: true },
  { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
  { zh: '回单', en: 'Slip', most: 40 },
];
const payers: Readonly<Record<ValuationPayer, Bilingual>> = {
  buyer: { zh: '购买方', en: 'the buyer' },
  seller: { zh: '出售方', en: 'the seller' },
  both: { zh: '双方', en: 'both' },
  public: { zh: '公共资金', en: 'public money' },
};

type Instalment = MarketView['instalments'][number];

/** Whether it is received, late, begun or still to come. */
function stateOf({ openFen, receivedFen, isOverdue }: Instalment): Bilingual {
  if (openFen === 0n) return { zh: '已收讫', en: 'received' };
  if (isOverdue) return { zh: '逾期', en: 'late' };
  return receivedFen > 0n ? { zh: '部分收到', en: 'in part' } : { zh: '待收', en: 'to come' };
}

export function renderPurchase(
  { purchase, instalments, receipts }: MarketView,
  places: PlaceNames,
  language: Language,
): string {
  const { code, id, companyCode, priceFen, signedOn, terms } = purchase;
  const { territory, parcel, buyer, valuation, secondOpinion } = terms;
  const place = `${placeSaid(territory, places, language)}${parcel === null ? '' : ` ${parcel}`}`;
  const sumOf = (of: (one: Instalment) => bigint): bigint => instalments.reduce((sum, one) => sum + of(one), 0n);
  const sums = [sumOf((one) => one.amountFen), sumOf((one) => one.receivedFen), sumOf((one) => one.openFen)];
  const valuers = [valuation, ...(secondOpinion ? [secondOpinion] : [])].map(
    ({ valuer, paidBy, gepFen, premiumFen }) =>
      ({
        zh: `评估：${valuer}（${payers[paidBy].zh}付费），GEP ${showYuan(BigInt(gepFen))} 元，溢价 ${showYuan(BigInt(premiumFen))} 元`,
        en: `valued by ${valuer} (paid by ${payers[paidBy].en}): GEP ${showYuan(BigInt(gepFen))} yuan, premium ${showYuan(BigInt(premiumFen))} yuan`,
      })[language],
  );
  const said = {
    zh: `${signedOn} 签订：${companyCode} 售予 ${buyer}，${place}；价款 ${showYuan(priceFen)} 元，规则 ${terms.policy}`,
    en: `signed on ${signedOn}: ${companyCode} sells to ${buyer}, ${place}; price ${showYuan(priceFen)} yuan by the rule ${terms.policy}`,
  }[language];
  const rows = instalments.map((one) => [
    ...[String(one.no), stateOf(one)[language], one.dueOn],
    ...[one.amountFen, one.receivedFen, one.openFen].map(showYuan),
  ]);
  const total = ['', { zh: '合计', en: 'Sum' }[language], '', ...sums.map(showYuan)];
  const slips = receipts.map(({ receivedOn, instalmentNo, amountFen, bankReference }) => [
    ...[receivedOn, String(instalmentNo), showYuan(amountFen), bankReference],
  ]);
  return [
    ...[`${code}  ${id}`, said, ...valuers],
    renderTable(columnsOf(instalmentHeads, language), [...rows, total]),
    ...(slips.length > 0 ? [renderTable(columnsOf(receiptHeads, language), slips)] : []),
  ].join('\n');
}
