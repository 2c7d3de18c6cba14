/** T1 areas by type, opening and closing; T2 the matrix of changes. */
import { Fraction } from '@gep/kernel';
import { outside } from '../extent/extent-account';
import { nameIn, typesOf, type ReportSource } from './report-source';
import { number, percent, text, total, type ReportCell, type ReportTable } from './report-table';
import { exactArea, fixed, sumExactly } from './shown-figures';
import { writtenUnit } from './written-unit';

export function areaTable({ norm, account, previous }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const accounts = previous ? [previous, account] : [account];
  const unit = writtenUnit(account.areaUnit);
  const wholes = accounts.map(({ areaByType }) => sumExactly(Object.values(areaByType).map(exactArea)));
  const areaOf = (type: string, at: number): Fraction => exactArea(accounts[at].areaByType[type] ?? 0);
  const row = (of: (at: number) => Fraction): ReportCell[] => {
    const areas = accounts.map((_, at) => of(at));
    const last = areas.length - 1;
    return [
      ...areas.map((area) => area.toExactText()),
      ...(previous ? [areas[1].minus(areas[0]).toExactText()] : []),
      wholes[last].numerator === 0n ? null : fixed(areas[last].times(hundred).dividedBy(wholes[last]), 2),
    ];
  };
  return {
    id: 'T1',
    title: { zh: '生态系统类型面积', en: 'Areas by ecosystem type' },
    columns: [
      text({ zh: '生态系统类型', en: 'Ecosystem type' }),
      text({ zh: 'HJ 1166 类别', en: 'Class of HJ 1166' }),
      ...accounts.map(({ period }) => number({ zh: `${period} 面积`, en: `Area ${period}` }, unit)),
      ...(previous ? [number({ zh: '变化', en: 'Change' }, unit)] : []),
      number({ zh: '占比', en: 'Share' }, percent),
    ],
    rows: [
      ...typesOf(norm, accounts).map((type) => ({
        cells: [
          name(type),
          norm.types.find(({ code }) => code === type)?.hj1166 ?? null,
          ...row((at) => areaOf(type, at)),
        ],
      })),
      { cells: [total, null, ...row((at) => wholes[at])], level: 'total' },
    ],
    notes: previous
      ? []
      : [{ zh: '没有上一期账户，仅列期末面积', en: 'There is no account of the period before: closing areas only' }],
  };
}

const hundred = Fraction.of(100n);

export function changeMatrix({ norm, account, extent }: ReportSource): ReportTable {
  const head = { id: 'T2', title: { zh: '生态系统类型转移矩阵', en: 'Matrix of changes between ecosystem types' } };
  const matrix = extent?.matrix;
  if (!extent || !matrix)
    return {
      ...head,
      columns: [text({ zh: '由 \\ 至', en: 'From \\ to' })],
      rows: [],
      notes: [
        {
          zh: '图斑不能在两期之间逐一对应，转移矩阵未知',
          en: 'Patches cannot be followed from one period to the other: the matrix is not known',
        },
      ],
    };
  const name = nameIn(norm);
  const beyond = { zh: '区外', en: 'Outside' };
  const named = (code: string) => (code === outside ? beyond : name(code));
  const to = [...new Set([...matrix.values()].flatMap((row) => [...row.keys()]))];
  const from = [...matrix.keys()];
  const ordered = [...typesOf(norm, [account]), ...to, ...from];
  const columns = [...new Set(ordered)].filter((code) => to.includes(code));
  const cell = (row: string, column: string): Fraction => matrix.get(row)?.get(column) ?? Fraction.zero;
  const show = (area: Fraction): string => area.toExactText();
  return {
    ...head,
    columns: [
      text({ zh: `由（${extent.from}）\\ 至（${extent.to}）`, en: `From (${extent.from}) \\ to (${extent.to})` }),
      ...columns.map((code) => number(named(code), writtenUnit(extent.unit))),
      number({ zh: '期初合计', en: 'Opening' }, writtenUnit(extent.unit)),
    ],
    rows: [
      ...from.map((row) => ({
        cells: [
          named(row),
          ...columns.map((column) => show(cell(row, column))),
          show(sumExactly(columns.map((column) => cell(row, column)))),
        ],
      })),
      {
        cells: [
          { zh: '期末合计', en: 'Closing' },
          ...columns.map((column) => show(sumExactly(from.map((row) => cell(row, column))))),
          show(sumExactly(from.flatMap((row) => columns.map((column) => cell(row, column))))),
        ],
        level: 'total' as const,
      },
    ],
    notes: [],
  };
}
