/** Every way in which a cell, row, header or file can be wrong, each named at its place, and the good rows kept. */
import { ProblemList } from '../table/cell-problem';
import { readJson } from '../file/read-json';
import { RawCell } from '../table/raw-table';
import { ObservationVocabulary } from '../table/vocabulary';
import { checkTables } from './check-tables';
import { brief, check, checkJson, place, sheet, vocabulary } from './sample-tables.spec';

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

  it('asks for required attributes at the cell, or once when there is no column, row by row', () => {
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
      'extent:2:coverage observation.required-missing',
      'extent:3:E precipitation observation.required-missing',
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
