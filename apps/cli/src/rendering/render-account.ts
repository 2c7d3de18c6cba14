/** An account as text: its lines by service and ecosystem type, and its totals. */
import { evidenceOf, unassignedType, type Account, type AccountLine, type TotalsEvidence } from '@gep/accounting';
import { sumFen, sumInOrder, type Bilingual, type EvidenceGrade, type Fen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Language } from '../terminal/language';
import { formatQuantity, moneyUnits, showDecimal, showSigned, showUnit, showWanYuan, showYuan } from './figures';
import { renderTable, type TableColumn } from './text-table';

/**
 * Names of the norm for the codes of an account; a code that the norm does not have stays a code. A service, a type and a
 * product may share a code: without a kind, a service goes before a group, a type and a product.
 */
export type Names = (code: string, kind?: 'type' | 'item') => string;

/** The names that a norm gives its services, groups, types and products. */
export function namesOf(norm: NormEdition, language: Language): Names {
  const namesIn = (entries: readonly { readonly code: string; readonly name: Bilingual }[]): Map<string, string> =>
    new Map(entries.map(({ code, name }) => [code, name[language]]));
  const any = namesIn([...norm.products, ...norm.types, ...norm.groups, ...norm.services]);
  const ofKind = { type: namesIn(norm.types), item: namesIn(norm.products) };
  return (code, kind) => (kind && ofKind[kind].get(code)) ?? any.get(code) ?? code;
}

const words = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  quantity: { zh: '实物量', en: 'Quantity' },
  unit: { zh: '单位', en: 'Unit' },
  price: { zh: '单价', en: 'Price' },
  priceUnit: { zh: '单价单位', en: 'Price unit' },
  gamma: { zh: 'γ', en: 'γ' },
  supplied: { zh: '供给量', en: 'Supplied' },
  value: { zh: '价值量（元）', en: 'Value (yuan)' },
  grade: { zh: '证据等级', en: 'Evidence' },
  category: { zh: '类别', en: 'Category' },
  wanYuan: { zh: '价值量（万元）', en: 'Value (10⁴ yuan)' },
  area: { zh: '面积', en: 'Area' },
  total: { zh: '合计', en: 'Total' },
  whole: { zh: '全域', en: 'whole territory' },
  various: { zh: '不一', en: 'various' },
  lines: { zh: '行数', en: 'Lines' },
  share: { zh: '占比（%）', en: 'Share (%)' },
  takenBack: { zh: '区内流动扣减', en: 'taken back, flow' },
  incomplete: { zh: '不完整：', en: 'Incomplete: ' },
} satisfies Record<string, Bilingual>;

export const categoryNames: Record<string, Bilingual> = {
  provisioning: { zh: '物质供给', en: 'Provisioning' },
  regulating: { zh: '调节服务', en: 'Regulating' },
  cultural: { zh: '文化服务', en: 'Cultural' },
};

export const gradeNames: Record<EvidenceGrade, Bilingual> = {
  published: { zh: '刊载', en: 'published' },
  reported: { zh: '上报', en: 'reported' },
  solved: { zh: '反推', en: 'solved' },
  unverified: { zh: '未核实', en: 'unverified' },
};

/** The whole account: one table of lines, then what it comes to by type, by category and by the evidence behind it. */
export function renderAccount(account: Account, names: Names, language: Language): string {
  const { totalFen } = account.totals;
  const heading = `${account.territory} · ${account.period} · ${account.norm.id} @ ${account.norm.edition.slice(0, 12)}`;
  const { yuan, wanYuan } = moneyUnits;
  const evidence = evidenceOf(account.lines);
  const total = `${words.total[language]} GEP: ${showWanYuan(totalFen)} ${wanYuan[language]} (${showYuan(totalFen)} ${yuan[language]}) · ${gradeNames[evidence.total][language]}`;
  return [
    heading,
    renderLines(account.lines, names, language),
    renderTypes(account, evidence, names, language),
    renderCategories(account, evidence, language),
    renderGrades(account, language),
    [total, ...renderGaps(account, language), ...renderDays(account, language)].join('\n'),
  ].join('\n\n');
}

/** What an account lacks, one line each; none when it is complete. */
function renderGaps(
  { coverage: { present, expected, complete, refusedRows = 0 } }: Account,
  language: Language,
): string[] {
  const lacks: Bilingual[] = [
    ...(present < expected
      ? [
          {
            zh: `应有 ${expected} 个下级，只有 ${present} 个`,
            en: `${present} of ${expected} territories below are in it`,
          },
        ]
      : []),
    ...(refusedRows > 0
      ? [
          {
            zh: `有 ${refusedRows} 行观测在导入时被拒绝`,
            en: `${refusedRows} ${refusedRows === 1 ? 'row' : 'rows'} of its observations ${refusedRows === 1 ? 'was' : 'were'} refused at import`,
          },
        ]
      : []),
  ];
  if (complete) return [];
  const unnamed = { zh: '某个下级账户不完整', en: 'an account below is incomplete' };
  return (lacks.length > 0 ? lacks : [unnamed]).map((lack) => `${words.incomplete[language]}${lack[language]}`);
}

/** Daily series that were summed although some days have no value. */
function renderDays({ baseSums }: Account, language: Language): string[] {
  return (baseSums?.dayGaps ?? []).map(({ series, days, missing }) => {
    const gap: Bilingual = {
      zh: `逐日序列 ${series} 在 ${days} 天中缺 ${missing} 天`,
      en: `The daily series ${series} lacks ${missing} of ${days} days`,
    };
    return gap[language];
  });
}

function renderLines(lines: readonly AccountLine[], names: Names, language: Language): string {
  const isBounded = lines.some(({ supplied }) => supplied !== null);
  const columns: TableColumn[] = [
    { heading: words.service[language] },
    { heading: words.type[language] },
    { heading: words.quantity[language], numeric: 'point' },
    ...(isBounded ? [{ heading: words.supplied[language], numeric: 'point' } as const] : []),
    { heading: words.unit[language] },
    { heading: words.price[language], numeric: 'point' },
    { heading: words.priceUnit[language] },
    { heading: words.gamma[language], numeric: true },
    { heading: words.value[language], numeric: true },
    { heading: words.grade[language] },
  ];
  const rows = lines.map((line) => [
    [names(line.service), ...(line.item === null ? [] : [names(line.item, 'item')]), ...flowName(line, language)].join(
      ' / ',
    ),
    line.type === null ? words.whole[language] : names(line.type, 'type'),
    formatQuantity(line.quantity),
    ...(isBounded ? [formatQuantity(line.supplied ?? line.quantity)] : []),
    showUnit(line.unit, language),
    line.price === null ? words.various[language] : showDecimal(line.price),
    showUnit(line.priceUnit, language),
    line.gamma === null ? words.various[language] : showDecimal(line.gamma),
    showYuan(line.valueFen),
    gradeNames[line.grade][language],
  ]);
  return renderTable(columns, rows);
}

/** A line that takes something back says by which declaration. */
const flowName = ({ flow }: AccountLine, language: Language): string[] =>
  flow === undefined ? [] : [`${words.takenBack[language]} ${flow.slice(0, 8)}`];

function renderTypes(account: Account, evidence: TotalsEvidence, names: Names, language: Language): string {
  const codes = [...new Set([...Object.keys(account.areaByType), ...Object.keys(account.totals.byType)])];
  const rows = codes.map((code) => [
    code === unassignedType ? words.whole[language] : names(code, 'type'),
    code in account.areaByType ? formatQuantity(account.areaByType[code]) : '',
    showWanYuan(account.totals.byType[code] ?? 0n),
    code in evidence.byType ? gradeNames[evidence.byType[code]][language] : '',
  ]);
  const area = formatQuantity(sumInOrder(Object.values(account.areaByType)));
  return renderTable(
    [
      { heading: words.type[language] },
      { heading: headed(words.area[language], showUnit(account.areaUnit, language), language), numeric: 'point' },
      { heading: words.wanYuan[language], numeric: true },
      { heading: words.grade[language] },
    ],
    [
      ...rows,
      [words.total[language], area, showWanYuan(account.totals.totalFen), gradeNames[evidence.total][language]],
    ],
  );
}

const headed = (word: string, unit: string, language: Language): string =>
  language === 'zh' ? `${word}（${unit}）` : `${word} (${unit})`;

function renderCategories({ totals }: Account, evidence: TotalsEvidence, language: Language): string {
  const rows = Object.entries(totals.byCategory).map(([code, fen]) => [
    categoryNames[code]?.[language] ?? code,
    showWanYuan(fen),
    shareOf(fen, totals.totalFen),
    gradeNames[evidence.byCategory[code]][language],
  ]);
  const whole = [showWanYuan(totals.totalFen), shareOf(totals.totalFen, totals.totalFen)];
  return renderTable(
    [
      { heading: words.category[language] },
      { heading: words.wanYuan[language], numeric: true },
      { heading: words.share[language], numeric: true },
      { heading: words.grade[language] },
    ],
    [...rows, [words.total[language], ...whole, gradeNames[evidence.total][language]]],
  );
}

/** How much of the total rests on what: the grade of a line is that of the weakest value behind it. */
function renderGrades({ lines, totals }: Account, language: Language): string {
  const rows = (Object.keys(gradeNames) as EvidenceGrade[]).flatMap((grade) => {
    const own = lines.filter((line) => line.grade === grade);
    const fen = sumFen(own.map(({ valueFen }) => valueFen));
    const cells = [gradeNames[grade][language], String(own.length), showWanYuan(fen), shareOf(fen, totals.totalFen)];
    return own.length === 0 ? [] : [cells];
  });
  return renderTable(
    [
      { heading: words.grade[language] },
      { heading: words.lines[language], numeric: true },
      { heading: words.wanYuan[language], numeric: true },
      { heading: words.share[language], numeric: true },
    ],
    rows,
  );
}

/** A share in per cent, for people; nothing of nothing has none. */
const shareOf = (part: Fen, whole: Fen): string =>
  whole === 0n ? '' : showSigned((Number(part) / Number(whole)) * 100, 2).replace('+', '');
