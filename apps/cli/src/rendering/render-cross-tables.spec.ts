/** The tables of `compute --tables` show services below their groups and categories, which add up. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { computeAccount, crossTables } from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm } from '@gep/rulebook';
import { renderCrossTables } from './render-cross-tables';

const file = 'rulebook/cases/jinsha-mine/observations.json';

it('puts group and category rows above the services', async () => {
  const norm = await loadNorm('jinsha-mine-2026', 'rulebook');
  const given = [{ fileName: path.basename(file), bytes: readFileSync(file) }];
  const { accepted } = await checkFile(given, vocabularyOf(norm));
  const accounts = accepted.map(({ territory, period, chunk, statistics, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows });
    return computeAccount(norm, { territory, period, places: [territory], chunks: [chunk], statistics, digest });
  });
  const tables = crossTables(accounts);
  const [first] = renderCrossTables(tables, norm, 'en').split('\n\n');
  const [heading, columns, ...rows] = first.split('\n').filter((line) => !/^[─\s-]+$/.test(line));
  expect(heading).toMatch(/ · Service × Type · /);
  expect(columns).toMatch(/^Service /);
  const totals = rows.map((row) => ({
    indent: /^ */.exec(row)![0].length,
    name: row.trim().split(/ {2,}/)[0],
    value: Number(row.trim().split(/ {2,}/).at(-2)!.replaceAll(',', '')),
  }));
  const at = (indent: number) => totals.filter((row) => row.indent === indent && row.name !== 'Total');
  const sum = (of: typeof totals) => of.reduce((all, { value }) => all + value, 0);
  const whole = totals.at(-1)!;
  expect(whole.name).toBe('Total');
  const groups = new Set(accounts[0].lines.map(({ group }) => group)).size;
  expect(at(2)).toHaveLength(groups);
  expect(Math.abs(sum(at(0)) - whole.value)).toBeLessThan(0.05);
  expect(Math.abs(sum(at(2)) - whole.value)).toBeLessThan(0.05);
  expect(at(0).map(({ name }) => name)).toContain('Regulating');
});
