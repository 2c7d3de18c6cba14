/** The base-year account is shared by area and never exceeded, at once or in turns. */
import { Fraction } from '@gep/kernel';
import { hectaresOf, type MeasuredParcel, shareBase } from './share-base';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const cases = process.env['GEP_MANY_CASES'] ? 100_000 : 300;
let state = seed % 2_147_483_647 || 1;
const drawn = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;

const parcel = (code: string, type: string, hectares: string): MeasuredParcel => ({
  ...{ code, type, territory: '990101', baseYear: '2020' },
  hectares: Fraction.parse(hectares)!,
});
const account = {
  fenByType: { forest: 100_000n, grass: 999n },
  hectaresByType: { forest: Fraction.of(40n), grass: Fraction.of(3n) },
};

it('gives each parcel the value of its part of the area of its type', () => {
  const parcels = [parcel('a', 'forest', '10'), parcel('b', 'forest', '2.5'), parcel('c', 'grass', '1')];
  expect(shareBase(account, parcels, {})).toEqual(
    new Map([
      ['a', 25_000n],
      ['b', 6_250n],
      ['c', 333n],
    ]),
  );
});

it('refuses a type that the account does not have, and more area than it has', () => {
  expect(shareBase(account, [parcel('a', 'water', '1')], {})).toEqual({ type: 'water', fault: 'no-type' });
  const full = { forest: Fraction.of(39n) };
  expect(shareBase(account, [parcel('a', 'forest', '1')], full)).toEqual(new Map([['a', 2_500n]]));
  expect(shareBase(account, [parcel('a', 'forest', '1.01')], full)).toEqual({ type: 'forest', fault: 'too-large' });
});

it(`never gives more than the account, and all of it for all of the land, in ${cases} cases (seed ${seed})`, () => {
  for (let turn = 0; turn < cases; turn++) {
    const areas = Array.from({ length: 1 + drawn(12) }, () => 1 + drawn(9_999));
    const whole = areas.reduce((sum, area) => sum + area, 0);
    const fen = BigInt(drawn(1_000_000));
    const one = { fenByType: { t: fen }, hectaresByType: { t: Fraction.of(BigInt(whole)) } };
    let taken = 0;
    let given = 0n;
    for (const [at, area] of areas.entries()) {
      const parts = shareBase(one, [parcel(`p${at}`, 't', String(area))], { t: Fraction.of(BigInt(taken)) });
      taken += area;
      given += (parts as Map<string, bigint>).get(`p${at}`)!;
      expect(given).toBe((fen * BigInt(taken)) / BigInt(whole));
    }
    const atOnce = shareBase(
      one,
      areas.map((area, at) => parcel(`p${at}`, 't', String(area))),
      {},
    );
    expect([...(atOnce as Map<string, bigint>).values()].reduce((sum, part) => sum + part, 0n)).toBe(fen);
  }
});

it('knows units of area', () => {
  expect(['hm2', 'km2', 'm2', 'kg'].map((unit) => hectaresOf(2.5, unit)?.toString())).toEqual([
    ...['5/2', '250', '1/4000', undefined],
  ]);
});
