/** Imports into the dated tree: what is added, ended and refused, and that every day shows one whole tree. */
import fc from 'fast-check';
import { checkRows, rowsByCode } from './check-rows';
import { TerritoryProblem } from './errors';
import { placeInTree } from './place-in-tree';
import { planVersions } from './plan-versions';
import { levelOfCode, parentOfCode, Territory, TerritoryRow } from './territory';
import { pathBelow } from './territory-path';
import { endOf, isDay, uncovered } from './validity';

const row = (
  code: string,
  validFrom: string,
  validTo: string | null = null,
  more: Partial<TerritoryRow> = {},
): TerritoryRow => ({
  code,
  nameZh: `名${code}`,
  nameEn: null,
  level: levelOfCode(code),
  parentCode: parentOfCode(code),
  validFrom,
  validTo,
  source: 'test',
  ...more,
});

/** The tree after an import, or the problems; what the service does, without a database. */
function imported(
  recorded: readonly Territory[],
  rows: readonly TerritoryRow[],
): { tree: Territory[]; problems: TerritoryProblem[]; added: number } {
  const faults = checkRows(rows);
  if (faults.length > 0) return { tree: [...recorded], problems: faults, added: 0 };
  const plan = planVersions(recorded, rows);
  const ended = new Set(plan.closed.map((closing) => closing.code));
  const children = recorded.filter((version) => version.parentCode !== null && ended.has(version.parentCode));
  const placed = placeInTree(recorded, children, plan);
  const problems = [...plan.problems, ...placed.problems];
  if (problems.length > 0) return { tree: [...recorded], problems, added: 0 };
  const ends = new Map(plan.closed.map(({ code, validFrom, validTo }) => [code + validFrom, validTo]));
  const kept = recorded.map((version) => ({
    ...version,
    validTo: ends.get(version.code + version.validFrom) ?? version.validTo,
  }));
  return { tree: [...kept, ...placed.added], problems, added: placed.added.length };
}

const codesOf = (problems: readonly TerritoryProblem[]) => problems.map(({ row: at, code }) => `${at} ${code}`);
const branch = ['CN', '520000', '520500', '520523'].map((code) => row(code, '2012-01-01'));
const recordedBranch = imported([], branch).tree;

it('a branch gets its paths, in whatever order its rows come', () => {
  const { tree, problems } = imported([], [...branch].reverse());
  expect(problems).toEqual([]);
  expect(tree.map(({ path }) => path)).toEqual(['CN', 'CN.520000', 'CN.520000.520500', 'CN.520000.520500.520523']);
});

it('the same rows again, or the same statement for later days, add nothing', () => {
  expect(imported(recordedBranch, branch)).toMatchObject({ added: 0, problems: [] });
  expect(
    imported(
      recordedBranch,
      branch.map((item) => ({ ...item, validFrom: '2023-06-30' })),
    ),
  ).toMatchObject({ added: 0, problems: [] });
});

it('the same statement for earlier days adds just those', () => {
  const { tree } = imported(
    recordedBranch,
    branch.map((item) => ({ ...item, validFrom: '2000-01-01' })),
  );
  expect(tree).toHaveLength(8);
  expect(
    tree
      .filter(({ code }) => code === '520523')
      .map(({ validFrom, validTo }) => [validFrom, validTo])
      .sort(),
  ).toEqual([
    ['2000-01-01', '2012-01-01'],
    ['2012-01-01', null],
  ]);
});

it('a new name ends the old row and follows it', () => {
  const { tree, problems } = imported(recordedBranch, [row('520523', '2030-01-01', null, { nameZh: '金沙市' })]);
  expect(problems).toEqual([]);
  expect(tree.filter(({ code }) => code === '520523').map(({ nameZh, validTo }) => [nameZh, validTo])).toEqual([
    ['名520523', '2030-01-01'],
    ['金沙市', null],
  ]);
});

it('a county is ended, and a county with townships is not ended without them', () => {
  const end = row('520523', '2012-01-01', '2030-01-01');
  expect(imported(recordedBranch, [end])).toMatchObject({ added: 0, problems: [] });
  const withTownship = imported(recordedBranch, [row('520523101', '2012-01-01')]).tree;
  expect(codesOf(imported(withTownship, [end]).problems)).toEqual(['0 territory.child-left-behind']);
  expect(imported(withTownship, [end, row('520523101', '2012-01-01', '2030-01-01')]).problems).toEqual([]);
});

it('a county that moves takes its townships only when they are stated anew', () => {
  const start = imported(recordedBranch, [row('520600', '2012-01-01'), row('520523101', '2012-01-01')]).tree;
  const move = row('520523', '2030-01-01', null, { parentCode: '520600' });
  expect(codesOf(imported(start, [move]).problems)).toEqual(['0 territory.child-left-behind']);
  const restated = [move, row('520523101', '2012-01-01', '2030-01-01'), row('520523101', '2030-01-01')];
  const { tree, problems } = imported(start, restated);
  expect(problems).toEqual([]);
  expect(tree.filter(({ code }) => code === '520523101').map(({ path }) => path)).toEqual([
    'CN.520000.520500.520523.520523101',
    'CN.520000.520600.520523.520523101',
  ]);
});

it.each<[string, TerritoryRow[], string[]]>([
  [
    'bad codes, levels, dates, names, sources and parents, all at once',
    [
      row('12', '2012-01-01', null, { level: 'county' }),
      row('520523', '2012-01-01', null, { level: 'township' }),
      row('520531', '2012-02-30'),
      row('520529', '2012-01-01', '2012-01-01'),
      row('520525', '2012-01-01', null, { nameZh: ' ' }),
      row('520526', '2012-01-01', null, { source: '' }),
      row('520527', '2012-01-01', null, { parentCode: null }),
      row('CN', '2012-01-01', null, { parentCode: '520000' }),
      row('520523-mine', '2012-01-01', null, { parentCode: '520524' }),
    ],
    [
      '1 territory.code-invalid',
      '2 territory.level-mismatch',
      '3 territory.date-invalid',
      '4 territory.validity-empty',
      '5 territory.name-invalid',
      '6 territory.source-absent',
      '7 territory.parent-absent',
      '8 territory.parent-absent',
      '9 territory.site-elsewhere',
    ],
  ],
  [
    'two rows of one code at once',
    [row('520523', '2012-01-01'), row('520523', '2020-01-01')],
    ['2 territory.rows-overlap'],
  ],
  [
    'a row that contradicts what is recorded',
    [row('520523', '2012-01-01', null, { nameZh: '别名' })],
    ['1 territory.contradicts-recorded'],
  ],
  ['a parent that is nowhere', [row('530102', '2012-01-01')], ['1 territory.parent-missing']],
  ['a parent that begins later', [row('520524', '2011-01-01')], ['1 territory.parent-missing']],
  [
    'a level below a lower one',
    [row('520523101', '2012-01-01'), row('520600', '2012-01-01', null, { parentCode: '520523' })],
    ['2 territory.level-order'],
  ],
  [
    'something below a site',
    [row('520523-mine', '2012-01-01'), row('520523101', '2012-01-01', null, { parentCode: '520523-mine' })],
    ['2 territory.level-order'],
  ],
])('refuses %s', (_what, rows, expected) => {
  expect(codesOf(imported(recordedBranch, rows).problems)).toEqual(expected);
});

it('refuses a row that lives through a move of its parent', () => {
  const moved = imported(recordedBranch, [
    row('520600', '2012-01-01'),
    row('520523', '2030-01-01', null, { parentCode: '520600' }),
  ]).tree;
  expect(codesOf(imported(moved, [row('520523101', '2012-01-01')]).problems)).toEqual(['1 territory.parent-moves']);
});

it('a cycle cannot be told: the level order catches it', () => {
  const rows = [row('520500', '2030-01-01', null, { parentCode: '520523' })];
  expect(codesOf(imported(recordedBranch, rows).problems)).toContain('1 territory.level-order');
});

describe('whatever is imported, in whatever order', () => {
  const pool = ['CN', '520000', '520500', '520523', '520600', '520523101', '520523-mine'];
  const days = ['2000-01-01', '2005-01-01', '2010-01-01', '2015-01-01', '2020-01-01'];
  const anyRow = fc
    .record({
      code: fc.constantFrom(...pool),
      from: fc.nat(4),
      length: fc.nat(5),
      name: fc.constantFrom('甲', '乙'),
      elsewhere: fc.boolean(),
    })
    .map(({ code, from, length, name, elsewhere }) =>
      row(code, days[from], days[from + length + 1] ?? null, {
        nameZh: name,
        ...(elsewhere && levelOfCode(code) === 'county' ? { parentCode: '520600' } : {}),
      }),
    );

  const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());

  it(`every day shows one whole tree (seed ${seed})`, () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.array(anyRow, { maxLength: 6 }), { maxLength: 12 }), (imports) => {
        let tree = imported(
          [],
          pool.map((code) => row(code, '2004-01-01', null, { nameZh: '甲' })),
        ).tree;
        for (const rows of imports) {
          const next = imported(tree, rows);
          if (next.problems.length === 0 && next.added > 0) accepted++;
          tree = next.tree;
          // what was imported once is no news
          if (next.problems.length === 0) expect(imported(tree, rows)).toMatchObject({ problems: [], added: 0 });
        }
        for (const day of [...days, '2004-01-01', '2030-01-01']) {
          const today = tree.filter((item) => item.validFrom <= day && day < endOf(item));
          expect([...rowsByCode(today).values()].every((same) => same.length === 1)).toBe(true);
          const byCode = new Map(today.map((item) => [item.code, item]));
          for (const item of today) {
            const parent = item.parentCode === null ? null : byCode.get(item.parentCode);
            expect(parent).toBeDefined();
            expect(item.path).toBe(pathBelow(parent?.path ?? null, item.code));
          }
        }
      }),
      { seed, numRuns: 300, verbose: 1 },
    );
    expect(accepted).toBeGreaterThan(process.env.GEP_FEWER_CASES ? 0 : 10);
  });
});

it('days are days of the calendar, and gaps are found', () => {
  expect(['2024-02-29', '2023-02-29', '2024-13-01', '2024-1-1', '20240101'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  const span = (validFrom: string, validTo: string | null) => ({ validFrom, validTo });
  expect(
    uncovered(span('2000-01-01', null), [span('2001-01-01', '2002-01-01'), span('1990-01-01', '2000-06-01')]),
  ).toEqual([span('2000-06-01', '2001-01-01'), span('2002-01-01', null)]);
  expect(uncovered(span('2000-01-01', '2001-01-01'), [span('1990-01-01', null)])).toEqual([]);
});
