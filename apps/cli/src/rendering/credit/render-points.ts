/** Shows village sheets, points, goods, orders and runs of scores for people. */
import {
  eventSteps,
  type Goods,
  type OrderRow,
  orderSteps,
  type PointsView,
  type RescoreRun,
  type VillageSheetView,
} from '@gep/credit';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

const headings = {
  sheet: { zh: '评分表', en: 'Sheet' },
  place: { zh: '地域', en: 'Territory' },
  month: { zh: '月份', en: 'Month' },
  entries: { zh: '记录', en: 'Entries' },
  unchecked: { zh: '未核对', en: 'Unchecked' },
  by: { zh: '上报人', en: 'Handed in by' },
  subject: { zh: '主体', en: 'Subject' },
  held: { zh: '可用', en: 'Held' },
  owed: { zh: '待抵扣', en: 'Owed' },
  ordered: { zh: '已预留', en: 'Ordered' },
  spent: { zh: '已兑换', en: 'Spent' },
  expired: { zh: '已失效', en: 'Expired' },
  event: { zh: '来自记录', en: 'From entry' },
  act: { zh: '行为', en: 'Behaviour' },
  points: { zh: '积分', en: 'Points' },
  earned: { zh: '取得', en: 'Earned' },
  until: { zh: '自何日失效', en: 'Expires' },
  back: { zh: '已收回', en: 'Taken back' },
  goods: { zh: '商品', en: 'Goods' },
  name: { zh: '名称', en: 'Name' },
  price: { zh: '每件积分', en: 'Points for one' },
  stock: { zh: '库存', en: 'Stock' },
  order: { zh: '兑换单', en: 'Order' },
  quantity: { zh: '件数', en: 'Quantity' },
  state: { zh: '状态', en: 'State' },
  run: { zh: '重新计分', en: 'Run' },
  asOf: { zh: '计分日', en: 'As of' },
  parts: { zh: '批', en: 'Parts' },
  subjects: { zh: '主体数', en: 'Subjects' },
  changed: { zh: '有变', en: 'Changed' },
  row: { zh: '行', en: 'Row' },
  day: { zh: '日期', en: 'Day' },
  times: { zh: '次数', en: 'Times' },
  evidence: { zh: '证据', en: 'Evidence' },
  entry: { zh: '记录', en: 'Entry' },
} satisfies Record<string, Bilingual>;

const table = (
  language: Language,
  names: readonly (keyof typeof headings)[],
  rows: readonly (readonly string[])[],
): string =>
  renderTable(
    names.map((name) => ({ heading: headings[name][language] })),
    rows,
  );

export interface ShownSheet {
  readonly id: string;
  readonly territory: string;
  readonly month: string;
  readonly entries: number;
  readonly unchecked: number;
  readonly handedName: string;
}

export const renderSheets = (sheets: readonly ShownSheet[], language: Language): string =>
  table(
    language,
    ['sheet', 'place', 'month', 'entries', 'unchecked', 'by'],
    sheets.map((one) => [
      ...[one.id, one.territory, one.month, String(one.entries), String(one.unchecked), one.handedName],
    ]),
  );

export const renderSheet = ({ rows }: VillageSheetView, language: Language): string =>
  table(
    language,
    ['row', 'subject', 'day', 'act', 'times', 'points', 'evidence', 'state', 'entry'],
    rows.map((one) => [
      ...[String(one.no), one.subjectId, one.day, one.name[language], String(one.times), one.points, one.evidence],
      ...[eventSteps.nameOfState[one.state][language], one.eventId],
    ]),
  );

export function renderPoints(views: readonly PointsView[], language: Language): string {
  const sums = views.map((one) =>
    [one.subject, one.held, one.owed, one.ordered, one.spent, one.expired].map((value) => String(value)),
  );
  const lots = views.flatMap((one) =>
    one.lots.map((lot) => [
      ...[lot.eventId, lot.behaviour, String(lot.points), lot.earnedOn, lot.expiresOn ?? ''],
      lot.returned ? (language === 'zh' ? '是' : 'yes') : '',
    ]),
  );
  return [
    table(language, ['subject', 'held', 'owed', 'ordered', 'spent', 'expired'], sums),
    table(language, ['event', 'act', 'points', 'earned', 'until', 'back'], lots),
  ].join('\n\n');
}

export const renderGoods = (goods: readonly Goods[], language: Language): string =>
  table(
    language,
    ['goods', 'name', 'price', 'stock'],
    goods.map((one) => [
      ...[one.id, language === 'zh' ? one.nameZh : one.nameEn, String(one.price ?? ''), String(one.stock)],
    ]),
  );

export const renderOrders = (orders: readonly OrderRow[], language: Language): string =>
  table(
    language,
    ['order', 'subject', 'goods', 'quantity', 'price', 'state'],
    orders.map((one) => [
      ...[one.id, one.subjectId, one.goods, String(one.quantity), String(one.price)],
      orderSteps.nameOfState[one.state][language],
    ]),
  );

export function renderRescores(runs: readonly RescoreRun[], language: Language): string {
  const ended = (run: RescoreRun): string => {
    if (run.refusal) return run.refusal.text[language];
    if (run.endedAt) return language === 'zh' ? '已完成' : 'ended';
    return language === 'zh' ? '进行中' : 'under way';
  };
  return table(
    language,
    ['run', 'asOf', 'parts', 'subjects', 'changed', 'state'],
    runs.map((run) => [
      ...[run.id, run.asOf, String(run.parts), String(run.subjects), String(run.changed), ended(run)],
    ]),
  );
}
