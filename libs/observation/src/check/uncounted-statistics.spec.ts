/** A statistic that no account would contain is told where it stands, and one amount given twice is told too. */
import { ObservationVocabulary } from '../table/vocabulary';
import { checkTables } from './check-tables';
import { brief, sheet, vocabulary } from './sample-tables.spec';

const [maize, ...others] = vocabulary.products;
const head = ['territory', 'period', 'item', 'type', 'quantity', 'price'];
const told = (change: object, ...rows: (string | number)[][]) => {
  const v: ObservationVocabulary = { ...vocabulary, products: [{ ...maize, ...change }, ...others] };
  return checkTables([sheet('statistics', [head, ...rows.map((row) => ['520523', '2024', ...row])])], v);
};

it('one that no service counts, with a price or without', () => {
  const change = { countedIn: [], ownPrice: { by: null } };
  for (const price of ['', '2']) {
    const outcome = told(change, ['maize', '', '3', price]);
    expect(brief(outcome)).toEqual(['statistics:2:C item observation.item-uncounted']);
    expect(outcome.problems[0].text.en).toContain('no service of the norm counts "maize"');
    expect(outcome.counts).toMatchObject({ errors: 0, statistics: 1 });
  }
});

it('one of a type for which no service counts it', () => {
  const change = { countedIn: ['forestLand'], type: 'dryland' };
  const outcome = told(change, ['maize', '', '3', '2']);
  expect(brief(outcome)).toEqual(['statistics:2:C item observation.item-uncounted']);
  expect(outcome.problems[0].text.en).toBe(
    '"maize" is of type "dryland", and the services that count it are for forestLand only; it is not in the account',
  );
  expect(brief(told(change, ['maize', 'forestLand', '3', '2']))).toEqual([]);
  expect(brief(told({ countedIn: ['forestLand'], type: undefined }, ['maize', '', '3', '2']))).toEqual([]);
});

it('one given without a type and with its own, which is the same amount', () => {
  const outcome = told({ type: 'dryland' }, ['maize', '', '3', '2'], ['maize', 'dryland', '3', '2']);
  expect(brief(outcome)).toEqual(['statistics:3:C item observation.duplicate-entry']);
  expect(outcome.counts).toMatchObject({ statistics: 1 });
});

it('one of no type of its own given as a whole and for a type', () => {
  const outcome = told({ type: undefined }, ['maize', '', '5', '2'], ['maize', 'dryland', '3', '2']);
  expect(brief(outcome)).toEqual(['statistics:3:C item observation.whole-and-part']);
  expect(outcome.counts).toMatchObject({ errors: 0, warnings: 1, statistics: 2 });
});
