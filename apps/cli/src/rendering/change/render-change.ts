/** The change between two accounts as text: what it comes from, by service, type and territory. */
import {
  changeEffects,
  sumOfEffects,
  unassignedType,
  type ChangeDecomposition,
  type ChangeEffect,
  type ChangeRow,
  type EffectFen,
  type PayableIncrement,
} from '@gep/accounting';
import { formatYuan, type Bilingual, type EvidenceGrade, type Fen } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { moneyUnits, partThousands, showWanYuan } from '../figures';
import { gradeNames, type Names } from '../render-account';
import { renderTable } from '../text-table';

const effectNames: Record<ChangeEffect, Bilingual> = {
  area: { zh: '面积', en: 'Area' },
  condition: { zh: '状况', en: 'Condition' },
  weather: { zh: '天气', en: 'Weather' },
  supply: { zh: '单位面积供给', en: 'Supply per ha' },
  use: { zh: '利用', en: 'Use' },
  price: { zh: '价格', en: 'Price' },
  gamma: { zh: 'γ', en: 'γ' },
  norm: { zh: '规范', en: 'Norm' },
  boundary: { zh: '边界', en: 'Boundary' },
};

const words = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  territory: { zh: '地域', en: 'Territory' },
  change: { zh: '变化', en: 'Change' },
  total: { zh: '合计', en: 'Total' },
  grade: { zh: '证据等级', en: 'Evidence' },
  whole: { zh: '全域', en: 'whole territory' },
  takenBack: { zh: '扣回已申报流量的重复计算', en: 'taken back by declared flows' },
  then: { zh: '前期', en: 'before:' },
  now: { zh: '现为', en: 'now' },
  moved: { zh: '边界有变，其影响列于“边界”', en: 'boundary changed; what that did is under Boundary' },
  left: { zh: '未分解余额（分）', en: 'Left without an effect (fen)' },
  payable: { zh: '计入支付的增量', en: 'Payable increment' },
  implied: {
    zh: '行由不同单价汇总而成，其价格效应按单位价值计',
    en: 'lines are added up from different prices; their price effect is that of the value of one unit',
  },
} satisfies Record<string, Bilingual>;

/** Effects that are nothing everywhere have no column; every row sums to its change. */
export function renderChange(
  change: ChangeDecomposition,
  payable: PayableIncrement | undefined,
  rows: readonly ChangeRow[],
  names: Names,
  language: Language,
): string {
  const unit = moneyUnits.wanYuan[language];
  const shown = changeEffects.filter((effect) => change.lines.some(({ effects }) => effects[effect] !== 0n));
  const row = (name: string, effects: EffectFen, grade: EvidenceGrade | undefined): string[] => [
    name,
    ...shown.map((effect) => showWanYuan(effects[effect])),
    showWanYuan(sumOfEffects(effects)),
    grade === undefined ? '' : gradeNames[grade][language],
  ];
  type Grades = Readonly<Record<string, EvidenceGrade>>;
  const { evidence } = change;
  const table = (heading: string, cut: Readonly<Record<string, EffectFen>>, nameOf: Names, grades: Grades): string =>
    renderTable(
      [
        { heading: `${heading} (${unit})` },
        ...shown.map((effect) => ({ heading: effectNames[effect][language], numeric: true })),
        { heading: words.change[language], numeric: true },
        { heading: words.grade[language] },
      ],
      [
        ...Object.entries(cut).map(([code, effects]) => row(nameOf(code), effects, grades[code])),
        row(words.total[language], change.effects, evidence.total),
      ],
    );
  const { before, after, beforeFen, afterFen, changeFen } = change;
  const norm = before.norm.id === after.norm.id ? after.norm.id : `${before.norm.id} → ${after.norm.id}`;
  const typeName: Names = (code) => (code === unassignedType ? words.whole[language] : names(code));
  const implied = change.lines.filter((line) => line.implied).length;
  return [
    [
      `${after.territory} · ${before.period} → ${after.period} · ${norm}`,
      `GEP: ${showYuan(beforeFen, language)} → ${showYuan(afterFen, language)}`,
    ].join('\n'),
    table(words.service[language], change.byService, names, evidence.byService),
    table(words.type[language], change.byType, typeName, evidence.byType),
    ...(Object.keys(change.byTerritory).length > 1
      ? [table(words.territory[language], change.byTerritory, (code) => nameOfRow(code, rows, language), {})]
      : []),
    ...(payable ? [renderPayable(payable, language)] : []),
    [
      ...(rows.some(({ kind }) => kind === 'moved') && Object.keys(change.byTerritory).length === 1
        ? [nameOfRow(after.territory, rows, language)]
        : []),
      ...(implied > 0 ? [`${implied} ${words.implied[language]}`] : []),
      `${words.left[language]}: ${changeFen - sumOfEffects(change.effects)}`,
    ].join('\n'),
  ].join('\n\n');
}

/** The code, with what the row stands for where that is not the territory as it is. */
function nameOfRow(code: string, rows: readonly ChangeRow[], language: Language): string {
  const row = rows.find(({ territory }) => territory === code);
  const said = (text: string): string => (language === 'zh' ? `${code}（${text}）` : `${code} (${text})`);
  if (!row) return code;
  if (row.kind === 'takenBack') return said(words.takenBack[language]);
  if (row.kind === 'moved') return said(words.moved[language]);
  const then = row.before.join() === code ? [] : [`${words.then[language]} ${row.before.join(' + ')}`];
  const now = row.after.join() === code ? [] : [`${words.now[language]} ${row.after.join(' + ')}`];
  return said([...then, ...now].join(', '));
}

function renderPayable({ effects, fen }: PayableIncrement, language: Language): string {
  const named = effects.map((effect) => effectNames[effect][language]).join(' + ');
  return `${words.payable[language]} (${named}): ${showYuan(fen, language)}`;
}

const showYuan = (fen: Fen, language: Language): string =>
  `${partThousands(formatYuan(fen))} ${moneyUnits.yuan[language]}`;
