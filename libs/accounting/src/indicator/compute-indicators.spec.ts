/** Indicators beside GDP: their numbers, their sources, and the sum that is never made. */
import { readFileSync } from 'node:fs';
import { parseUnits } from '@gep/rulebook';
import { computeIndicators, IndicatorFact } from './compute-indicators';
import { dynamicDegrees } from './dynamic-degree';
import { standardIndicators } from './indicator-definitions';

const units = parseUnits({ path: 'units.yaml', text: readFileSync('rulebook/units.yaml', 'utf8') });
const account = {
  territory: '520523',
  period: '2024',
  digest: 'd'.repeat(64),
  grade: 'solved' as const,
  areaByType: { forest: 150, dry: 50 },
  areaUnit: 'hm2',
  totals: {
    totalFen: 1_000_000_00n,
    byCategory: { provisioning: 200_000_00n, regulating: 700_000_00n, cultural: 100_000_00n },
    byGroup: {},
    byService: {},
    byType: {},
  },
};
const facts: IndicatorFact[] = [
  { name: 'GDP', value: '40', unit: 'yuan', source: 'Yearbook 2025, table 2-1' },
  { name: 'population', value: '80', unit: 'person', source: 'Census' },
];
const custom = (expression: string) =>
  computeIndicators(account, [{ code: 'mine', name: { zh: '自定', en: 'mine' }, expression }], facts, units)[0];

describe('indicators', () => {
  it('are those of the field, each with what it was made of; one with a missing figure says which', () => {
    const found = computeIndicators(account, standardIndicators, facts, units);
    expect(found.map(({ code, value, unit, missing }) => [code, value, unit, missing])).toEqual([
      ['gepPerHectare', '5000', 'yuan/hm2', []],
      ['gepPerHead', '12500', 'yuan/person', []],
      ['greenGoldIndex', '25000', '1', []],
      ['conversionRate', '0.3', '1', []],
      ['realisationRate', null, '1', ['realised', 'possible']],
    ]);
    expect(found[2].sources).toEqual({ GEP: `520523 2024 @ ${'d'.repeat(12)}`, GDP: 'Yearbook 2025, table 2-1' });
  });

  it.each([
    'GEP + GDP',
    'GDP - GEP',
    'GEP * 2 + GDP / 3',
    'provisioning + GDP',
    '(GEP + GDP) / population',
    'GEP / population + GDP / population',
    '1 / (1 + (GEP + GDP) / GDP)',
    'min(GEP, GDP) + cultural',
    'GEP / 1 [yuan] + GDP / 1 [yuan]',
  ])('never add the two: %s', (expression) => {
    expect(() => custom(expression)).toThrow(expect.objectContaining({ code: 'accounting.gep-is-not-added-to-gdp' }));
  });

  it('may compare them', () => {
    expect(custom('1 + GEP / GDP').value).toBe('25001');
    expect(custom('(regulating + cultural) / GDP').value).toBe('20000');
    expect(custom('GEP / GDP + population / population').unit).toBe('1');
  });

  it('refuse what they cannot read', () => {
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => custom('GEP + population')).toThrow(refused('accounting.indicator-unreadable'));
    expect(() => custom('GEP / rain')).toThrow(refused('accounting.indicator-unreadable'));
    const withFact = (fact: Partial<IndicatorFact>) => () =>
      computeIndicators(account, standardIndicators, [{ ...facts[0], ...fact }], units);
    for (const fact of [{ name: 'GNP' }, { name: 'GEP' }, { unit: 'person' }, { value: '0' }, { source: ' ' }])
      expect(withFact(fact)).toThrow(refused('accounting.indicator-fact-refused'));
  });
});

describe('the dynamic degree', () => {
  it('is the change of an area over what it was, by year', () => {
    const after = { areaByType: { forest: 120, water: 3 } };
    expect(dynamicDegrees(account, after, 4).map(({ type, perYear }) => [type, perYear])).toEqual([
      ['forest', '-0.05'],
      ['dry', '-0.25'],
      ['water', null],
    ]);
  });
});
