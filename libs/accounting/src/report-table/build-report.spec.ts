/** Report tables of the mine study and of random accounts: sums, heads, and files that are the same bytes every time. */
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { digestOfValue, formatYuan, type Bilingual } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import { loadCase, loadNorm } from '@gep/rulebook';
import { computeAccount } from '../account/compute-account';
import type { ObservedPeriod } from '../account/observed-period';
import { anyCase, maize, normFrom, observedOf, sampleNormText, seed } from '../account/sample-norm.spec';
import { buildReport } from './build-report';
import { reportCsv } from './report-csv';
import type { AccountReport, ReportTable } from './report-table';
import type { ReportSource } from './report-source';
import { reportWorkbook } from './report-workbook';

let source: ReportSource;
let report: AccountReport;
const tableOf = (id: string, of = report): ReportTable => of.tables.find((table) => table.id === id)!;
const fen = (text: unknown): bigint => BigInt(String(text).replace('.', ''));

beforeAll(async () => {
  console.info(`build-report.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
  const { published, observations } = await loadCase('jinsha-mine', 'rulebook');
  const norm = await loadNorm(published.norm, 'rulebook');
  const { accepted } = await checkFile(observations, vocabularyOf(norm));
  const [previous, account] = accepted.map(({ territory, period, chunk, statistics }) => {
    const observed: ObservedPeriod = {
      territory,
      period,
      places: [territory],
      chunks: [chunk],
      statistics,
      digest: '',
    };
    return computeAccount(norm, observed);
  });
  source = { norm, account, previous, places: [account.territory] };
  report = buildReport(source);
});

it('has the fourteen tables, each with as many cells as columns', () => {
  expect(report.tables.map(({ id }) => id)).toEqual(Array.from({ length: 14 }, (_, at) => `T${at + 1}`));
  for (const { columns, rows } of report.tables)
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
});

it('says units in heads, and nothing but numbers in columns of numbers', () => {
  for (const { columns, rows } of report.tables)
    for (const { cells } of rows)
      cells.forEach((cell, at) => {
        if (columns[at].kind === 'number' && cell !== null) expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
      });
  expect(reportCsv(report, 'en', 'T1')).toContain('Area 2024 (hm²)');
  expect(reportCsv(report, 'zh', 'T6')).toContain('价值量（元）');
});

/** Values that stand in a column of a table, without its sums. */
const sumOf = ({ rows }: ReportTable, column: number): bigint =>
  rows.filter(({ level }) => level === undefined).reduce((sum, { cells }) => sum + fen(cells[column]), 0n);
const last = ({ rows }: ReportTable, column: number): bigint => fen(rows.at(-1)!.cells[column]);

it('adds up to the fen in every table of money, whatever the norm', () => {
  fc.assert(
    fc.property(anyCase, ({ text, rows }) => {
      const norm = normFrom(text);
      const account = computeAccount(norm, observedOf(rows));
      const made = buildReport({ norm, account, previous: account, places: [] });
      const [values, cross, change] = ['T6', 'T7', 'T9'].map((id) => tableOf(id, made));
      expect(sumOf(values, 3)).toBe(account.totals.totalFen);
      expect(last(values, 3)).toBe(account.totals.totalFen);
      cross.columns.slice(1).forEach((_, at) => expect(sumOf(cross, at + 1)).toBe(last(cross, at + 1)));
      for (const { cells } of cross.rows)
        expect(cells.slice(1, -1).reduce((sum, cell) => sum + fen(cell), 0n)).toBe(fen(cells.at(-1)));
      for (const column of [1, 2, 3, 5, 6]) expect(sumOf(change, column)).toBe(last(change, column));
      // Nothing changed: prices of the base give the same value again.
      for (const { cells } of change.rows) expect([cells[3], cells[5], cells[6]]).toEqual(['0.00', cells[1], cells[2]]);
    }),
    { seed, numRuns: 60 },
  );
});

it('counts growth at the prices of the base', () => {
  const crops = tableOf('T9').rows[0].cells;
  // 41.42 ha at 7474 yuan instead of 10253.
  expect(crops.slice(1)).toEqual([
    ...['7100.30', '424679.26', '417578.96', '5881.15'],
    ...['7100.30', '309573.08', '4260.00', '137.18'],
  ]);
});

it('compares with the year that it names: the latest with an account, and says that the one right before has none', () => {
  const gap = { zh: expect.any(String) as string, en: expect.stringMatching(/right before 2024 .* 2021$/) as string };
  expect(tableOf('T9').notes).toContainEqual(gap);
  const growth = tableOf('T12').rows.at(-1)!.cells[0];
  expect(growth).toMatchObject({ en: 'Growth at current prices since 2021' });
  const next = buildReport({ ...source, previous: { ...source.previous!, period: '2023' } });
  expect(tableOf('T9', next).notes).not.toContainEqual(gap);
});

it('has no comparable total where prices are in the money of several years, and says which', () => {
  const text = sampleNormText.replace('{ value: 2.4, from', "{ value: 2.4, priceYear: '2010', from");
  const norm = normFrom(text);
  const forest = { type: 'forest', area: 10, rain: 1000, slope: 3 };
  const account = computeAccount(norm, observedOf([forest], [maize('10', '2')], { period: '2023' }));
  const { rows, notes } = tableOf('T9', buildReport({ norm, account, previous: account, places: ['520523', 'CN'] }));
  const [water] = rows.filter(({ level }) => level === undefined).map(({ cells }) => cells.slice(5, 9));
  expect(water.every((cell) => cell !== null)).toBe(true);
  expect(rows.at(-1)!.cells.slice(5, 9)).toEqual([null, null, null, null]);
  expect(notes.map(({ en }) => en)).toContainEqual(expect.stringMatching(/different years: 2010 \(.*; 2023 \(/));
});

it('shows prices in twelve significant digits, fractions as decimals', () => {
  const { account } = source;
  const priced = (price: string) => ({ ...account, lines: [{ ...account.lines[0], price }] });
  const shown = (price: string) => tableOf('T5', buildReport({ ...source, account: priced(price) })).rows[0].cells[2];
  expect(['1/3', '0.123456789012345678901234567890123456789', '7474', '0.000000012'].map(shown)).toEqual([
    ...['0.333333333333', '0.123456789012', '7474', '0.000000012'],
  ]);
});

it('names year, source and grade of prices and parameters', () => {
  const electricity = tableOf('T5').rows.find(({ cells }) => (cells[3] as Bilingual).en === 'yuan/kWh')!.cells;
  expect(electricity[2]).toBe('0.45');
  expect(electricity[8]).toMatch(/Table 3/);
  expect(tableOf('T10').rows.some(({ cells }) => cells[0] === 'coverFactor' && cells[5] === '0.13')).toBe(true);
});

it('writes a CSV that spreadsheets read: byte order mark, CRLF, quotation, and no formula', () => {
  const csv = reportCsv(report, 'both');
  expect(csv.startsWith('\uFEFF"520523-jinsha-mine 2024 ')).toBe(true);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const table: ReportTable = {
    id: 'T1',
    title: { zh: '甲', en: 'a' },
    columns: [
      { name: { zh: '乙', en: 'b' }, kind: 'text' },
      { name: { zh: '丙', en: 'c' }, kind: 'number' },
    ],
    rows: [{ cells: ['=cmd()', '-1.5'] }, { cells: ['a "b", c', null] }],
    notes: [],
  };
  const [head, tables] = reportCsv({ ...report, tables: [table] }, 'en').split('\r\n\r\n');
  expect(tables).toBe(`T1 a\r\nb,c\r\n'=cmd(),-1.5\r\n"a ""b"", c",\r\n`);
  expect(head.split('\r\n')).toHaveLength(6);
});

it('says at the head of a CSV which place, period, norm and account it is of, and in the names of sheets what they hold', async () => {
  const territoryName = { zh: '甲县', en: '=Jia' };
  const named = buildReport({ ...source, territoryName });
  const { norm, account } = source;
  const lines = (words: 'zh' | 'en' | 'both'): string[] => reportCsv(named, words).slice(1).split('\r\n').slice(0, 7);
  expect(lines('zh')).toEqual([
    '520523-jinsha-mine 甲县 2024 生态产品总值核算报表',
    '核算地域,520523-jinsha-mine,甲县',
    '核算期,2024',
    `规范,${norm.id},${norm.title.zh}`,
    `规范版本,${norm.edition}`,
    `账户指纹,${account.digest}`,
    '',
  ]);
  expect(lines('en')[1]).toBe("Territory,520523-jinsha-mine,'=Jia");
  expect(lines('both')[2]).toBe('核算期 Period,2024');
  const sheets = async (words: 'en' | 'both'): Promise<string[]> => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(reportWorkbook(named, words)) as unknown as ArrayBuffer);
    expect(workbook.worksheets[0].getRow(2).getCell(1).value).toContain(norm.edition.slice(0, 12));
    return workbook.worksheets.map(({ name }) => name);
  };
  expect((await sheets('both')).slice(0, 2)).toEqual(['T1 生态系统类型面积', 'T2 生态系统类型转移矩阵']);
  const english = await sheets('en');
  expect(english.slice(0, 2)).toEqual(['T1 Areas by ecosystem type', 'T2 Matrix of changes between']);
  expect(english.every((name) => name.length <= 31)).toBe(true);
});

it('shows areas as the decimals that they add up to, and changes of them exactly', () => {
  const areas = (changes: Record<string, number>) => ({ ...source.account, areaByType: changes });
  const previous = areas({ forestLand: 24902.470000000001, dryland: 6349.740000000001 });
  const account = areas({ forestLand: 6349.740000000001, dryland: 24902.470000000001 });
  const made = tableOf('T1', buildReport({ ...source, previous, account }));
  expect(made.rows.map(({ cells }) => cells.slice(2))).toEqual([
    ['6349.74', '24902.47', '18552.73', '79.68'],
    ['24902.47', '6349.74', '-18552.73', '20.32'],
    ['31252.21', '31252.21', '0', '100.00'],
  ]);
});

it('says of a service that is intermediate in SEEA EA that the norm counts it, and lists beside the total what is not in it', () => {
  const norm = normFrom(sampleNormText);
  const rows = [{ type: 'forest', area: 10, rain: 1000, slope: 3 }];
  const account = computeAccount(norm, observedOf(rows));
  const [{ service: code }] = account.lines;
  const { name } = norm.services.find((one) => one.code === code)!;
  const marked = { ...norm, services: norm.services.map((one) => ({ ...one, intermediate: one.code === code })) };
  const made = buildReport({ norm: marked, account, places: [] });
  const [list, values, beside] = ['T3', 'T6', 'T13'].map((id) => tableOf(id, made));
  const own = list.rows.find(({ cells }) => cells[3] === code)!;
  expect(own.cells.slice(5)).toMatchObject([{ en: 'In' }, { en: expect.stringMatching(/intermediate/) as string }]);
  expect(values.rows.filter(({ cells }) => cells[2] === name)).toHaveLength(1);
  expect(beside.rows.filter(({ cells }) => cells[1] === name)).toEqual([]);
  const finalFen = account.totals.totalFen - account.totals.byService[code];
  expect(beside.notes[0].en).toContain(`final services alone come to ${formatYuan(finalFen)} yuan`);
});

it('writes a workbook that reads back cell by cell', async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(reportWorkbook(report, 'both')) as unknown as ArrayBuffer);
  expect(workbook.worksheets.map(({ name }) => name.split(' ')[0])).toEqual(report.tables.map(({ id }) => id));
  for (const [at, { rows, columns }] of report.tables.entries()) {
    const sheet = workbook.worksheets[at];
    expect(sheet.getRow(3).cellCount).toBe(columns.length);
    rows.forEach(({ cells }, row) =>
      cells.forEach((cell, column) => {
        const { value } = sheet.getRow(row + 4).getCell(column + 1);
        if (columns[column].kind === 'number') expect(value).toBe(cell === null ? null : Number(cell));
        else if (typeof cell === 'string' && cell !== '') expect(value).toBe(cell);
      }),
    );
  }
});

it('gives the same bytes for the same account, and other bytes for another', () => {
  const bytes = (of: ReportSource): string => Buffer.from(reportWorkbook(buildReport(of), 'both')).toString('base64');
  expect(bytes(source)).toBe(bytes({ ...source }));
  expect(bytes({ ...source, people: '1000' })).not.toBe(bytes(source));
});

it('writes known bytes: what changes them counts up the format', () => {
  const small: AccountReport = {
    format: 4,
    title: { zh: '报表', en: 'Report' },
    territory: '990001',
    territoryName: null,
    period: '2024',
    norm: { id: 'n', edition: 'e', title: { zh: '规范', en: 'Norm' } },
    accountDigest: 'd',
    tables: [
      {
        id: 'T6',
        title: { zh: '价值量', en: 'Values' },
        columns: [
          { name: { zh: '科目', en: 'Service' }, kind: 'text' },
          { name: { zh: '价值量', en: 'Value' }, unit: { zh: '元', en: 'yuan' }, kind: 'number' },
        ],
        rows: [{ cells: [{ zh: '固碳', en: 'Carbon' }, '12.30'] }, { cells: [null, '12.30'], level: 'total' }],
        notes: [{ zh: '注 <&>', en: 'Note <&>' }],
      },
    ],
  };
  expect(report.format).toBe(4);
  const file = Buffer.from(reportWorkbook(small, 'both'));
  expect([file.length, digestOfValue({ file: file.toString('base64') }).slice(0, 16)]).toEqual([
    4872,
    'ef7bc4b8f5410897',
  ]);
});
