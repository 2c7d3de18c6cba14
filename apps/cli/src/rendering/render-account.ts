/** An account as text: its lines by service and ecosystem type, and its totals. */
import { unassignedType, type Account, type AccountLine } from '@gep/accounting';
import { formatWanYuan, formatYuan, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Language } from '../terminal/language';
import { renderTable, type TableColumn } from './text-table';

/** Names of the norm for the codes of an account; a code that the norm does not have stays a code. */
export type Names = (code: string) => string;

/** The names that a norm gives its services, groups, types and products. */
export function namesOf(norm: NormEdition, language: Language): Names {
  const named = [...norm.services, ...norm.groups, ...norm.types, ...norm.products];
  const names = new Map(named.map(({ code, name }) => [code, name[language]]));
  return (code) => names.get(code) ?? code;
}

const words = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  quantity: { zh: '实物量', en: 'Quantity' },
  unit: { zh: '单位', en: 'Unit' },
  price: { zh: '单价', en: 'Price' },
  priceUnit: { zh: '单价单位', en: 'Price unit' },
  gamma: { zh: 'γ', en: 'γ' },
  value: { zh: '价值量（元）', en: 'Value (yuan)' },
  grade: { zh: '证据等级', en: 'Evidence' },
  category: { zh: '类别', en: 'Category' },
  wanYuan: { zh: '价值量（万元）', en: 'Value (10⁴ yuan)' },
  area: { zh: '面积', en: 'Area' },
  total: { zh: '合计', en: 'Total' },
  whole: { zh: '全域', en: 'whole territory' },
  various: { zh: '不一', en: 'various' },
} satisfies Record<string, Bilingual>;

const categories: Record<string, Bilingual> = {
  provisioning: { zh: '物质供给', en: 'Provisioning' },
  regulating: { zh: '调节服务', en: 'Regulating' },
  cultural: { zh: '文化服务', en: 'Cultural' },
};

export const gradeNames: Record<EvidenceGrade, Bilingual> = {
  published: { zh: '已公布', en: 'published' },
  solved: { zh: '反推', en: 'solved' },
  unverified: { zh: '未核实', en: 'unverified' },
};

/** A quantity for people: up to seven significant digits, thousands parted, never an exponent below 10^15. */
export function formatQuantity(value: number): string {
  const rounded = Number(value.toPrecision(7));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** The whole account: one table of lines, one of types, one of categories. */
export function renderAccount(account: Account, names: Names, language: Language): string {
  const heading = `${account.territory} · ${account.period} · ${account.norm.id} @ ${account.norm.edition.slice(0, 12)}`;
  const total = `${words.total[language]} GEP: ${formatWanYuan(account.totals.totalFen)} ${language === 'zh' ? '万元' : '10⁴ yuan'} (${formatYuan(account.totals.totalFen)} ${language === 'zh' ? '元' : 'yuan'})`;
  const blocks = [heading, renderLines(account.lines, names, language)];
  blocks.push(renderTypes(account, names, language), renderCategories(account, language), total);
  return blocks.join('\n\n');
}

function renderLines(lines: readonly AccountLine[], names: Names, language: Language): string {
  const columns: TableColumn[] = [
    { heading: words.service[language] },
    { heading: words.type[language] },
    { heading: words.quantity[language], numeric: true },
    { heading: words.unit[language] },
    { heading: words.price[language], numeric: true },
    { heading: words.priceUnit[language] },
    { heading: words.gamma[language], numeric: true },
    { heading: words.value[language], numeric: true },
    { heading: words.grade[language] },
  ];
  const rows = lines.map((line) => [
    line.item === null ? names(line.service) : `${names(line.service)} / ${names(line.item)}`,
    line.type === null ? words.whole[language] : names(line.type),
    formatQuantity(line.quantity),
    line.unit,
    line.price ?? words.various[language],
    line.priceUnit,
    line.gamma ?? words.various[language],
    formatYuan(line.valueFen),
    gradeNames[line.grade][language],
  ]);
  return renderTable(columns, rows);
}

function renderTypes(account: Account, names: Names, language: Language): string {
  const codes = [...new Set([...Object.keys(account.areaByType), ...Object.keys(account.totals.byType)])];
  const rows = codes.map((code) => [
    code === unassignedType ? words.whole[language] : names(code),
    code in account.areaByType ? formatQuantity(account.areaByType[code]) : '',
    formatWanYuan(account.totals.byType[code] ?? 0n),
  ]);
  return renderTable(
    [
      { heading: words.type[language] },
      { heading: `${words.area[language]} (${account.areaUnit})`, numeric: true },
      { heading: words.wanYuan[language], numeric: true },
    ],
    rows,
  );
}

function renderCategories(account: Account, language: Language): string {
  const rows = Object.entries(account.totals.byCategory).map(([code, fen]) => [
    categories[code]?.[language] ?? code,
    formatWanYuan(fen),
  ]);
  return renderTable(
    [{ heading: words.category[language] }, { heading: words.wanYuan[language], numeric: true }],
    rows,
  );
}
