/** The checks as a real process, without a database: a report in three file forms, a study by its folder, a spreadsheet of changes. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { folderOfTests, withoutDatabase } from './cli-place';
import { root, type Outcome } from './cli-under-test';

const { at, write } = folderOfTests();
const run = (...args: readonly string[]): Promise<Outcome> => withoutDatabase(args);
const sample = path.join(root, 'libs/accounting/samples/report.csv');

interface Report {
  readonly territory: string;
  readonly findings: readonly { readonly rule: string; readonly grade: string; readonly cells: readonly string[] }[];
}
const shown = (reports: readonly Report[]): string[] =>
  reports.flatMap(({ findings }) =>
    findings.map(({ grade, rule, cells }) => `${grade} ${rule} ${cells[0].split('.').pop()}`),
  );

it('finds the same in a report as CSV, JSON and a workbook', async () => {
  const lines = readFileSync(sample, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const book = new ExcelJS.Workbook();
  book.addWorksheet('附表').addRows(lines);
  const [json, workbook] = [at('report.json'), at('report.xlsx')];
  await book.xlsx.writeFile(workbook);
  const [, heads, ...rows] = lines;
  const figures = rows.map((cells) => Object.fromEntries(heads.map((head, at) => [head, cells[at]])));
  write('report.json', JSON.stringify({ figures }));
  const outcomes = await Promise.all(
    [sample, json, workbook].map((file) => run('quality', '--tables', file, '--json')),
  );
  for (const outcome of outcomes) {
    expect([outcome.code, outcome.stderr]).toEqual([1, '']);
    expect(shown(outcome.json<Report[]>())).toEqual([
      'A shareWrong share',
      'A digitSwap value',
      'A totalNotParts value',
      'D unitPriceJump value',
    ]);
  }
});

it('checks a study by its folder, and refuses a report that it cannot read with every place', async () => {
  const study = at('study');
  cpSync(path.join(root, 'rulebook/cases/altai-forest-2014'), study, { recursive: true });
  const broken = at(write('broken.csv', 'year,service,value,colour\n2020,water,twelve,blue\n'));
  const [named, refused] = await Promise.all([
    run('--lang', 'zh', 'quality', '--case', study),
    run('--lang', 'en', 'quality', '--tables', broken),
  ]);
  expect([named.code, named.stdout.includes('479.58')]).toEqual([1, true]);
  expect(refused.code).toBe(1);
  for (const part of ['broken 1 colour', 'broken 2 value', 'twelve', 'value per area'])
    expect(refused.stderr).toContain(part);
});

it('says of a report table that there is none which tables there are', async () => {
  const files = ['--norm', 'jinsha-mine-2026', '--observations', 'rulebook/cases/jinsha-mine/observations.json'];
  const { code, stderr } = await run('--lang', 'en', 'report', ...files, '--table', 'T99');
  expect([code, stderr.includes('there is no report table "T99"; choose one of T1, T2,')]).toEqual([1, true]);
});

it('reads a change matrix from a spreadsheet, and puts it through a mapping table of one’s own', async () => {
  const matrix = at(
    write('matrix.csv', '2015/2020 [km2],grass,wood,total\ngrass,"1,100",20.5,1120.5\nwood,5,300,305\n'),
  );
  const name = { zh: '植被', en: 'Plants' };
  const ours = {
    ...{ id: 'ours', title: name, from: 'x', to: 'ours', source: name, grade: 'unverified' },
    targets: [{ code: 'plants', name }],
    classes: ['grass', 'wood'].map((code) => ({ code, name, to: [{ code: 'plants' }] })),
  };
  const table = at(write('ours.yaml', JSON.stringify(ours)));
  const { parts } = (await run('extent', matrix, '--crosswalk', table, '--json')).json<{
    parts: { rows: Record<string, unknown> }[];
  }>();
  expect(parts[0].rows).toMatchObject({ plants: { opening: '1425.5', closing: '1425.5', net: '0' } });
});
