/** Generated counties are the same for the same seed and differ between counties, periods and seeds. */
import { inventPatches, randomFrom } from './county-patches';

const all = (county: string, period: string, seed: string) => [...inventPatches(county, period, seed, 40)];

describe('inventPatches', () => {
  it('repeats itself exactly for the same seed, county and period', () => {
    expect(all('110101', '2024', 'a')).toEqual(all('110101', '2024', 'a'));
  });

  it('differs for another county, period or seed', () => {
    const reference = JSON.stringify(all('110101', '2024', 'a').map(({ areaHectare }) => areaHectare));
    for (const other of [all('110102', '2024', 'a'), all('110101', '2023', 'a'), all('110101', '2024', 'b')])
      expect(JSON.stringify(other.map(({ areaHectare }) => areaHectare))).not.toBe(reference);
  });

  it('keeps every number within what the norm accepts', () => {
    for (const patch of all('520523', '2024', 'limits')) {
      expect(Number(patch.areaHectare)).toBeGreaterThan(0);
      expect(Number(patch.coverFactor)).toBeLessThanOrEqual(1);
      expect(Number(patch.precipitationMm)).toBeGreaterThan(Number(patch.evapotranspirationMm));
    }
  });

  it('has no patch that keeps more soil than the checks take without a word, and mostly gentle land', () => {
    const counties = Array.from({ length: 200 }, (_, at) => [
      ...inventPatches(String(110101 + at), '2024', 'slopes', 30),
    ]);
    for (const { rainfallErosivity, soilErodibility, slopeFactor } of counties.flat()) {
      const slope = Number(slopeFactor);
      expect([slope > 0, slope <= 10]).toEqual([true, true]);
      expect(Number(rainfallErosivity) * Number(soilErodibility) * slope).toBeLessThan(500);
    }
    const slopes = counties.flat().map(({ slopeFactor }) => Number(slopeFactor));
    expect(slopes.filter((slope) => slope < 2).length / slopes.length).toBeGreaterThan(0.6);
  });
});

describe('randomFrom', () => {
  it('stays in [0, 1) and spreads over it', () => {
    const next = randomFrom('spread');
    const numbers = Array.from({ length: 10_000 }, () => next());
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toBeCloseTo(0.5, 1);
  });
});
