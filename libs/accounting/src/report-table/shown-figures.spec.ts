/** Figures of reports: areas are the exact decimals that patches add up to, quantities have sensible digits. */
import * as fc from 'fast-check';
import { Fraction, sumInOrder } from '@gep/kernel';
import { seed } from '../account/sample-norm.spec';
import { writtenUnit } from './written-unit';
import { exactArea, shownQuantity, sumExactly } from './shown-figures';

it('reads an area as the exact sum of what its patches say', () => {
  expect(
    [6349.740000000001, 62409.840000000004, 1946.6239999999998, 0, 1e-7].map((area) => exactArea(area).toExactText()),
  ).toEqual([...['6349.74', '62409.84', '1946.624', '0', '0.0000001']]);
});

it('gives the exact sum of decimals whatever their order, counties and cities between', () => {
  console.info(`shown-figures.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
  const area = fc
    .integer({ min: 0, max: 99_999_999 })
    .map((ten) => `${(ten - (ten % 10_000)) / 10_000}.${String(ten % 10_000).padStart(4, '0')}`);
  fc.assert(
    fc.property(fc.array(fc.array(area, { maxLength: 40 }), { maxLength: 12 }), (counties) => {
      const exact = sumExactly(counties.flat().map((text) => Fraction.parse(text)!));
      const city = sumInOrder(counties.map((patches) => sumInOrder(patches.map(Number))));
      expect(exactArea(city).toExactText()).toBe(exact.toExactText());
    }),
    { seed, numRuns: 200 },
  );
});

it('cuts quantities at four decimals, and keeps six significant digits of small ones', () => {
  expect(
    [41448.44296462786, 12345678.9, 0.000012345678, -0.5, 0, 3, 9.99999949, 100, 0.1 + 0.2].map(shownQuantity),
  ).toEqual([...['41448.443', '12345678.9', '0.0000123457', '-0.5', '0', '3', '10', '100', '0.3']]);
});

it('writes units as people read them, in each language', () => {
  expect(['yuan/(hm2*a)', 'm3', 'eqhm2', '1', '万元'].map(writtenUnit)).toEqual([
    { zh: '元/(hm²·a)', en: 'yuan/(hm²·a)' },
    { zh: 'm³', en: 'm³' },
    { zh: '当量 hm²', en: 'equivalent hm²' },
    { zh: '1', en: '1' },
    { zh: '万元', en: '10⁴ yuan' },
  ]);
});
