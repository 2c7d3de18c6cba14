/** Files of territories, the sample of the first start among them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkRows } from './check-rows';
import { parseTerritoryFile } from './territory-file';

it('the sample of the first start is a branch down to the mine', () => {
  const file = path.resolve(__dirname, '../../../rulebook/territories/sample.yaml');
  const rows = parseTerritoryFile(readFileSync(file, 'utf8'), 'sample.yaml');
  expect(checkRows(rows)).toEqual([]);
  expect(rows.map(({ code, nameZh, level, parentCode }) => [code, nameZh, level, parentCode])).toEqual([
    ['CN', '中国', 'nation', null],
    ['520000', '贵州省', 'province', 'CN'],
    ['520500', '毕节市', 'prefecture', '520000'],
    ['520523', '金沙县', 'county', '520500'],
    ['520523-jinsha-mine', '金沙县修复煤矿', 'site', '520523'],
  ]);
});

it.each([
  ['no YAML', '{', 'it is not YAML'],
  ['no list', 'from: 2012-01-01', 'the list "territories" is missing'],
  ['an unknown key', 'territories: [{code: CN, naem: 中国}]', 'item 1: unknown key naem'],
  [
    'a missing source',
    'territories: [{code: CN, name: 中国, from: 2012-01-01}]',
    'item 1: it needs code, name, from and source',
  ],
  ['a list for a name', 'territories: [{code: CN, name: [中国]}]', 'item 1: name must be text'],
])('refuses %s', (_what, text, message) => {
  expect(() => parseTerritoryFile(text, 'x.yaml')).toThrow(message);
});
