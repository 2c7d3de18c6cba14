/** A suggested unit mends a spelling and changes no figure by a power of ten. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UnitTable, type UnitDefinition } from './unit';
import { closestUnit } from './unit-suggestion';

const file = readFileSync(join(__dirname, '../../../rulebook/units.yaml'), 'utf8');
const { units: definitions } = parse(file) as { units: UnitDefinition[] };
const without = (...codes: string[]): UnitTable =>
  new UnitTable(definitions.filter(({ code }) => !codes.includes(code)));
const units = without();

it.each([
  ['yuann', 'yuan'],
  ['平方公理', '平方公里'],
  ['HA', 'ha'],
  ['KWH', 'kWh'],
  ['vist', 'visit'],
])('%s is near to %s', (symbol, near) => expect(closestUnit(symbol, units)).toBe(near));

it.each(['MWh', 'GWh', 'Wh', 'Mg', 'MG', '纳克', '公倾', '兆瓦时', 'PJ'])('%s is left without a guess', (symbol) =>
  expect(closestUnit(symbol, units)).toBeUndefined(),
);

it('offers no kilojoule for a gigajoule that is not known', () => {
  expect(closestUnit('GJ', without('GJ'))).toBeUndefined();
});
