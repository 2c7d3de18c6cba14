/** Supply-and-use tables as text: money by type and by user, then quantities by type and by user. */
import {
  exportUse,
  intermediateUse,
  unassignedType,
  unassignedUse,
  type SupplyUseRow,
  type SupplyUseTables,
} from '@gep/accounting';
import { Fraction, type Bilingual, type Fen } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { moneyUnits, partThousands, showUnit, showYuan } from '../figures';
import type { Names } from '../render-account';
import { renderTable } from '../text-table';

const words = {
  service: { zh: '服务', en: 'Service' },
  unit: { zh: '单位', en: 'Unit' },
  imports: { zh: '进口', en: 'Imports' },
  total: { zh: '合计', en: 'Total' },
  whole: { zh: '全域', en: 'whole territory' },
  unused: { zh: '未使用潜力', en: 'Unused potential' },
} satisfies Record<string, Bilingual>;

const titles = {
  moneySupply: { zh: '价值供给表', en: 'Supply in money' },
  moneyUse: { zh: '价值使用表', en: 'Use in money' },
  supply: { zh: '实物供给表', en: 'Supply in quantities' },
  use: { zh: '实物使用表', en: 'Use in quantities' },
} satisfies Record<string, Bilingual>;

const users: Readonly<Record<string, Bilingual>> = {
  [intermediateUse]: { zh: '中间使用', en: 'Intermediate use' },
  [unassignedUse]: { zh: '未指明使用者', en: 'Unassigned' },
  [exportUse]: { zh: '出口', en: 'Exports' },
  residents: { zh: '居民', en: 'Residents' },
  enterprises: { zh: '企业', en: 'Enterprises' },
  farmers: { zh: '农户', en: 'Farmers' },
  government: { zh: '政府', en: 'Government' },
  local: { zh: '本地', en: 'local' },
  basin: { zh: '流域', en: 'basin' },
  region: { zh: '区域', en: 'region' },
  global: { zh: '全球', en: 'global' },
};

/** `farmers-local` as `农户·本地`. */
export const userName = (user: string, language: Language): string =>
  user
    .split('-')
    .map((word) => users[word]?.[language] ?? word)
    .join('·');

export function renderSupplyUse(tables: SupplyUseTables, names: Names, language: Language): string {
  const { territory, period, norm, rows, total } = tables;
  const money = `${territory} · ${period} · ${norm.id} · ${moneyUnits.yuan[language]}`;
  const typeName = (code: string): string => (code === unassignedType ? words.whole[language] : names(code));
  const supplyTitle = (title: Bilingual, table: string): string => `${title[language]}\n${table}`;
  return [
    money,
    supplyTitle(titles.moneySupply, moneyTable(tables, 'supply', typeName, names, language)),
    supplyTitle(
      titles.moneyUse,
      moneyTable(tables, 'use', (user) => userName(user, language), names, language),
    ),
    supplyTitle(titles.supply, quantityTable(rows, 'supply', [...total.supply.keys()], typeName, names, language)),
    supplyTitle(
      titles.use,
      quantityTable(rows, 'use', [...total.use.keys()], (user) => userName(user, language), names, language),
    ),
    ...unassignedNote(tables, names, language),
  ].join('\n\n');
}

/** Says whom the norm leaves out: what nobody is named for is not the residents'. */
function unassignedNote({ rows, total, norm }: SupplyUseTables, names: Names, language: Language): string[] {
  const fen = total.use.get(unassignedUse);
  if (fen === undefined || fen === 0n) return [];
  const own = rows.filter(({ monetary }) => (monetary.use.get(unassignedUse) ?? 0n) !== 0n);
  const listed = [...new Set(own.map(({ service }) => names(service)))];
  const note: Bilingual = {
    zh: `规范 ${norm.id} 没有指明以下服务的受益者，列为“未指明使用者”，合计 ${showYuan(fen)} 元：${listed.join('、')}`,
    en: `The norm ${norm.id} names no beneficiaries of these services; they stand as "Unassigned", ${showYuan(fen)} yuan in all: ${listed.join(', ')}`,
  };
  return [note[language]];
}

const rowName = ({ service, item }: SupplyUseRow, names: Names): string =>
  item === null ? names(service) : `${names(service)} / ${names(item)}`;

function moneyTable(
  { rows, total }: SupplyUseTables,
  side: 'supply' | 'use',
  columnName: (code: string) => string,
  names: Names,
  language: Language,
): string {
  const codes = [...total[side].keys()];
  const imports = side === 'supply' && total.imports !== 0n;
  const cells = (name: string, row: SupplyUseRow['monetary']): string[] => [
    name,
    ...codes.map((code) => blankOr(row[side].get(code))),
    ...(imports ? [showYuan(row.imports)] : []),
    showYuan(row.total),
  ];
  return renderTable(
    [
      { heading: words.service[language] },
      ...[...codes.map(columnName), ...(imports ? [words.imports[language]] : []), words.total[language]].map(
        (heading) => ({ heading, numeric: true }),
      ),
    ],
    [...rows.map((row) => cells(rowName(row, names), row.monetary)), cells(words.total[language], total)],
  );
}

const blankOr = (fen: Fen | undefined): string => (fen === undefined ? '' : showYuan(fen));

function quantityTable(
  rows: readonly SupplyUseRow[],
  side: 'supply' | 'use',
  codes: readonly string[],
  columnName: (code: string) => string,
  names: Names,
  language: Language,
): string {
  const show = (quantity: Fraction | undefined): string =>
    quantity === undefined ? '' : partThousands(quantity.toDecimalText(9));
  const imports = side === 'supply' && rows.some(({ physical }) => physical.imports.numerator !== 0n);
  const unused = side === 'supply' && rows.some((row) => row.unused.numerator !== 0n);
  const columns = [
    ...codes.map(columnName),
    ...(imports ? [words.imports[language]] : []),
    words.total[language],
    ...(unused ? [words.unused[language]] : []),
  ];
  return renderTable(
    [
      { heading: words.service[language] },
      { heading: words.unit[language] },
      ...columns.map((heading) => ({ heading, numeric: 'point' as const })),
    ],
    rows.map((row) => [
      rowName(row, names),
      showUnit(row.unit, language),
      ...codes.map((code) => show(row.physical[side].get(code))),
      ...(imports ? [show(row.physical.imports)] : []),
      show(row.physical.total),
      ...(unused ? [show(row.unused)] : []),
    ]),
  );
}
