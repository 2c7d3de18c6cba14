/** Tables of parallel trees: what they say, in both languages, and every refusal at its cell. */
import * as fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { checkTree } from './check-tree';
import { TreeRefused, type TreeProblem } from './errors';
import { readTree } from './read-tree';
import { namesPatch } from './tree';
import type { TreeTable } from './tree-columns';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`check-tree.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 500 });

/** A table as a CSV file gives it, from lines. */
const table = (sheet: string, ...lines: string[]): TreeTable => ({
  sheet,
  rows: lines.map((line, at) => ({ row: at + 1, cells: line.split(',') })),
});
const head = table(
  't.csv',
  '演示 a remark above',
  'code,name,kind,covers,source,from',
  'qing,清河,watershed,990000,map,2020-01-01',
);
const nodes = (...lines: string[]) => table('n.csv', 'node,parent,name,nameEn,from,to', ...lines);
const rows = (...lines: string[]) => table('m.csv', 'unit,node,patch,type,share,from,to', ...lines);
const two = nodes('a,,上游,Upper', 'b,a,下游,Lower');

function problemsOf(...tables: TreeTable[]): TreeProblem[] {
  const problems: TreeProblem[] = [];
  const tree = readTree(tables, problems);
  return tree ? [...problems, ...checkTree(tree)] : problems;
}
const told = (...tables: TreeTable[]) =>
  problemsOf(...tables).map(({ sheet, row, column, code }) => `${sheet}:${row}:${column} ${code.split('tree-')[1]}`);

it('reads a tree whose days come from what is above them', () => {
  const problems: TreeProblem[] = [];
  const dated = nodes('a,,上游,,2021-01-01,2024-01-01', 'b,qing,下游');
  const tree = readTree([head, dated, rows('990101,a', '990102,b,p-*', '990103,b,,forest,1/3,2022-01-01')], problems)!;
  expect(problems).toEqual([]);
  expect(checkTree(tree)).toEqual([]);
  expect(tree.nodes.map(({ value }) => [value.code, value.parent, value.validFrom, value.validTo])).toEqual([
    ['a', null, '2021-01-01', '2024-01-01'],
    ['b', null, '2020-01-01', null],
  ]);
  expect(
    tree.membership.map(({ value, at }) => [at.row, value.patch, value.type, value.share, value.validFrom]),
  ).toEqual([
    [2, null, null, Fraction.one, '2021-01-01'],
    [3, 'p-*', null, Fraction.one, '2020-01-01'],
    [4, null, 'forest', Fraction.of(1n, 3n), '2022-01-01'],
  ]);
});

it('reads Chinese headers, and JSON lists with their names', () => {
  const zh = [
    table('树', '代码,名称,类别,覆盖地域,依据,生效日', 'qing,清河,流域,990000,图,2020-01-01'),
    table('节点', '节点,上级节点,名称', 'a,,上游'),
    table('归属', '行政单元,节点,图斑编号', '990101,a,x'),
  ];
  expect(problemsOf(...zh)).toEqual([]);
  const json: TreeTable[] = [
    head,
    { sheet: 'nodes', header: ['node', 'name'], rows: [{ row: 1, cells: ['a', '上游'] }] },
    { sheet: 'membership', header: ['unit', 'node', 'share'], rows: [{ row: 1, cells: ['990101', 'a', 0.25] }] },
  ];
  const tree = readTree(json, [])!;
  expect(tree.membership[0].value).toMatchObject({ type: '*', share: Fraction.of(1n, 4n) });
});

it.each<[string, TreeTable[], string[]]>([
  ['a table that is none', [head, two, rows(), table('x.csv', 'color,size', 'red,3')], ['x.csv:1: table-unknown']],
  ['a table that is not there', [head, two], ['membership:0: table-missing']],
  [
    'an unknown column',
    [head, two, table('m.csv', 'unit,node,colour', '990101,a,red')],
    ['m.csv:1:colour column-unknown'],
  ],
  ['a column twice', [head, two, table('m.csv', 'unit,node,节点', '990101,a,a')], ['m.csv:1:节点 column-twice']],
  [
    'a column that is missing',
    [head, table('n.csv', 'node,parent', 'a,'), rows()],
    ['n.csv:1:name column-missing', 'n.csv:2:name cell-missing'],
  ],
  [
    'an unknown kind',
    [table('t.csv', 'code,name,kind,covers,source,from', 'q,Q,forest,990000,s,2020-01-01'), two, rows()],
    ['t.csv:2:kind kind-unknown'],
  ],
  ['a code that is none', [head, nodes('a b,,x'), rows()], ['n.csv:2:node code-shape']],
  ['a unit that is none', [head, two, rows('Jinsha,a')], ['m.csv:2:unit unit-shape']],
  ['a day that is none', [head, nodes('a,,x,,2021-02-30'), rows()], ['n.csv:2:from day-shape']],
  [
    'a span that ends before it begins',
    [head, nodes('a,,x,,2021-01-01,2021-01-01'), rows()],
    ['n.csv:2:to span-empty'],
  ],
  ['a share above one', [head, two, rows('990101,a,,forest,1.2')], ['m.csv:2:share share-shape']],
  ['a share that is no number', [head, two, rows('990101,a,,forest,30%')], ['m.csv:2:share share-shape']],
  ['patch and share in one row', [head, two, rows('990101,a,p,forest,0.5')], ['m.csv:2:patch patch-with-share']],
  ['a star inside a name', [head, two, rows('990101,a,p*q')], ['m.csv:2:patch patch-shape']],
  ['the code of the root as a node', [head, nodes('qing,,x'), rows()], ['n.csv:2:node node-reserved']],
  ['a node outside of its own', [head, nodes('outside,,x'), rows()], ['n.csv:2:node node-reserved']],
  ['a node twice', [head, nodes('a,,x', 'a,,y'), rows()], ['n.csv:3:node node-twice']],
  ['a node before its tree', [head, nodes('a,,x,,2019-01-01'), rows()], ['n.csv:2:from node-beyond-tree']],
  ['a parent that is none', [head, nodes('a,c,x'), rows()], ['n.csv:2:parent parent-unknown']],
  [
    'a parent that is not there yet',
    [head, nodes('a,,x,,2021-01-01', 'b,a,y'), rows()],
    ['n.csv:3:parent parent-not-then'],
  ],
  ['nodes in a circle', [head, nodes('a,c,x', 'b,a,y', 'c,b,z', 'd,c,w'), rows()], ['n.csv:2:parent node-cycle']],
  ['a node that is its own parent', [head, nodes('a,a,x'), rows()], ['n.csv:2:parent node-cycle']],
  ['a membership of no node', [head, two, rows('990101,c')], ['m.csv:2:node node-unknown']],
  [
    'a membership before its node',
    [head, nodes('a,,x,,2021-01-01'), rows('990101,a,,,,2020-01-01')],
    ['m.csv:2:from node-not-then'],
  ],
  ['two nodes on one unit', [head, two, rows('990101,a', '990101,b')], ['m.csv:3:unit claim-overlap']],
  ['all of a unit beside a patch of it', [head, two, rows('990101,b,p', '990101,a')], ['m.csv:3:unit claim-overlap']],
  ['two nodes on one patch', [head, two, rows('990101,a,p', '990101,b,p')], ['m.csv:3:patch claim-overlap']],
  [
    'a patch under the beginning of another',
    [head, two, rows('990101,a,p-1-7', '990101,b,p-1-*')],
    ['m.csv:3:patch claim-overlap'],
  ],
  [
    'a beginning under the beginning of another',
    [head, two, rows('990101,a,p-*', '990101,a,p-1-*', '990101,b,p-1-2-*')],
    ['m.csv:4:patch claim-overlap'],
  ],
  [
    'patches beside shares of types',
    [head, two, rows('990101,a,p', '990101,b,,forest,0.5')],
    ['m.csv:3:unit claim-mixed'],
  ],
  [
    'shares over one',
    [head, two, rows('990101,a,,forest,0.6', '990101,b,,forest,0.5')],
    ['m.csv:3:share shares-over-one'],
  ],
  ['a share twice', [head, two, rows('990101,a,,forest,0.2', '990101,a,,forest,0.5')], ['m.csv:3:share share-twice']],
])('refuses %s', (_what, tables, expected) => {
  expect(told(...tables)).toEqual(expected);
});

it.each<[string, TreeTable]>([
  ['claims that follow one another', rows('990101,a,,,,,2022-01-01', '990101,b,,,,2022-01-01')],
  ['shares below one', rows('990101,a,,forest,0.6', '990101,b,,forest,0.4', '990101,b,,grass,0.1')],
  ['a patch and a beginning of one node', rows('990101,a,p-1-7', '990101,a,p-1-*')],
  ['shares without a type beside patches', rows('990101,a,p-*', '990101,b,,unassigned,0.5')],
  ['the same patch of two units', rows('990101,a,p', '990102,b,p')],
])('lets %s stand', (_what, membership) => {
  expect(told(head, two, membership)).toEqual([]);
});

it('says all of it at once, in both languages', () => {
  const problems = problemsOf(head, nodes('a,c,x'), rows('990101,d', 'x,a'));
  expect(problems).toHaveLength(3);
  const { text, facts } = new TreeRefused(problems);
  expect(text.zh).toMatch(/3 处有误.*n\.csv:2:parent “c”/s);
  expect(text.en).toMatch(/3 problem\(s\).*m\.csv:2:node “d”/s);
  expect(facts).toMatchObject({ count: 3 });
});

it('finds an overlap of patches exactly where one name is claimed by two nodes', () => {
  const pattern = fc.tuple(fc.array(fc.constantFrom('p', 'q'), { minLength: 1, maxLength: 3 }), fc.boolean());
  const claims = fc.array(fc.tuple(pattern, fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 6 });
  const names = ['p', 'q'].flatMap((a) => ['', 'p', 'q'].flatMap((b) => ['', 'p', 'q'].map((c) => a + b + c)));
  fc.assert(
    fc.property(claims, (some) => {
      const patches = some.map(([[letters, isPrefix], node]) => ({
        patch: letters.join('') + (isPrefix ? '*' : ''),
        node,
      }));
      const repeated = new Set(patches.map(({ patch }) => patch)).size < patches.length;
      const contested = [...names, 'pppp', 'ppqp', 'pqpp', 'pqqp', 'qppp', 'qpqp', 'qqpp', 'qqqp'].some(
        (name) => new Set(patches.filter(({ patch }) => namesPatch(patch, name)).map(({ node }) => node)).size > 1,
      );
      const found = told(head, two, rows(...patches.map(({ patch, node }) => `990101,${node},${patch}`)));
      expect(found.length > 0).toBe(contested || repeated);
    }),
  );
});
