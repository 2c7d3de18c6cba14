/** Slips of published studies, each in a table of its own: found where it is, silent where it was put right. */
import { loadQualityRules, type QualityRules } from '@gep/rulebook';
import { checkQuality } from './check-quality';
import { emptyPeriod, type StatedAccount, type StatedPeriod } from './stated-account';

let rules: QualityRules;
beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
});

/** A printed table of one period with everything in order. */
const printed = (change: Partial<StatedPeriod>): StatedAccount => ({
  territory: '990001',
  exact: false,
  valueUnit: '万元',
  yuanPerValue: '10000',
  types: [
    { code: 'forest', name: { zh: '林', en: 'Forest' } },
    { code: 'built', name: { zh: '建', en: 'Built' }, built: true },
  ],
  services: [],
  periods: [{ ...emptyPeriod, period: '2020', ...change }],
});

/** Slips of published studies, each with the rule that must find it and the same thing put right. */
const slips: readonly [rule: string, wrong: Partial<StatedPeriod>, right: Partial<StatedPeriod>][] = [
  [
    'componentMissing',
    {
      sums: [
        {
          total: { at: 'air', text: '75.10' },
          parts: ['5.20', '12.60', '62.50'].map((text, at) => ({ at: `air.${at}`, text })),
        },
      ],
    },
    {
      sums: [
        {
          total: { at: 'air', text: '80.30' },
          parts: ['5.20', '12.60', '62.50'].map((text, at) => ({ at: `air.${at}`, text })),
        },
      ],
    },
  ],
  [
    'quantityTimesPrice',
    { services: [{ at: 's', code: 'so2', quantity: '1520', unit: 't', unitValue: '1200', value: '193.4' }] },
    { services: [{ at: 's', code: 'so2', quantity: '1520', unit: 't', unitValue: '1200', value: '182.4' }] },
  ],
  [
    'digitSwap',
    { services: [{ at: 's', code: 'so2', quantity: '1520', unit: 't', unitValue: '1200', value: '128.4' }] },
    { services: [{ at: 's', code: 'so2', quantity: '1520', unit: 't', unitValue: '1200', value: '182.4' }] },
  ],
  [
    'twoTotals',
    {
      totals: [
        { at: 'table4.total', text: '120.5' },
        { at: 'table6.total', text: '121.9' },
      ],
    },
    {
      totals: [
        { at: 'table4.total', text: '120.5' },
        { at: 'table6.total', text: '120.5' },
      ],
    },
  ],
  [
    'shareBase',
    {
      totals: [
        { at: 'a.total', text: '72.81' },
        { at: 'b.total', text: '72.81' },
      ],
      sums: [{ total: { at: 'other', text: '66.20' }, parts: [{ at: 'x', text: '66.20' }] }],
      services: [
        { at: 'a.one', code: 'one', value: '33.10', share: '50.0' },
        { at: 'a.two', code: 'two', value: '39.71', share: '60.0' },
      ],
    },
    {
      totals: [
        { at: 'a.total', text: '72.81' },
        { at: 'b.total', text: '72.81' },
      ],
      services: [
        { at: 'a.one', code: 'one', value: '33.10', share: '45.5' },
        { at: 'a.two', code: 'two', value: '39.71', share: '54.5' },
      ],
    },
  ],
  [
    'twoInputs',
    { inputs: ['19.10', '19.92'].map((value, at) => ({ at: `text.${at}`, code: 'price', value })) },
    { inputs: ['19.10', '19.10'].map((value, at) => ({ at: `text.${at}`, code: 'price', value })) },
  ],
  [
    'factorReversed',
    { inputs: [{ at: 'p', code: 'practiceFactor', type: 'built', value: '0' }] },
    { inputs: [{ at: 'p', code: 'practiceFactor', type: 'built', value: '1' }] },
  ],
  [
    'creditForBuiltLand',
    {
      services: [{ at: 's', code: 'soil', category: 'regulating', value: '3.0' }],
      areas: [{ at: 'a', type: 'built', area: '2' }],
      cells: [{ at: 'c', row: 'soil', type: 'built', value: '3.0' }],
    },
    {
      services: [{ at: 's', code: 'soil', category: 'regulating', value: '3.0' }],
      areas: [{ at: 'a', type: 'forest', area: '2' }],
      cells: [{ at: 'c', row: 'soil', type: 'forest', value: '3.0' }],
    },
  ],
  [
    'classMeansSummed',
    {
      means: [
        {
          at: 'm',
          mean: '30.0',
          classes: [
            { mean: '10.0', area: '3' },
            { mean: '20.0', area: '1' },
          ],
        },
      ],
    },
    {
      means: [
        {
          at: 'm',
          mean: '12.5',
          classes: [
            { mean: '10.0', area: '3' },
            { mean: '20.0', area: '1' },
          ],
        },
      ],
    },
  ],
  [
    'directionReversed',
    { indicators: [{ at: 'i', value: '2', low: '0', high: '10', direction: 'down', index: '0.2' }] },
    { indicators: [{ at: 'i', value: '2', low: '0', high: '10', direction: 'down', index: '0.8' }] },
  ],
  [
    'ruleNotFollowed',
    { entries: [{ at: 'e', volume: 'up', condition: 'down', demand: 'up', entry: 'enhancement' }] },
    { entries: [{ at: 'e', volume: 'up', condition: 'down', demand: 'up', entry: 'upwardReappraisal' }] },
  ],
  [
    'discountConvention',
    { discounts: [{ at: 'd', rate: '0.02', year: 3, timing: 'end', factor: '0.941192' }] },
    { discounts: [{ at: 'd', rate: '0.02', year: 3, timing: 'end', factor: '0.942322' }] },
  ],
  [
    'oxygenCarbonRatio',
    {
      services: [
        ['oxygenRelease', '810'],
        ['carbonFixation', '100'],
      ].map(([code, quantity]) => ({ at: code, code, quantity, unit: 't' })),
    },
    {
      services: [
        ['oxygenRelease', '72.7'],
        ['carbonFixation', '100'],
      ].map(([code, quantity]) => ({ at: code, code, quantity, unit: 't' })),
    },
  ],
  [
    'implausibleRate',
    { people: '10000', services: [{ at: 'w', code: 'waterSupply', quantity: '60000000', unit: 'm3' }] },
    { people: '10000', services: [{ at: 'w', code: 'waterSupply', quantity: '6000000', unit: 'm3' }] },
  ],
  [
    'stockAsFlow',
    {
      areas: [{ at: 'a', type: 'forest', area: '100' }],
      services: [{ at: 't', code: 'timber', quantity: '12000', unit: 'm3' }],
    },
    {
      areas: [{ at: 'a', type: 'forest', area: '100' }],
      services: [{ at: 't', code: 'timber', quantity: '300', unit: 'm3' }],
    },
  ],
  [
    'dataYearDiffers',
    { services: [{ at: 's', code: 'a', dataYear: '2017' }] },
    { services: [{ at: 's', code: 'a', dataYear: '2020' }] },
  ],
  [
    'areaMismatch',
    {
      areas: [{ at: 'a', type: 'forest', area: '120.5' }],
      types: [{ at: 't', type: 'forest', area: '99.1', value: '3' }],
    },
    {
      areas: [{ at: 'a', type: 'forest', area: '120.5' }],
      types: [{ at: 't', type: 'forest', area: '120.5', value: '3' }],
    },
  ],
  [
    'rankWrong',
    {
      types: [
        { at: 't', type: 'forest', value: '3', rank: '1' },
        { at: 'u', type: 'built', value: '4', rank: '2' },
      ],
    },
    {
      types: [
        { at: 't', type: 'forest', value: '3', rank: '2' },
        { at: 'u', type: 'built', value: '4', rank: '1' },
      ],
    },
  ],
];

it.each(slips)('%s: found where it is, silent where it is not', (rule, wrong, right) => {
  const found = (change: Partial<StatedPeriod>): string[] =>
    checkQuality(printed(change), rules).findings.map((finding) => finding.rule);
  expect(found(wrong)).toContain(rule);
  expect(found(right)).toEqual([]);
});

it('a negative value is legal where the norm keeps it, and a matter for mending where it does not', () => {
  const of = (negative: 'keep' | 'refuse'): string[] =>
    checkQuality(
      printed({ services: [{ at: 's', code: 'waterSupply', value: '-2.63', negative }] }),
      rules,
    ).findings.map(({ rule, grade }) => `${rule} ${grade}`);
  expect(of('keep')).toEqual(['negativeValue D']);
  expect(of('refuse')).toEqual(['negativeValue B']);
});
