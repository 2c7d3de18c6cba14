/** Sheets as they stand in the rulebook, and what is wrong with a file. */
import { resolve } from 'node:path';
import { loadNorm } from '../norm/norm.loader';
import { parseSheetList } from './sheet-list';
import { loadSheetLists } from './sheet-list.loader';

const rulebook = resolve(__dirname, '../../../../rulebook');

it('names only what the norms of its sheets know', async () => {
  const lists = await loadSheetLists(rulebook);
  expect(lists.length).toBeGreaterThan(0);
  for (const { norms, sheets } of lists)
    for (const id of norms) {
      const norm = await loadNorm(id, rulebook);
      const columns = norm.attributes.map(({ code }) => code);
      const items = norm.products.map(({ code }) => code);
      for (const { tables } of sheets)
        for (const table of tables) {
          if (table.kind === 'attributes') expect(columns).toEqual(expect.arrayContaining([...table.columns]));
          if (table.kind === 'statistics')
            expect(items).toEqual(expect.arrayContaining([...table.items, ...(table.optional ?? [])]));
        }
    }
});

const fileOf = (tables: string, code = 'b', due = '{ months: 3, days: 15 }'): string => `
id: a
title: { zh: 清单, en: List }
source: { zh: 自定, en: ours }
grade: unverified
norms: [n]
levels: [county]
periods: [year]
sheets:
  - { code: a, title: { zh: 表, en: Sheet }, department: { zh: 部门, en: Office }, due: { months: 1 }, tables: [{ kind: extent }] }
  - { code: ${code}, title: { zh: 表, en: Sheet }, department: { zh: 部门, en: Office }, due: ${due}, tables: ${tables} }
`;
const parse = (text: string) => parseSheetList({ path: 'sheets/a.yaml', text });

it('reads tables and due days', () => {
  const { sheets } = parse(fileOf('[{ kind: statistics, items: [maize], optional: [tea] }]'));
  expect(sheets[1]).toMatchObject({
    due: { months: 3, days: 15 },
    tables: [{ kind: 'statistics', items: ['maize'], optional: ['tea'] }],
  });
});

it.each([
  ['a sheet twice', fileOf('[{ kind: extent }]', 'a'), /"a" stands twice/],
  ['attributes without columns', fileOf('[{ kind: attributes }]'), /has columns/],
  ['an extent with columns', fileOf('[{ kind: extent, columns: [area] }]'), /no columns/],
  ['statistics with columns', fileOf('[{ kind: statistics, columns: [area] }]'), /has items/],
  ['due days that are no number', fileOf('[{ kind: extent }]', 'b', '{ months: soon }'), /a\.yaml/],
  ['days of both kinds', fileOf('[{ kind: extent }]', 'b', '{ months: 1, days: 3, workingDays: 3 }'), /not both/],
  ['a calendar that is not there', `${fileOf('[{ kind: extent }]')}calendar: lunar\n`, /no calendar "lunar"/],
  ['a key that is none', fileOf('[{ kind: extent }]').replace('levels', 'level'), /level/],
])('refuses %s', (_what, text, message) => {
  expect(() => parse(text)).toThrow(message);
});
