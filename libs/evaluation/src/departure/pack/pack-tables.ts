/** The tables of a term pack, which its workbook and its PDF show alike. */
import type { AccountReport, ReportCell, ReportTable } from '@gep/accounting';
import { digestOfValue, type Bilingual } from '@gep/kernel';
import { sharesOf } from '../attribution';
import { departureSteps } from '../departure-steps';
import { grouped, numberColumn, textColumn, yuan, yuanOf } from './pack-columns';
import { moneyTables } from './pack-money-tables';
import { stockParts } from '../term-change';
import { nameOfPart, termParts, undeclaredShare } from '../term-parts';
import type { ReportedFlow, ReportedStock, TermPack, TermReport } from '../term-report';
import { nameOfVerdict } from '../verdict';

/** The same pack gives the same tables. */
export function packTables(pack: TermPack): AccountReport {
  const { report } = pack;
  const { departure, norm } = report;
  const { territory, territoryName, appointedOn, departedOn } = departure;
  return {
    format: report.format,
    title: {
      zh: `${territoryName.zh} ${departure.office} 自然资源资产离任审计任期资料`,
      en: `Term pack of the departing audit of ${departure.office}, ${territoryName.en}`,
    },
    ...{ territory, territoryName, norm, period: `${appointedOn} – ${departedOn}` },
    accountDigest: pack.reportDigest ?? digestOfValue(report),
    tables: [
      overview(pack),
      flowTable(
        'A2',
        { zh: '各项服务的变化（不变价及各部分）', en: 'Change of each service, in parts' },
        pack,
        'services',
      ),
      flowTable('A3', { zh: '各类生态系统的变化', en: 'Change by ecosystem type, in parts' }, pack, 'types'),
      ...quantityTable(report),
      stockTable('A4', { zh: '面积的变化', en: 'Change of areas' }, report.areas.rows, {
        zh: report.areas.unit,
        en: report.areas.unit,
      }),
      ...(report.condition
        ? [stockTable('A5', { zh: '状况指数的变化', en: 'Change of condition indices' }, report.condition)]
        : []),
      segmentTable(pack),
      causeTable(pack),
      ...moneyTables(report),
      recordTable(pack),
    ],
  };
}

function overview({ report, reportDigest, state }: TermPack): ReportTable {
  const { departure, norm, ends, total, verdict, attributes } = report;
  const rows: [Bilingual, ReportCell][] = [
    [{ zh: '代码', en: 'Code' }, departure.code],
    [
      { zh: '地域', en: 'Territory' },
      {
        zh: `${departure.territory} ${departure.territoryName.zh}`,
        en: `${departure.territory} ${departure.territoryName.en}`,
      },
    ],
    [{ zh: '职务', en: 'Office' }, departure.office],
    [{ zh: '任职者（仅代码）', en: 'Holder (reference only)' }, departure.holder],
    [{ zh: '任期', en: 'Term' }, `${departure.appointedOn} – ${departure.departedOn}`],
    [{ zh: '委托机关', en: 'Commissioned by' }, departure.commissionedBy],
    [
      { zh: '核算规范', en: 'Norm' },
      { zh: `${norm.title.zh} ${norm.edition.slice(0, 12)}`, en: `${norm.title.en} ${norm.edition.slice(0, 12)}` },
    ],
    [{ zh: '任职端点', en: 'Appointment' }, endText(ends.appointment)],
    [{ zh: '离任端点', en: 'Departure' }, endText(ends.departure)],
    [{ zh: '据以区分天气的属性', en: 'Attributes that tell weather' }, attributes.weatherAttributes.join(', ') || none],
    [
      { zh: '据以区分状况的属性', en: 'Attributes that tell condition' },
      attributes.conditionAttributes.join(', ') || none,
    ],
    [{ zh: '变化合计（元）', en: 'Change in all (yuan)' }, grouped(yuanOf(total.changeFen))],
    [{ zh: '其中：人为原因（元）', en: 'of which human (yuan)' }, grouped(yuanOf(total.parts.human))],
    [{ zh: '其中：原因未述（元）', en: 'of which cause undeclared (yuan)' }, grouped(yuanOf(total.parts.undeclared))],
    [{ zh: '状态', en: 'State' }, departureSteps.nameOfState[state]],
    [{ zh: '报告摘要', en: 'Digest of the report' }, reportDigest ?? { zh: '草稿，未送达', en: 'draft, not sent' }],
    [{ zh: '评价', en: 'Verdict' }, verdict ? nameOfVerdict[verdict.level] : { zh: '尚未作出', en: 'none yet' }],
    ...(verdict ? [[{ zh: '评价理由', en: 'Reason of the verdict' }, verdict.reason] as [Bilingual, ReportCell]] : []),
  ];
  return {
    ...{ id: 'A1', title: { zh: '概览', en: 'Overview' } },
    columns: [textColumn('项目', 'Item'), textColumn('内容', 'What it is')],
    rows: rows.map(([name, cell]) => ({ cells: [name, cell] })),
    notes: verdict ? [verdict.note] : [],
  };
}

const none: Bilingual = {
  zh: '未指定，天气与状况的影响留在单位面积供给中',
  en: 'none named: it stays in supply per hectare',
};

const endText = ({ day, stock, divided, frozenAt }: TermPack['report']['ends']['appointment']): string =>
  [
    day,
    `${stock.period}: ${stock.digest.slice(0, 16)}`,
    ...(divided ? [`${divided.period}: ${divided.digest.slice(0, 16)}`] : []),
    `${frozenAt}`,
  ].join(' · ');

function flowTable(id: string, title: Bilingual, { report }: TermPack, cut: 'services' | 'types'): ReportTable {
  const cells = ({ startFen, parts, changeFen, constantFen, endFen }: ReportedFlow): string[] => [
    yuanOf(startFen),
    ...termParts.map((part) => yuanOf(parts[part])),
    ...[yuanOf(changeFen), yuanOf(constantFen), yuanOf(endFen)],
  ];
  return {
    ...{ id, title },
    columns: [
      cut === 'services' ? textColumn('服务', 'Service') : textColumn('生态系统类型', 'Ecosystem type'),
      numberColumn({ zh: '任职时', en: 'at appointment' }, yuan),
      ...termParts.map((part) => numberColumn(nameOfPart[part], yuan)),
      numberColumn({ zh: '变化', en: 'change' }, yuan),
      numberColumn({ zh: '不变价变化', en: 'change at constant prices' }, yuan),
      numberColumn({ zh: '离任时', en: 'at departure' }, yuan),
    ],
    rows: [
      ...report[cut].map((row) => ({ cells: [row.name, ...cells(row)] })),
      { cells: [{ zh: '合计', en: 'Total' }, ...cells(report.total)], level: 'total' as const },
    ],
    notes: [
      {
        zh: '任职时 + 各部分 = 离任时，逐分相等；不变价变化为变化减去价格部分。任职时、离任时为当日水平：年中任职或离任的，当年变化按天计到该日。',
        en: 'At appointment + the parts = at departure, to the fen; the change at constant prices is the change less its price part. Both are levels on the day: of a year that a day divides, the change up to that day by days.',
      },
    ],
  };
}

/** None in a report that was made before quantities were split. */
function quantityTable({ quantities }: TermReport): ReportTable[] {
  if (!quantities) return [];
  return [
    {
      ...{ id: 'A3a', title: { zh: '各项服务实物量的变化', en: 'Change of quantities of services' } },
      columns: [
        ...[textColumn('服务', 'Service'), textColumn('单位', 'Unit')],
        numberColumn({ zh: '任职时', en: 'at appointment' }),
        ...stockParts.map((part) => numberColumn(nameOfPart[part])),
        numberColumn({ zh: '变化', en: 'change' }),
        numberColumn({ zh: '离任时', en: 'at departure' }),
      ],
      rows: quantities.map(({ name, item, unit, opening, parts, change, closing }) => {
        const named = item === null ? name : { zh: `${name.zh}：${item}`, en: `${name.en}: ${item}` };
        return { cells: [named, unit, opening, ...stockParts.map((part) => parts[part]), change, closing] };
      }),
      notes: [
        {
          zh: '任职时 + 各部分 = 离任时，精确到百万分之一单位；不同单位不相加，实物量没有价格部分。',
          en: 'At appointment + the parts = at departure, to a millionth of the unit; nothing of another unit is added, and a quantity has no price part.',
        },
      ],
    },
  ];
}

function stockTable(
  id: string,
  title: Bilingual,
  rows: readonly (ReportedStock & { readonly name: Bilingual })[],
  unit?: Bilingual,
): ReportTable {
  return {
    ...{ id, title },
    columns: [
      textColumn('生态系统类型', 'Ecosystem type'),
      numberColumn({ zh: '期初', en: 'opening' }, unit),
      ...stockParts.map((part) => numberColumn(nameOfPart[part], unit)),
      numberColumn({ zh: '变化', en: 'change' }, unit),
      numberColumn({ zh: '期末', en: 'closing' }, unit),
    ],
    rows: rows.map(({ name, opening, parts, change, closing }) => ({
      cells: [name, opening, ...stockParts.map((part) => parts[part]), change, closing],
    })),
    notes: [
      {
        zh: '存量取端点之日以前最近的年末（可早于任期），不按天折算；数字逐位相等。',
        en: 'Stocks are those at the end of the last year before the day (which may be before the term), never put together by days; the figures close to the last digit.',
      },
    ],
  };
}

function segmentTable({ report }: TermPack): ReportTable {
  return {
    ...{ id: 'A6', title: { zh: '流量变化如何计入任期', en: 'How changes of flows are counted' } },
    columns: [
      ...[textColumn('自', 'From'), textColumn('至', 'To'), textColumn('计入天数', 'Days counted')],
      numberColumn({ zh: '全部变化', en: 'whole change' }, yuan),
      numberColumn({ zh: '计入任期', en: 'counted' }, yuan),
    ],
    rows: report.segments.map(({ before, after, share, changeFen, countedFen }) => ({
      cells: [before, after, `${share.to - share.from} / ${share.of}`, yuanOf(changeFen), yuanOf(countedFen)],
    })),
    notes: [
      {
        zh: '计入任期的数为逐行（服务、生态系统类型、效应）按天折算、取整到分后之和，与全部变化直接折算可差数分。',
        en: 'What is counted is the sum of lines (service, type, effect), each counted by days and rounded to fen: it may differ by some fen from the whole change counted by days.',
      },
    ],
  };
}

function causeTable({ report }: TermPack): ReportTable {
  const any: Bilingual = { zh: '全部', en: 'all' };
  return {
    ...{ id: 'A7', title: { zh: '认定的原因', en: 'Declared causes' } },
    columns: [
      ...[
        textColumn('序号', 'No.'),
        textColumn('效应', 'Effect'),
        textColumn('类型', 'Type'),
        textColumn('服务', 'Service'),
      ],
      ...(['natural', 'human', 'method', 'undeclared'] as const).map((part) => numberColumn(nameOfPart[part])),
      ...[textColumn('理由', 'Reason'), textColumn('依据文件', 'Document'), textColumn('认定人', 'Declared by')],
    ],
    rows: report.attributions.map((each) => ({
      cells: [
        ...[String(each.no), effectNames[each.effect], each.type ?? any, each.service ?? any],
        ...[each.natural, each.human, each.method, undeclaredShare(sharesOf(each)!).toExactText(), each.reason],
        ...[`${each.documentTitle} ${each.documentDigest.slice(0, 16)}`, each.declaredName],
      ],
    })),
    notes: [
      {
        zh: '未认定原因的面积、状况和单位面积供给变化列为“原因未述”，不作任何依据。',
        en: 'What areas, condition and supply per hectare changed by without a declared cause stands as undeclared and decides nothing.',
      },
    ],
  };
}

const effectNames = {
  area: { zh: '面积', en: 'area' },
  condition: { zh: '状况', en: 'condition' },
  supply: { zh: '单位面积供给', en: 'supply per hectare' },
} as const;

const recordNames = {
  finding: { zh: '问题', en: 'finding' },
  comment: { zh: '意见', en: 'comment' },
  rectification: { zh: '整改', en: 'rectification' },
  'follow-up': { zh: '后续', en: 'follow-up' },
} as const;

function recordTable({ report, records }: TermPack): ReportTable {
  return {
    ...{ id: 'A12', title: { zh: '问题、意见、整改与后续', en: 'Findings, comments, rectification, follow-up' } },
    columns: [
      ...[textColumn('种类', 'Kind'), textColumn('日期', 'Day'), textColumn('问题', 'Finding')],
      ...[textColumn('内容', 'What it says'), textColumn('登记人', 'Recorded by')],
    ],
    rows: [
      ...report.findings.map(({ code, text }) => ({ cells: [recordNames.finding, null, code, text, null] })),
      ...records.map(({ kind, notedOn, finding, statement, recordedName }) => ({
        cells: [recordNames[kind], notedOn, finding, statement, recordedName],
      })),
    ],
    notes: [],
  };
}
