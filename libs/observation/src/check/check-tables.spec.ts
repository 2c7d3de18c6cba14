/** What tables are accepted as: headers, units, numbers, patches, attributes and statistics of any honest form. */
import { brief, check, checkJson, place, sheet } from './sample-tables.spec';

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

  it('reads multiples of units that Chinese tables use', () => {
    const outcome = check(
      sheet('统计', [
        ['地域', '核算期', '统计项', '数量', '单位'],
        ['520523', '2024', '游客人次', '21.5', '万人次/a'],
        ['520523', '2024', '玉米', '3千', '百吨/年'],
      ]),
    );
    expect(outcome.problems).toEqual([]);
    expect(outcome.accepted[0].statistics.map(({ quantity, unit }) => [quantity, unit])).toEqual([
      ['215000', 'visit/a'],
      ['300000', 't/a'],
    ]);
  });

  it('keeps how far a quantity and a price may lie from the truth, in the unit of the norm', () => {
    const outcome = check(
      sheet('统计', [
        [
          '地域',
          '核算期',
          '统计项',
          '数量',
          '单位',
          '下限',
          '上限',
          '分布',
          '单价',
          '单价单位',
          'priceLow',
          'priceHigh',
          'priceDistribution',
        ],
        ['520523', '2024', '玉米', '3', '万吨/a', '2.5', '3.5', '均匀', '2.1', '元/kg', '1.9', '2.4', 'Lognormal'],
        ['520523', '2024', '游客人次', '12', '', '', 'NA', '', '', '', '', '', ''],
      ]),
    );
    expect(outcome.problems).toEqual([]);
    const [maize, visits] = outcome.accepted[0].statistics;
    expect(maize.spread).toEqual({ low: '25000', high: '35000', distribution: 'uniform' });
    expect(maize.priceSpread).toEqual({ low: '1900', high: '2400', distribution: 'lognormal' });
    expect(Object.keys(visits)).not.toContain('spread');
  });

  it.each([
    [['2', '', 'normal'], ['G high observation.spread-incomplete']],
    [
      ['', '4', ''],
      ['F low observation.spread-incomplete', 'H distribution observation.spread-incomplete'],
    ],
    [['4', '2', 'normal'], ['F low observation.spread-around']],
    [['3.5', '4', 'uniform'], ['F low observation.spread-around']],
    [['0', '4', 'lognormal'], ['F low observation.spread-of-zero']],
    [['-1', '4', 'normal'], ['F low observation.negative']],
    [['1', '4', 'gauss'], ['H distribution observation.spread-distribution']],
    [['1 kg/a', '4', 'normal'], ['F low observation.unit-contradiction']],
  ])('refuses the range %j of 3 t/a', (range, problems) => {
    const outcome = check(
      sheet('statistics', [
        ['territory', 'period', 'item', 'quantity', 'unit', 'low', 'high', 'distribution'],
        ['520523', '2024', 'maize', '3', 't/a', ...range],
      ]),
    );
    expect(brief(outcome)).toEqual(problems.map((problem) => `statistics:2:${problem}`));
    expect(outcome.accepted.flatMap(({ statistics }) => statistics)).toEqual([]);
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
