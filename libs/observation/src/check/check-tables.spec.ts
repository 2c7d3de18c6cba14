/** What tables must be accepted as, and every way in which a cell, row or header can be wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnitTable } from '@gep/kernel';
import { parse } from 'yaml';
import { ProblemList } from '../table/cell-problem';
import { checkTables, CheckOutcome } from './check-tables';
import { RawCell, RawTable } from '../table/raw-table';
import { readJson } from '../file/read-json';
import { ObservationVocabulary } from '../table/vocabulary';

const { units: definitions } = parse(readFileSync(join(__dirname, '../../../../rulebook/units.yaml'), 'utf8'));
const units = new UnitTable(definitions);
const attribute = (code: string, unit: string, alias: string, required = false) => ({
  code,
  unit: units.parse(unit),
  aliases: [alias],
  required,
});
const vocabulary: ObservationVocabulary = {
  units,
  types: [
    { code: 'forestLand', aliases: ['林地', '森林'] },
    { code: 'dryland', aliases: ['旱地'] },
    { code: 'miningLand', aliases: ['采矿用地'] },
  ],
  attributes: [
    attribute('area', 'hm2', '面积', true),
    attribute('precipitation', 'mm/a', '降水量'),
    { ...attribute('coverage', '1', '植被覆盖度'), min: 0, max: 1 },
  ],
  products: [
    { code: 'maize', unit: units.parse('t/a'), priceUnit: units.parse('yuan/t'), type: 'dryland', aliases: ['玉米'] },
    { code: 'visitors', unit: units.parse('visit/a'), aliases: ['游客人次'] },
  ],
};

/** A sheet with rows numbered from 1. */
function sheet(name: string, rows: RawCell[][], more: Partial<RawTable> = {}): RawTable {
  return { sheet: name, address: 'letters', rows: rows.map((cells, i) => ({ row: i + 1, cells })), ...more };
}
const check = (...tables: RawTable[]): CheckOutcome => checkTables(tables, vocabulary);
const checkJson = (value: unknown): CheckOutcome => {
  const problems = new ProblemList();
  return checkTables(readJson(JSON.stringify(value), problems), vocabulary, problems);
};
const brief = ({ problems }: CheckOutcome): string[] =>
  problems.map(({ sheet: name, row, column, code }) => `${name}:${row}:${column} ${code}`);
const place = { territory: '520523', period: '2024' };

describe('good tables', () => {
  it('reads types, attributes by column and by type, and statistics from JSON', () => {
    const outcome = checkJson({
      title: 'demonstration',
      extent: [
        { ...place, type: 'forestLand', area: 2, 'precipitation [mm/a]': 1126.71 },
        { ...place, type: '旱地', area: '30 亩' },
        { ...place, type: 'miningLand', area: 0 },
      ],
      attributes: [
        { ...place, type: '*', attribute: 'precipitation', value: 100, unit: 'cm/a' },
        { ...place, type: 'dryland', attribute: '植被覆盖度', value: '35%' },
      ],
      statistics: [{ ...place, item: 'maize', quantity: '12.50', unit: '万吨/a', price: 2.1, priceUnit: 'yuan/kg' }],
    });
    expect(outcome.problems).toEqual([]);
    expect(outcome.accepted).toHaveLength(1);
    const [{ chunk, statistics, ...key }] = outcome.accepted;
    expect(key).toEqual({ ...place, refusedRows: 0 });
    expect(chunk).toEqual({
      rows: 3,
      types: ['forestLand', 'dryland', 'miningLand'],
      typeIndex: new Uint16Array([0, 1, 2]),
      patchIds: null,
      sourceRow: new Int32Array([1, 2, 3]),
      sourceSheet: 'extent',
      columns: {
        area: new Float64Array([2, 2, 0]),
        precipitation: new Float64Array([1126.71, 1000, 1000]),
        coverage: new Float64Array([NaN, 0.35, NaN]),
      },
    });
    expect(statistics).toEqual([
      {
        item: 'maize',
        type: null,
        quantity: '125000',
        unit: 't/a',
        price: '2100',
        priceUnit: 'yuan/t',
        sheet: 'statistics',
        row: 1,
      },
    ]);
  });

  it('finds a Chinese header below title rows, units in brackets, and keeps the row numbers that the user sees', () => {
    const outcome = check(
      sheet('范围', [
        ['金沙县生态系统范围（示例）', '', '', ''],
        ['', '', '', ''],
        ['行政区划代码', '年份', '生态系统类型', '面积（亩）', '年降水', '备注'],
        ['５２０５２３', '2024年', '森林', '１，５００', '', 'x'],
        [],
        [520523, 2024, '旱地', 15],
      ]),
    );
    expect(brief(outcome)).toEqual(['范围:3:E 年降水 observation.column-unknown']);
    expect(outcome.accepted[0].chunk.sourceRow).toEqual(new Int32Array([4, 6]));
    expect(outcome.accepted[0].chunk.columns.area).toEqual(new Float64Array([100, 1]));
  });

  it('understands GB headers (quantity/unit), a row of units, and header names repeated by merged cells', () => {
    const gb = check(
      sheet('extent', [
        ['territory', 'period', 'type', '面积/km²'],
        ['520523', '2024', '林地', 1.5],
      ]),
    );
    expect(gb.accepted[0].chunk.columns.area[0]).toBe(150);
    const names = ['地域', '核算期', '类型', '面积', '降水量'];
    const below = check(
      sheet('面积', [names, names, ['', '', '', '亩', '毫米/年'], ['520523', '2024', '林地', 15, 900]]),
    );
    expect(below.problems).toEqual([]);
    expect(below.accepted[0].chunk.columns).toEqual({
      area: new Float64Array([1]),
      precipitation: new Float64Array([900]),
    });
    expect(below.accepted[0].chunk.sourceRow).toEqual(new Int32Array([4]));
  });

  it('keeps many patches of one type, and several territories and periods in one table', () => {
    const outcome = check(
      sheet('extent', [
        ['territory', 'period', 'type', 'patch', 'area'],
        ['520523', '2024', 'forestLand', 'a', 1],
        ['520523', '2024', 'forestLand', 'b', 2],
        ['520523', '2023', 'forestLand', 'a', 3],
        ['520522', '2024', 'dryland', 'a', 4],
      ]),
    );
    expect(outcome.problems).toEqual([]);
    expect(outcome.accepted.map(({ territory, period, chunk }) => [territory, period, chunk.patchIds])).toEqual([
      ['520522', '2024', ['a']],
      ['520523', '2023', ['a']],
      ['520523', '2024', ['a', 'b']],
    ]);
    expect(outcome.counts).toMatchObject({ rows: 4, acceptedRows: 4, refusedRows: 0, patches: 4 });
  });
});

describe('bad tables', () => {
  it('names every bad cell at once and keeps the good rows', () => {
    const outcome = check(
      sheet('extent.csv', [
        ['territory', 'period', 'type', 'area [hm2]', 'coverage'],
        ['520523', '2024', 'forestLand', '12', '0.5'],
        ['5205', '2024', 'forestLand', '12', ''],
        ['520523', '24', 'dryland', '12', ''],
        ['520523', '2024', 'drylnad', '-12', ''],
        ['520523', '2024', 'dryland', '1.234,5', '1.2'],
        ['520523', '2024', 'dryland', '', ''],
        ['520523', '2024', '合计', '24', ''],
        ['520523', '2024', 'forestLand', '3', ''],
        ['520523', '2024', 'miningLand', '—', ''],
        ['520523', '2024', 'miningLand', '1', '0', '7'],
        ['520523', '2024', 'miningLand', '9e9', ''],
        ['520523', '2024', 'dryland', '4', ''],
      ]),
    );
    expect(brief(outcome)).toEqual([
      'extent.csv:3:A territory observation.territory-invalid',
      'extent.csv:4:B period observation.period-invalid',
      'extent.csv:5:C type observation.type-unknown',
      'extent.csv:5:D area [hm2] observation.negative',
      'extent.csv:6:D area [hm2] observation.number-ambiguous',
      'extent.csv:6:E coverage observation.out-of-range',
      'extent.csv:7:D area [hm2] observation.blank',
      'extent.csv:8:C type observation.total-row',
      'extent.csv:9:C type observation.duplicate-type',
      'extent.csv:10:D area [hm2] observation.number-dash',
      'extent.csv:11:F observation.extra-cells',
      'extent.csv:12:D area [hm2] observation.out-of-range',
    ]);
    expect(outcome.problems[2]).toMatchObject({ value: 'drylnad', severity: 'error' });
    expect(outcome.problems[2].mend.en).toContain('Did you mean "dryland"?');
    expect(outcome.problems[2].mend.zh).toContain('是否为“dryland”？');
    expect(outcome.counts).toMatchObject({ rows: 12, acceptedRows: 2, refusedRows: 10, errors: 12 });
    expect(outcome.accepted[0].chunk.sourceRow).toEqual(new Int32Array([2, 13]));
    expect(outcome.accepted[0].refusedRows).toBe(8);
  });

  it('says which columns are missing or misspelt, and which unit is unknown', () => {
    const outcome = check(
      sheet('extent', [
        ['territory', 'perod', 'type', '面积（亩亩）', 'coverage (mm)'],
        ['520523', '2024', '林地', '1', '1'],
      ]),
    );
    expect(brief(outcome)).toEqual([
      'extent:1:period observation.column-missing',
      'extent:1:area observation.column-missing',
      'extent:1:B perod observation.column-unknown',
      'extent:1:D 面积（亩亩） observation.unit-unknown',
      'extent:1:E coverage (mm) observation.unit-incompatible',
    ]);
    expect(outcome.problems[0].mend.en).toContain('Is "perod" meant?');
    expect(outcome.accepted).toEqual([]);
  });

  it('refuses what could mean two things between rows and tables', () => {
    const outcome = check(
      sheet('extent', [
        ['territory', 'period', 'type', 'patch', 'area', 'precipitation'],
        ['520523', '2024', 'forestLand', 'a', 1, 1],
        ['520523', '2024', 'forestLand', 'a', 2, 1],
        ['520523', '2024', 'forestLand', '', 2, 1],
      ]),
      sheet('面积 2', [
        ['territory', 'period', 'type', 'area'],
        ['520523', '2024', 'dryland', 1],
      ]),
      sheet('attributes', [
        ['territory', 'period', 'type', 'attribute', 'value', 'unit'],
        ['520523', '2024', '', 'precipitation', '5 cm', 'mm/a'],
        ['520523', '2024', '', 'precipitation', '5 cm/a', 'mm/a'],
        ['520523', '2024', 'dryland', 'precipitation', 5, 'mm/a'],
        ['520523', '2024', 'dryland', 'precipitation', 5, 'mm/a'],
        ['520523', '2024', 'dryland', 'area', 5, 'hm2'],
        ['520523', '2024', 'dryland', 'coverge', 5, 'hm2'],
        ['520524', '2024', '*', 'coverage', 0.5, ''],
      ]),
      sheet('statistics', [
        ['territory', 'period', 'item', 'quantity', 'unit', 'price'],
        ['520523', '2024', 'maize', -1, 't/a', ''],
        ['520523', '2024', 'maize', 1, 'hm2', ''],
        ['520523', '2024', 'maiz', 1, '', ''],
        ['520523', '2024', '玉米', '', '', ''],
        ['520523', '2024', 'visitors', 1, '', 3],
        ['520523', '2024', 'visitors', 1, '', ''],
      ]),
      sheet('说明', [['how to fill in']]),
    );
    expect(brief(outcome).sort()).toEqual(
      [
        '说明:1:A observation.sheet-ignored',
        'extent:3:D patch observation.duplicate-patch',
        'extent:4:D patch observation.patch-missing',
        '面积 2:2:A territory observation.two-sheets',
        'attributes:2:E value observation.unit-incompatible',
        'attributes:3:E value observation.unit-contradiction',
        'attributes:4:C type observation.attribute-unused',
        'attributes:5:D attribute observation.duplicate-entry',
        'attributes:6:D attribute observation.area-as-attribute',
        'attributes:7:D attribute observation.attribute-unknown',
        'attributes:8:C type observation.attribute-without-extent',
        'statistics:2:D quantity observation.negative',
        'statistics:3:E unit observation.unit-incompatible',
        'statistics:4:C item observation.item-unknown',
        'statistics:5:D quantity observation.blank',
        'statistics:6:F price observation.price-unused',
        'statistics:7:C item observation.duplicate-entry',
      ].sort(),
    );
  });

  it('asks for required attributes at the cell, or once when there is no column', () => {
    const strict: ObservationVocabulary = {
      ...vocabulary,
      attributes: vocabulary.attributes.map((each) => ({ ...each, required: true })),
    };
    const rows = [
      ['territory', 'period', 'type', 'area', 'precipitation'],
      ['520523', '2024', 'forestLand', 1, 900],
      ['520523', '2024', 'dryland', 1, ''],
    ];
    const outcome = checkTables([sheet('extent', rows)], strict);
    expect(brief(outcome)).toEqual([
      'extent:3:E precipitation observation.required-missing',
      'extent:2:coverage observation.required-missing',
    ]);
    expect(outcome.accepted).toEqual([]);
    expect(outcome.counts).toMatchObject({ rows: 2, acceptedRows: 0, refusedRows: 2 });
  });

  it('keeps at most ten thousand problems and counts the rest', () => {
    const rows = Array.from({ length: 10_500 }, (): RawCell[] => ['x', '2024', 'forestLand', 1]);
    const outcome = check(sheet('extent', [['territory', 'period', 'type', 'area'], ...rows]));
    expect(outcome.problems).toHaveLength(10_000);
    expect(outcome.counts).toMatchObject({ errors: 10_500, omittedProblems: 500 });
  });
});

describe('JSON that cannot be used', () => {
  it.each([
    [{ extnt: [] }, ['$:1:extnt observation.column-unknown', '$:1:$ observation.table-missing']],
    [{ extent: {} }, ['extent:1:extent observation.list-invalid']],
    [{ extent: [1] }, ['extent:1:extent[0] observation.item-invalid', 'extent:1:extent observation.no-rows']],
    [[], ['$:1:$ observation.table-missing']],
    [
      { extent: [{ ...place, type: 'dryland', area: { a: 1 } }] },
      ['extent:1:extent[0].area observation.number-invalid'],
    ],
    [{ extent: [{ ...place, type: 'dryland', area: true }] }, ['extent:1:extent[0].area observation.number-invalid']],
  ])('%j', (value, problems) => expect(brief(checkJson(value))).toEqual(problems));

  it('gives the place of a syntax error', () => {
    const problems = new ProblemList();
    expect(readJson('{\n  "extent": [}\n', problems)).toEqual([]);
    expect(problems.kept[0]).toMatchObject({ row: 2, column: '14', code: 'observation.json-invalid' });
  });
});
