/** Tables of a term pack on targets, incidents and the use of money. */
import type { ReportTable } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { numberColumn, textColumn, yuan, yuanOf } from './pack-columns';
import type { TermReport } from '../term-report';

export function moneyTables(report: TermReport): ReportTable[] {
  return [targetTable(report), incidentTable(report), settledTable(report), sourceTable(report)];
}

function targetTable({ targets }: TermReport): ReportTable {
  return {
    ...{ id: 'A8', title: { zh: '目标完成情况', en: 'Targets' } },
    columns: [
      ...[textColumn('年份', 'Year'), textColumn('计划', 'Plan'), textColumn('指标', 'Indicator')],
      textColumn('单位', 'Unit'),
      ...[numberColumn({ zh: '当年目标', en: 'milestone' }), numberColumn({ zh: '实际', en: 'actual' })],
      ...[numberColumn({ zh: '完成度（%）', en: 'attainment (%)' }), textColumn('规范版次', 'Norm edition')],
    ],
    rows: targets.map(({ year, plan, indicator, unit, milestoneFen, actualFen, attainmentShown, normEdition }) => ({
      cells: [
        ...[
          year,
          plan,
          indicator,
          unitNames[unit] ?? unit,
          yuanOf(milestoneFen),
          actualFen === null ? null : yuanOf(actualFen),
        ],
        ...[attainmentShown, normEdition?.slice(0, 12) ?? null],
      ],
    })),
    notes: noteOf(targets.length, { zh: '任期内没有目标计划。', en: 'No plan of targets covers the term.' }),
  };
}

const unitNames: Readonly<Record<string, Bilingual>> = {
  yuan,
  'yuan/hm2': { zh: '元/公顷', en: 'yuan/hm2' },
};

const kindNames = {
  'major-incident': { zh: '重大事件', en: 'major incident' },
  'proven-falsification': { zh: '查实的数据造假', en: 'proven falsification' },
} as const;

function incidentTable({ incidents }: TermReport): ReportTable {
  return {
    ...{ id: 'A9', title: { zh: '重大事件', en: 'Major incidents' } },
    columns: [
      ...[textColumn('发生日', 'Happened on'), textColumn('认定日', 'Found on'), textColumn('种类', 'Kind')],
      ...[textColumn('认定机关', 'Authority'), textColumn('文件', 'Document'), textColumn('认定', 'Finding')],
    ],
    rows: incidents.map(({ happenedOn, foundOn, kind, authority, documentName, finding }) => ({
      cells: [happenedOn, foundOn, kindNames[kind], authority, documentName, finding],
    })),
    notes: noteOf(incidents.length, { zh: '任期内没有登记的重大事件。', en: 'None is recorded in the term.' }),
  };
}

function settledTable({ funds }: TermReport): ReportTable {
  const { settled, settledTotals, asOf } = funds;
  const money = ['entitledFen', 'paidFen', 'clawedFen', 'recoveredFen'] as const;
  return {
    ...{ id: 'A10', title: { zh: '任期内结算的资金', en: 'Money settled in the term' } },
    columns: [
      ...[textColumn('时期', 'Period'), textColumn('结算', 'Settlement'), textColumn('资金', 'Fund')],
      textColumn('当事方', 'Party'),
      ...[numberColumn({ zh: '应得', en: 'entitled' }, yuan), numberColumn({ zh: '已付', en: 'paid' }, yuan)],
      ...[
        numberColumn({ zh: '应追回', en: 'to recover' }, yuan),
        numberColumn({ zh: '已追回', en: 'recovered' }, yuan),
      ],
    ],
    rows: [
      ...settled.map((part) => ({
        cells: [part.period, part.code, part.fund, part.party, ...money.map((key) => yuanOf(part[key]))],
      })),
      ...(settled.length > 0
        ? [
            {
              cells: [{ zh: '合计', en: 'Total' }, null, null, null, ...money.map((key) => yuanOf(settledTotals[key]))],
              level: 'total' as const,
            },
          ]
        : []),
    ],
    notes: [{ zh: `截至 ${asOf}。`, en: `As of ${asOf}.` }],
  };
}

function sourceTable({ funds }: TermReport): ReportTable {
  const yes: Bilingual = { zh: '是', en: 'yes' };
  return {
    ...{ id: 'A11', title: { zh: '本地资金的来源与使用', en: 'Funds of the territory' } },
    columns: [
      ...[textColumn('资金', 'Fund'), textColumn('来源', 'Source'), textColumn('预算年度', 'Budget year')],
      ...[numberColumn({ zh: '收到', en: 'received' }, yuan), numberColumn({ zh: '支付', en: 'paid' }, yuan)],
      ...[numberColumn({ zh: '预留', en: 'reserved' }, yuan), numberColumn({ zh: '可用', en: 'available' }, yuan)],
      textColumn('是否结余资金', 'Surplus or not'),
    ],
    rows: funds.sources.map((each) => ({
      cells: [
        ...[each.name, each.source, String(each.budgetYear), yuanOf(each.receivedFen), yuanOf(each.paidFen)],
        ...[yuanOf(each.reservedFen), yuanOf(each.availableFen), each.isSurplus ? yes : null],
      ],
    })),
    notes: noteOf(funds.sources.length, { zh: '该地域没有设立资金。', en: 'The territory keeps no fund.' }),
  };
}

const noteOf = (found: number, note: Bilingual): Bilingual[] => (found === 0 ? [note] : []);
