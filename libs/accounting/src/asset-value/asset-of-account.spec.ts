/** Asset accounts of accounts: years alike give exactly what the same years in a list give, and what is too large is refused. */
import { Fraction } from '@gep/kernel';
import { computeAccount } from '../account/compute-account';
import { maize, normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import type { Account } from '../account/account';
import { plain } from '../input/plain';
import { computeAssetAccount } from './asset-account';
import { roundedFen } from './round-together';
import { assetAssumptions, assetInputOf, type AccountOutlook } from './asset-of-account';
import type { AssetInput, Expectation } from './asset-input';

const norm = normFrom(sampleNormText);
const accountOf = (period: string, area: number, quantity: string): Account => {
  const rows = [
    { type: 'forest', area, rain: 1000, slope: 3 },
    { type: 'dry', area: 50, rain: 800, slope: 2 },
  ];
  return computeAccount(norm, observedOf(rows, [maize(quantity, '2', 'dry')], { period }));
};
const [before, after] = [accountOf('2023', 100, '12'), accountOf('2024', 120.5, '9.7')];
const outlook: AccountOutlook = {
  ...{ rate: Fraction.of(3n, 100n), timing: 'mid', horizon: 12 },
  condition: new Map([['dry', 'down']]),
  demand: new Map([['crops', 'down']]),
};
const input = assetInputOf(before, after, assetAssumptions(outlook, norm));

/** The same expectations, year by year. */
function inLists({ services, ...rest }: AssetInput): AssetInput {
  const listed = ({ quantity, unitPrice }: Expectation): Expectation => ({
    quantity: Array<Fraction>(12).fill(quantity as Fraction),
    unitPrice: Array<Fraction>(12).fill(unitPrice as Fraction),
  });
  const list = services.map((one) => ({ ...one, opening: listed(one.opening), closing: listed(one.closing!) }));
  return { ...rest, services: list };
}

it.each([null, Fraction.of(1n, 50n)])(
  'values years alike as it values them one by one, with inflation %s',
  (inflation) => {
    const alike = computeAssetAccount({ ...input, inflation });
    const listed = computeAssetAccount(inLists({ ...input, inflation }));
    expect(plain(alike)).toEqual(plain(listed));
    expect(alike.sensitivity).toHaveLength(9);
    expect(alike.total.openingFen).toBeGreaterThan(0n);
  },
);

it('values one year at what the account says of it', () => {
  const once = { ...outlook, horizon: 1, timing: 'start' as const };
  const { total } = computeAssetAccount(assetInputOf(before, undefined, assetAssumptions(once, norm)));
  expect(total.openingFen).toBe(before.totals.totalFen);
});

describe('of two accounts at the same prices', () => {
  const long = { ...outlook, horizon: 100, rate: Fraction.of(1n, 50n) };
  const valued = [100.123, 87.9, 131.417, 64.0001].map((area) => {
    const accounts = [accountOf('2022', area, '12'), accountOf('2023', area + 20.394, '9.7')] as const;
    return computeAssetAccount(assetInputOf(...accounts, assetAssumptions(long, norm)));
  });

  it('revalues nothing', () => {
    for (const { services } of valued) {
      // The price of soil follows the area that there is.
      const constant = services.filter(({ service }) => !service.startsWith('soil'));
      expect(constant.length).toBeGreaterThan(2);
      expect(constant.map(({ entries }) => entries.get('revaluation') ?? 0n)).toEqual(constant.map(() => 0n));
    }
  });

  it('says the same in the table as in the sensitivity to discounting', () => {
    for (const { total, sensitivity } of valued) {
      const chosen = sensitivity.find(({ rate, timing }) => rate.equals(long.rate) && timing === long.timing)!;
      const shown = [chosen.opening, chosen.closing].map((yuan) => yuan && roundedFen(yuan));
      expect(shown).toEqual([total.openingFen, total.closingFen]);
    }
  });

  it('says in each line of the sensitivity what a valuation with these terms says, to the fen', () => {
    const accounts = [accountOf('2022', 87.9, '12'), accountOf('2023', 131.417, '9.7')] as const;
    const { sensitivity } = computeAssetAccount(assetInputOf(...accounts, assetAssumptions(long, norm)));
    expect(sensitivity).toHaveLength(9);
    for (const { rate, timing, horizon, opening, closing } of sensitivity) {
      const other = { ...long, rate, timing, horizon };
      const { total } = computeAssetAccount(assetInputOf(...accounts, assetAssumptions(other, norm)));
      expect([opening!, closing!].map(roundedFen)).toEqual([total.openingFen, total.closingFen]);
    }
  });

  it('names rate, timing and terms', () => {
    const [{ discount, terms, inflation }] = valued;
    expect(plain({ discount, terms, inflation })).toEqual({
      discount: { rate: '0.02', timing: 'mid' },
      terms: 'real',
      inflation: null,
    });
  });
});

it('takes what a declared flow takes back off what is supplied', () => {
  const [line] = before.lines;
  const back = { ...line, quantity: -line.quantity, valueFen: -line.valueFen, flow: 'declaration' };
  const whole = { ...before, lines: [...before.lines, back] };
  const { total } = computeAssetAccount(
    assetInputOf(whole, undefined, assetAssumptions({ ...outlook, horizon: 1, timing: 'start' }, norm)),
  );
  expect(total.openingFen).toBe(before.totals.totalFen - line.valueFen);
});

it('refuses more lines and years than may be valued at once', () => {
  const bounded = assetAssumptions({ ...outlook, most: before.lines.length * 12 - 1 }, norm);
  expect(() => assetInputOf(before, after, bounded)).toThrow(/ask for fewer years/);
});
