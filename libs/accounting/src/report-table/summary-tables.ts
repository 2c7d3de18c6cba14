/** T12 indicators, T13 what is shown beside the total and never in it, T14 who signed. */
import { Fraction, roundToFen, sumFen, sumInOrder, unitValue, type Bilingual } from '@gep/kernel';
import { evidenceNotes } from './evidence-notes';
import { worthOfLine } from './worth-of-line';
import { nameIn, type ReportSource } from './report-source';
import { categoryNames, percent, shareOf, text, yuan, yuanOf, type ReportRow, type ReportTable } from './report-table';
import { exactArea, fixed, quantityRule, shownQuantity, sumExactly } from './shown-figures';
import { writtenUnit } from './written-unit';

export function indicatorTable({ norm, account, previous, people, gdpYuan }: ReportSource): ReportTable {
  const { totals, areaUnit } = account;
  const yuanTotal = Fraction.of(totals.totalFen, 100n);
  const area = sumExactly(Object.values(account.areaByType).map(exactArea));
  const row = (what: Bilingual, value: string | null, unit: Bilingual): ReportRow => ({ cells: [what, value, unit] });
  const per = (count: string | undefined): string | null => {
    const divisor = count === undefined ? undefined : Fraction.parse(count);
    return !divisor || divisor.numerator <= 0n ? null : fixed(yuanTotal.dividedBy(divisor), 2);
  };
  const cultural = (totals.byCategory['provisioning'] ?? 0n) + (totals.byCategory['cultural'] ?? 0n);
  const growth = previous && previous.totals.totalFen > 0n;
  return {
    id: 'T12',
    title: { zh: '指标', en: 'Indicators' },
    columns: [
      text({ zh: '指标', en: 'Indicator' }),
      text({ zh: '数值', en: 'Figure' }),
      text({ zh: '单位', en: 'Unit' }),
    ],
    rows: [
      row({ zh: 'GEP', en: 'GEP' }, yuanOf(totals.totalFen), yuan),
      row(
        { zh: '单位面积 GEP', en: 'GEP per area' },
        area.numerator === 0n ? null : fixed(yuanTotal.dividedBy(area), 2),
        writtenUnit(`yuan/${areaUnit}`),
      ),
      row({ zh: '人均 GEP', en: 'GEP per head' }, per(people), yuan),
      row({ zh: '绿金指数 GEP/GDP', en: 'Green-gold index GEP/GDP' }, per(gdpYuan), writtenUnit('1')),
      row(
        { zh: '（物质供给 + 文化服务）占 GEP', en: '(Provisioning + cultural) of GEP' },
        shareOf(cultural, totals.totalFen),
        percent,
      ),
      ...Object.entries(totals.byCategory).map(([category, fen]) => {
        const { zh, en } = categoryNames[category] ?? { zh: category, en: category };
        return row({ zh: `${zh}占 GEP`, en: `${en} of GEP` }, shareOf(fen, totals.totalFen), percent);
      }),
      row(
        previous
          ? { zh: `现价增长率（比 ${previous.period}）`, en: `Growth at current prices since ${previous.period}` }
          : { zh: '现价增长率', en: 'Growth at current prices' },
        growth ? shareOf(totals.totalFen - previous.totals.totalFen, previous.totals.totalFen) : null,
        percent,
      ),
    ],
    notes: [
      ...evidenceNotes(account),
      {
        zh: `GEP 与 GDP 并列，不相加（规范 ${norm.id}）`,
        en: `GEP stands beside GDP; the two are never added (norm ${norm.id})`,
      },
      ...(people === undefined || gdpYuan === undefined
        ? [{ zh: '人口或 GDP 未给出的指标空缺', en: 'Indicators are empty where people or GDP were not given' }]
        : []),
    ],
  };
}

export function excludedTable(source: ReportSource): ReportTable {
  const { norm } = source;
  return {
    id: 'T13',
    title: { zh: '不计入总值的项目', en: 'Beside the total, never in it' },
    columns: [
      text({ zh: '性质', en: 'Kind' }),
      text({ zh: '科目', en: 'Service' }),
      text({ zh: '生态系统类型', en: 'Ecosystem type' }),
      text({ zh: '数量', en: 'Quantity' }),
      text({ zh: '单位', en: 'Unit' }),
      text({ zh: '按同一单价的价值（元）', en: 'Worth at the same price (yuan)' }),
      text({ zh: '理由', en: 'Reason' }),
    ],
    rows: [
      ...norm.excluded.map(({ definition, reason }) => ({
        cells: [
          definition.abiotic ? { zh: '非生物', en: 'Abiotic' } : { zh: '规范开关关闭', en: 'Switched off by the norm' },
          definition.name,
          null,
          null,
          null,
          null,
          reason,
        ],
      })),
      ...unusedPotential(source),
    ],
    notes: [...intermediateNotes(source), quantityRule],
  };
}

/** Which services of the total serve others in the terms of SEEA EA: they stand in it, because the norm counts them. */
function intermediateNotes({ norm, account: { totals } }: ReportSource): Bilingual[] {
  const own = norm.services.filter(({ code, intermediate }) => intermediate && code in totals.byService);
  if (own.length === 0) return [];
  const finalFen = totals.totalFen - sumFen(own.map(({ code }) => totals.byService[code]));
  const listed = (language: keyof Bilingual): string[] =>
    own.map(({ code, name }) => `${name[language]} ${yuanOf(totals.byService[code])}`);
  return [
    {
      zh: `SEEA EA 视为中间服务、而规范 ${norm.id} 计入总值的（元）：${listed('zh').join('、')}；最终服务合计 ${yuanOf(finalFen)} 元`,
      en: `Intermediate in SEEA EA, but in the total by the norm ${norm.id} (yuan): ${listed('en').join(', ')}; final services alone come to ${yuanOf(finalFen)} yuan`,
    },
  ];
}

/** What is supplied beyond what is counted, line by line. */
function unusedPotential({ norm, account }: ReportSource): ReportRow[] {
  const name = nameIn(norm);
  return account.lines.flatMap((line): ReportRow[] => {
    if (line.supplied === null || line.supplied === line.quantity) return [];
    const unused = sumInOrder([line.supplied, -line.quantity]);
    const worth = worthOfLine(line, norm);
    return [
      {
        cells: [
          { zh: '未利用潜力或区外来量', en: 'Unused potential or imports' },
          name(line.service),
          line.type === null ? null : name(line.type),
          shownQuantity(unused),
          writtenUnit(line.unit),
          worth ? yuanOf(roundToFen(unused, unitValue(worth))) : null,
          { zh: '供给大于利用', en: 'more is supplied than used' },
        ],
      },
    ];
  });
}

export function signatureTable({ account, signatures = [] }: ReportSource): ReportTable {
  return {
    id: 'T14',
    title: { zh: '签署', en: 'Sign-off' },
    columns: [
      text({ zh: '步骤', en: 'Step' }),
      text({ zh: '其后状态', en: 'State afterwards' }),
      text({ zh: '经办人', en: 'By' }),
      text({ zh: '时间', en: 'At' }),
      text({ zh: '说明', en: 'Reason' }),
    ],
    rows: signatures.map(({ act, state, by, at, reason }) => ({ cells: [act, state, by, at, reason] })),
    notes: [
      ...(signatures.length === 0 ? [{ zh: '尚未提交评审', en: 'Not yet submitted for review' }] : []),
      { zh: `账户指纹 ${account.digest}`, en: `Digest of the account ${account.digest}` },
    ],
  };
}
