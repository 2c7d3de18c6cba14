/** T6 values by service with subtotals and shares, T7 service by ecosystem type, T8 service by part of the territory. */
import { type Bilingual, type Fen } from '@gep/kernel';
import { unassignedType, type AccountLine } from '../account/account';
import { evidenceOf } from '../account/evidence';
import { evidenceNotes } from './evidence-notes';
import { nameIn, servicesOf, typesOf, type ReportSource } from './report-source';
import {
  categoryNames,
  gradeNames,
  number,
  percent,
  shareOf,
  text,
  total,
  yuan,
  yuanOf,
  type ReportRow,
  type ReportTable,
} from './report-table';

export function valueTable(source: ReportSource): ReportTable {
  const { account } = source;
  const { totals } = account;
  return {
    id: 'T6',
    title: { zh: '价值量', en: 'Values by service' },
    columns: [
      text({ zh: '类别', en: 'Category' }),
      text({ zh: '指标', en: 'Group' }),
      text({ zh: '科目', en: 'Service' }),
      number({ zh: '价值量', en: 'Value' }, yuan),
      number({ zh: '占比', en: 'Share' }, percent),
      text({ zh: '证据等级', en: 'Evidence' }),
    ],
    rows: [
      ...valueRows(source),
      {
        cells: [
          total,
          null,
          null,
          yuanOf(totals.totalFen),
          shareOf(totals.totalFen, totals.totalFen),
          gradeNames[account.grade],
        ],
        level: 'total',
      },
    ],
    notes: [
      {
        zh: '占比各自四舍五入，相加可能不等于 100；金额精确到分，小计与合计逐分相等',
        en: 'Shares are rounded one by one and may not add up to 100; money is exact to the fen and adds up',
      },
      ...evidenceNotes(account),
    ],
  };
}

/** Services with a subtotal for each group of several and for each category. */
function valueRows({ norm, account }: ReportSource): ReportRow[] {
  const name = nameIn(norm);
  const { totals, lines } = account;
  const evidence = evidenceOf(lines);
  const gradeOf = (service: string) => gradeNames[evidence.byService[service]];
  return Object.entries(totals.byCategory).flatMap(([category, fen]): ReportRow[] => {
    const own = servicesOf(norm, [account]).filter((service) =>
      lines.some((line) => line.service === service && line.category === category),
    );
    const groups = [...new Set(own.map((service) => lines.find((line) => line.service === service)!.group))];
    return [
      ...groups.flatMap((group): ReportRow[] => {
        const inGroup = own.filter((service) => lines.some((line) => line.service === service && line.group === group));
        return [
          ...inGroup.map((service) => ({
            cells: [
              categoryNames[category],
              name(group),
              name(service),
              yuanOf(totals.byService[service]),
              shareOf(totals.byService[service], totals.totalFen),
              gradeOf(service),
            ],
          })),
          ...(inGroup.length < 2
            ? []
            : [
                subtotal(
                  [categoryNames[category], name(group), { zh: '小计', en: 'Subtotal' }],
                  totals.byGroup[group],
                  totals.totalFen,
                  gradeNames[evidence.byGroup[group]],
                ),
              ]),
        ];
      }),
      subtotal(
        [categoryNames[category], { zh: '小计', en: 'Subtotal' }, null],
        fen,
        totals.totalFen,
        gradeNames[evidence.byCategory[category]],
      ),
    ];
  });
}

function subtotal(names: ReportRow['cells'], fen: Fen, whole: Fen, grade: Bilingual): ReportRow {
  return { cells: [...names, yuanOf(fen), shareOf(fen, whole), grade], level: 'subtotal' };
}

export function crossTable({ norm, account }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const { totals, lines } = account;
  const whole = lines.some(({ type }) => type === null) ? [unassignedType] : [];
  const types = [...typesOf(norm, [account]), ...whole];
  const sum = (of: (line: AccountLine) => boolean): Fen =>
    lines.reduce<Fen>((fen, line) => (of(line) ? fen + line.valueFen : fen), 0n);
  return {
    id: 'T7',
    title: { zh: '各服务在各生态系统类型的价值量', en: 'Values by service and ecosystem type' },
    columns: [
      text({ zh: '科目', en: 'Service' }),
      ...types.map((type) => number(name(type), yuan)),
      number(total, yuan),
    ],
    rows: [
      ...servicesOf(norm, [account]).map((service) => ({
        cells: [
          name(service),
          ...types.map((type) =>
            yuanOf(sum((line) => line.service === service && (line.type ?? unassignedType) === type)),
          ),
          yuanOf(totals.byService[service]),
        ],
      })),
      {
        cells: [total, ...types.map((type) => yuanOf(totals.byType[type] ?? 0n)), yuanOf(totals.totalFen)],
        level: 'total',
      },
    ],
    notes: evidenceNotes(account, types.length > 0 ? { axis: 'byType', name } : undefined),
  };
}

export function partTable({ norm, account, parts }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const head = { id: 'T8', title: { zh: '各下级地域的价值量', en: 'Values by service and part of the territory' } };
  if (!parts || parts.length === 0)
    return {
      ...head,
      columns: [text({ zh: '科目', en: 'Service' })],
      rows: [],
      notes: [
        {
          zh: '本账户由观测直接算得，没有下级账户',
          en: 'This account was computed from observations: it has no parts',
        },
      ],
    };
  const services = servicesOf(norm, [account, ...parts]);
  const rest = (of: (one: Pick<typeof account, 'totals'>) => Fen): Fen =>
    of(account) - parts.reduce<Fen>((fen, part) => fen + of(part), 0n);
  const differs = services.some((service) => rest((one) => one.totals.byService[service] ?? 0n) !== 0n);
  const row = (of: (one: Pick<typeof account, 'totals'>) => Fen): string[] => [
    ...parts.map((part) => yuanOf(of(part))),
    ...(differs ? [yuanOf(rest(of))] : []),
    yuanOf(of(account)),
  ];
  return {
    ...head,
    columns: [
      text({ zh: '科目', en: 'Service' }),
      ...parts.map(({ territory }) => number({ zh: territory, en: territory }, yuan)),
      ...(differs ? [number({ zh: '区内流动扣减', en: 'Flows within the area' }, yuan)] : []),
      number(total, yuan),
    ],
    rows: [
      ...services.map((service) => ({ cells: [name(service), ...row((one) => one.totals.byService[service] ?? 0n)] })),
      { cells: [total, ...row((one) => one.totals.totalFen)], level: 'total' },
    ],
    notes: [...parts, account].flatMap((one) => evidenceNotes(one)),
  };
}
