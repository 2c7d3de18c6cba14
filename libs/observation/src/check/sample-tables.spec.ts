/** Vocabulary and tables that the specs of this folder check. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnitTable } from '@gep/kernel';
import { parse } from 'yaml';
import { readJson } from '../file/read-json';
import { ProblemList } from '../table/cell-problem';
import { RawCell, RawTable } from '../table/raw-table';
import { ObservationVocabulary } from '../table/vocabulary';
import { checkTables, CheckOutcome } from './check-tables';

const { units: definitions } = parse(readFileSync(join(__dirname, '../../../../rulebook/units.yaml'), 'utf8'));
const units = new UnitTable(definitions);
const attribute = (code: string, unit: string, alias: string, required = false) => ({
  code,
  unit: units.parse(unit),
  aliases: [alias],
  required,
});
export const vocabulary: ObservationVocabulary = {
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
  series: [],
  products: [
    { code: 'maize', unit: units.parse('t/a'), priceUnit: units.parse('yuan/t'), type: 'dryland', aliases: ['玉米'] },
    { code: 'visitors', unit: units.parse('visit/a'), aliases: ['游客人次'] },
  ],
};

/** A sheet with rows numbered from 1. */
export function sheet(name: string, rows: RawCell[][], more: Partial<RawTable> = {}): RawTable {
  return { sheet: name, address: 'letters', rows: rows.map((cells, i) => ({ row: i + 1, cells })), ...more };
}
export const check = (...tables: RawTable[]): CheckOutcome => checkTables(tables, vocabulary);
export const checkJson = (value: unknown): CheckOutcome => {
  const problems = new ProblemList();
  return checkTables(readJson(JSON.stringify(value), problems), vocabulary, problems);
};
export const brief = ({ problems }: CheckOutcome): string[] =>
  problems.map(({ sheet: name, row, column, code }) => `${name}:${row}:${column} ${code}`);
export const place = { territory: '520523', period: '2024' };

it('every name of the vocabulary is its own', () => {
  const names = vocabulary.types.flatMap(({ code, aliases }) => [code, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});
