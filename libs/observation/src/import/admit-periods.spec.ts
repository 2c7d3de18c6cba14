/** What is told of a territory that is not let in, whatever its rows are. */
import { readJson } from '../file/read-json';
import { checkTables } from '../check/check-tables';
import { place, vocabulary } from '../check/sample-tables.spec';
import { ProblemList } from '../table/cell-problem';
import { admitPeriods } from './admit-periods';
import { packOutcome } from './checked-file';

const nowhere = { paths: new Map(), needed: new Map(), current: new Map(), closed: new Map() };
const tables = {
  attributes: [{ ...place, type: '*', attribute: 'precipitation', value: 900 }],
  statistics: [{ ...place, item: 'maize', quantity: 3, unit: 't/a' }],
};

it.each([
  ['attributes', ['attributes']],
  ['statistics', ['statistics']],
  ['attributes and statistics', ['attributes', 'statistics']],
] as const)('refuses a sheet of %s at each row when its territory is not the importer’s', (_what, names) => {
  const problems = new ProblemList();
  const given = Object.fromEntries(names.map((name) => [name, tables[name]]));
  const outcome = checkTables(readJson(JSON.stringify(given), problems), vocabulary, problems, { asDataSheet: true });
  const { status, counts, problems: told } = admitPeriods(packOutcome(outcome), nowhere, false);
  expect([status, counts.acceptedRows, counts.refusedRows]).toEqual(['refused', 0, names.length]);
  expect(told.map(({ sheet, row, code }) => [sheet, row, code])).toEqual(
    names.map((name) => [name, 1, 'observation.territory-unknown']),
  );
});

it('refuses a sheet of daily values at its table', () => {
  const outcome = checkTables([], vocabulary, new ProblemList(), { asDataSheet: true });
  const values = new Float64Array([1, NaN, 2]);
  const chunk = {
    ...{
      rows: 0,
      types: [],
      typeIndex: new Uint16Array(),
      patchIds: null,
      sourceRow: new Int32Array(),
      sourceSheet: '',
    },
    ...{ columns: { area: new Float64Array() }, series: [{ code: 'rain', from: '2024-01-01', values }] },
  };
  outcome.accepted.push({ ...place, chunk, statistics: [], refusedRows: 0, given: [] });
  outcome.counts.rows = outcome.counts.acceptedRows = 2;
  const { status, counts, problems } = admitPeriods(packOutcome(outcome), nowhere, false);
  expect([status, counts.acceptedRows, counts.refusedRows, problems.length]).toEqual(['refused', 0, 2, 1]);
});
