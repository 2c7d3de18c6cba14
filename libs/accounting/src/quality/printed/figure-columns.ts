/** Columns that a table of a report may have, by the names that people give them, with the unit in the heading. */
import type { CaseMeasure } from '@gep/rulebook';

/** What rows go by; from the whole to the part. */
export const reportAxes = ['territory', 'period', 'category', 'group', 'service', 'type'] as const;
export type ReportAxis = (typeof reportAxes)[number];

/** `unit` and `priceUnit` are of the row; `gamma` is a factor between quantity × price and value. */
export type ReportColumn = ReportAxis | CaseMeasure | 'unit' | 'priceUnit' | 'gamma' | 'remark';

const names: Readonly<Record<string, readonly string[]>> = {
  territory: ['territory', 'region', '地域', '地区', '行政区划', '行政区划代码', '县', '市县', '区县'],
  period: ['period', 'year', '年份', '年度', '核算期', '核算年度'],
  category: ['category', '类别', '大类', '服务类别', '一级指标'],
  group: ['group', '组', '二级指标', '服务组'],
  service: ['service', 'item', '服务', '项目', '指标', '核算科目', '三级指标', '服务功能'],
  type: ['type', 'ecosystem', 'ecosystem type', '生态系统类型', '生态系统', '类型', '地类'],
  quantity: ['quantity', '实物量', '功能量', '数量', '产量'],
  unit: ['unit', '单位', '实物量单位', '数量单位'],
  unitValue: ['price', 'unit price', '单价', '价格'],
  priceUnit: ['price unit', '单价单位', '价格单位'],
  gamma: ['gamma', 'γ', '系数'],
  value: ['value', '价值', '价值量', '总价值', 'gep'],
  area: ['area', '面积'],
  share: ['share', '占比', '比例', '比重', '百分比'],
  areaShare: ['area share', '面积占比', '面积比例'],
  growth: ['growth', '增长率', '变化率'],
  perArea: ['value per area', 'per area', '单位面积价值', '单位面积价值量'],
  rank: ['rank', '位次', '排名', '排序'],
  remark: ['remark', 'note', 'notes', 'no', '备注', '注', '序号', '说明'],
};

const half = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');

/** Form in which names are compared. */
export const plainName = (text: string): string =>
  half(text)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

const columnOf = new Map(
  Object.entries(names).flatMap(([column, all]) => [column, ...all].map((name) => [plainName(name), column] as const)),
);

/** The names of the columns, for whoever used another. */
export const knownColumns = (language: 'zh' | 'en'): string =>
  Object.values(names)
    .map((all) => all.find((name) => /\p{Script=Han}/u.test(name) === (language === 'zh')) ?? all[0])
    .join(language === 'zh' ? '、' : ', ');

/** `价值量（亿元）`, `value [10^8 yuan]`, `面积/hm2`; undefined when the column is not known. */
export function readHeading(heading: string): { readonly column: ReportColumn; readonly unit?: string } | undefined {
  const text = half(heading).trim();
  const whole = columnOf.get(plainName(text));
  if (whole !== undefined) return { column: whole as ReportColumn };
  const parts = /^(.+?)\s*(?:\[([^\]]+)\]|\((.+)\)|\/(.+))$/.exec(text);
  const column = parts && columnOf.get(plainName(parts[1]));
  if (!parts || !column) return undefined;
  return { column: column as ReportColumn, unit: (parts[2] ?? parts[3] ?? parts[4]).trim() };
}

const totals = new Set([
  'total',
  'sum',
  'all',
  'subtotal',
  'sub total',
  'whole',
  '合计',
  '总计',
  '小计',
  '总和',
  '总值',
  '全部',
  '全市',
  '全县',
]);
/** A row or level that stands for all of its parts. */
export const isTotal = (text: string): boolean => totals.has(plainName(text));

const absent = new Set(['', '-', '--', '—', '——', '–', '/', '…', '……', 'na', 'n/a', '无', '无数据']);

/**
 * Digits as printed, without signs for thousands and per cent.
 * @returns undefined for an empty cell, null for what is no number
 */
export function readDigits(cell: string): string | undefined | null {
  const text = half(cell).trim().replace(/−/g, '-');
  if (absent.has(text.toLowerCase())) return undefined;
  const bare = text.replace(/\s*%$/, '');
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return bare.replace(/,/g, '').replace('+', '');
  return /^[+-]?\d+(\.\d+)?$/.test(bare) ? bare.replace('+', '') : null;
}
