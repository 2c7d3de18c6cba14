/** The names that columns of each kind of table may bear, and which of them a table must have. */
import { TableKind } from './raw-table';

/** What a column other than an attribute holds. */
export type ColumnRole =
  | 'territory'
  | 'period'
  | 'type'
  | 'patch'
  | 'attribute'
  | 'value'
  | 'unit'
  | 'item'
  | 'quantity'
  | 'price'
  | 'priceUnit'
  | 'low'
  | 'high'
  | 'distribution'
  | 'priceLow'
  | 'priceHigh'
  | 'priceDistribution'
  | 'date'
  | 'remark';

/** Accepted names; the first is the one that exports and messages use. */
export const columnNames: Record<ColumnRole, readonly string[]> = {
  territory: [
    'territory',
    'territory code',
    'region',
    '地域',
    '地域代码',
    '行政区',
    '行政区代码',
    '行政区划代码',
    '区划代码',
    '地区',
    '地区代码',
  ],
  period: ['period', 'year', '核算期', '核算年', '核算年度', '年份', '年度', '时期', '期间'],
  type: ['type', 'ecosystem type', 'ecosystem', '生态系统类型', '生态系统', '类型', '地类'],
  patch: ['patch', 'patch id', 'parcel', '图斑', '图斑编号', '斑块', '斑块编号', '地块编号'],
  attribute: ['attribute', 'parameter', '属性', '参数', '指标'],
  value: ['value', '数值', '值', '取值'],
  unit: ['unit', '单位', '计量单位'],
  item: ['item', 'product', '统计项', '产品', '品种', '项目'],
  quantity: ['quantity', 'output', '数量', '产量'],
  price: ['price', '单价', '价格'],
  priceUnit: ['priceUnit', '单价单位', '价格单位'],
  low: ['low', '下限', '数量下限'],
  high: ['high', '上限', '数量上限'],
  distribution: ['distribution', '分布', '数量分布'],
  priceLow: ['priceLow', '单价下限'],
  priceHigh: ['priceHigh', '单价上限'],
  priceDistribution: ['priceDistribution', '单价分布'],
  date: ['date', 'day', '日期', '观测日期', '日'],
  remark: [
    'remark',
    'remarks',
    'note',
    'notes',
    'name',
    'territory name',
    'type name',
    '备注',
    '说明',
    '名称',
    '地域名称',
    '地区名称',
    '序号',
    'no',
    'no.',
  ],
};
export const rolesOf: Record<TableKind, readonly ColumnRole[]> = {
  extent: ['territory', 'period', 'type', 'patch', 'remark'],
  attributes: ['territory', 'period', 'type', 'attribute', 'value', 'unit', 'remark'],
  statistics: [
    ...(['territory', 'period', 'item', 'type', 'quantity', 'unit', 'price', 'priceUnit', 'remark'] as const),
    ...(['low', 'high', 'distribution', 'priceLow', 'priceHigh', 'priceDistribution'] as const),
  ],
  series: ['territory', 'period', 'date', 'remark'],
};
export const requiredRoles: Record<TableKind, readonly ColumnRole[]> = {
  extent: ['territory', 'period', 'type'],
  attributes: ['territory', 'period', 'attribute', 'value'],
  statistics: ['territory', 'period', 'item', 'quantity'],
  series: ['territory', 'date'],
};
/** Columns that only one kind of table has. */
export const telling: Record<TableKind, readonly string[]> = {
  extent: ['area', 'patch'],
  attributes: ['attribute', 'value'],
  statistics: ['item', 'quantity', 'price', 'priceUnit'],
  series: ['date'],
};
export const tableKinds: readonly TableKind[] = ['extent', 'attributes', 'statistics', 'series'];
export const sheetNames: Record<TableKind, RegExp> = {
  extent: /extent|area|patch|范围|面积|图斑|地类/i,
  attributes: /attribute|parameter|属性|参数/i,
  statistics: /statistic|product|统计|产品|产量/i,
  series: /series|daily|逐日|日值/i,
};
