/** Asset values: factors by timing and schedule, splits without residual, every entry of the table, money that adds up. */
import fc from 'fast-check';
import { Decimal, DomainError, Fraction } from '@gep/kernel';
import { InputNode } from '../input/input-node';
import { computeAssetAccount, type AssetAccount } from './asset-account';
import type { AssetInput } from './asset-input';
import { constantRate, discountFactors } from './discount-factors';
import { readAssetValue } from './read-asset-value';
import { roundTogether } from './round-together';
import { splitThreeFactors } from './three-factor-split';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`asset-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 500 });

const of = (text: string): Fraction => Fraction.parse(text)!;
const fractions = fc
  .tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 999 }))
  .map(([top, bottom]) => Fraction.of(BigInt(top), BigInt(bottom)));
const sum = (figures: Iterable<Fraction>): Fraction => [...figures].reduce((all, one) => all.plus(one), Fraction.zero);

function refusalOf(act: () => unknown): DomainError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  return undefined;
}

describe('discountFactors', () => {
  it('depend on the timing: end, start, and the square root between them', () => {
    const [end, start, mid] = (['end', 'start', 'mid'] as const).map((timing) =>
      discountFactors(constantRate(of('0.02'), timing), 3),
    );
    expect(end.map(String)).toEqual(['50/51', '2500/2601', '125000/132651']);
    expect(start.map(String)).toEqual(['1', '50/51', '2500/2601']);
    expect(mid[0].toDecimalText(12)).toBe('0.990147542977');
    expect(mid[2].toDecimalText(12)).toBe('0.951698907129');
  });

  it('sum to the factor that global models use: 100 years at 2%, undiscounted last', () => {
    const factors = discountFactors(constantRate(of('0.02'), 'end'), 100);
    expect(sum(factors).toDecimalText(6)).toBe('43.0984');
  });

  it('follow a declining schedule year by year', () => {
    const steps = [
      { fromYear: 1, rate: of('0.035') },
      { fromYear: 31, rate: of('0.03') },
      { fromYear: 76, rate: of('0.025') },
    ];
    const factors = discountFactors({ kind: 'rates', steps, timing: 'end' }, 100);
    const expected = new Decimal('1.035')
      .pow(-30)
      .times(new Decimal('1.03').pow(-45))
      .times(new Decimal('1.025').pow(-25));
    expect(factors[99].toDecimalText(25)).toBe(expected.toSignificantDigits(25).toFixed());
  });
});

describe('splitThreeFactors', () => {
  const factors = fc.record({ price: fractions, volume: fractions, area: fractions });
  const product = ({ price, volume, area }: Record<'price' | 'volume' | 'area', Fraction>): Fraction =>
    price.times(volume).times(area);

  it('leaves nothing over, turns its signs with the periods, and gives nothing to what did not change', () => {
    fc.assert(
      fc.property(factors, factors, (before, after) => {
        const effects = splitThreeFactors(before, after);
        const change = product(after).minus(product(before));
        expect(String(sum(Object.values(effects)))).toBe(String(change));
        const back = splitThreeFactors(after, before);
        for (const key of ['price', 'volume', 'area'] as const) expect(String(back[key].plus(effects[key]))).toBe('0');
        const still = splitThreeFactors(before, { ...after, volume: before.volume });
        expect(String(still.volume)).toBe('0');
      }),
    );
  });
});

describe('roundTogether', () => {
  it('gives the whole, each within a fen and a half of its exact amount', () => {
    const amounts = fc.array(fc.tuple(fractions, fc.boolean()), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, (drawn) => {
        const exact = drawn.map(([amount, negative]) => (negative ? Fraction.zero.minus(amount) : amount));
        const parts = new Map(exact.map((amount, at) => [`e${at}`, amount] as const));
        const fen = sum(exact).times(Fraction.of(100n));
        const whole = fen.numerator / fen.denominator;
        const rounded = roundTogether(parts, whole);
        expect([...rounded.values()].reduce((all, one) => all + one, 0n)).toBe(whole);
        for (const [code, amount] of parts) {
          const away = amount
            .times(Fraction.of(100n))
            .minus(Fraction.of(rounded.get(code)!))
            .toNumber();
          expect(Math.abs(away)).toBeLessThanOrEqual(1.5);
        }
      }),
    );
  });
});

const service = { code: 'wood', asset: 'forest', opening: { quantity: '10', unitPrice: '5' } };
const document = {
  title: 'X',
  horizon: '10',
  terms: 'real',
  discount: { rate: '0.02', timing: 'end' },
  assets: [{ code: 'forest', unit: 'hm2', area: ['50', '50'], condition: 'down' }],
  services: [{ ...service, closing: { quantity: '8', unitPrice: '5' } }],
};
const read = (change: object = {}): AssetInput =>
  readAssetValue(InputNode.read(JSON.stringify({ ...document, ...change }), 'a.json'));
const entriesOf = (account: AssetAccount): Record<string, string> =>
  Object.fromEntries([...account.total.entries].map(([entry, fen]) => [entry, String(fen)]));

describe('computeAssetAccount', () => {
  const annuity = discountFactors(constantRate(of('0.02'), 'end'), 10).reduce((all, one) => all.plus(one));

  it('values constant flows by the annuity, deflates nominal prices, and takes given factors', () => {
    const real = computeAssetAccount(read());
    expect(real.total.openingFen).toBe(BigInt(Math.round(annuity.toNumber() * 5000)));
    const nominal = computeAssetAccount(
      read({ terms: 'nominal', inflation: '0.02', discount: { factors: Array(10).fill('1') } }),
    );
    expect(nominal.total.openingFen).toBe(real.total.openingFen);
    expect(refusalOf(() => read({ terms: 'nominal' }))?.code).toBe('accounting.asset-terms');
  });

  it.each([
    ['8', 'down', undefined, 'degradation'],
    ['8', 'down', 'up', 'degradation'],
    ['8', 'up', 'down', 'downwardReappraisal'],
    ['12', 'up', 'down', 'enhancement'],
    ['12', 'down', 'up', 'upwardReappraisal'],
    ['12', 'unchanged', undefined, 'upwardReappraisal'],
    ['8', undefined, undefined, 'downwardReappraisal'],
    ['8', 'up', 'up', 'accounting.asset-impossible'],
    ['12', 'down', 'down', 'accounting.asset-impossible'],
    ['12', 'down', undefined, 'accounting.asset-demand'],
  ])('quantity to %s, condition %s, demand %s: %s', (quantity, condition, demand, entry) => {
    const input = read({
      assets: [{ ...document.assets[0], condition }],
      services: [{ ...service, demand, closing: { quantity, unitPrice: '5' } }],
    });
    let found: string | undefined;
    const refusal = refusalOf(() => {
      [found] = computeAssetAccount(input).total.entries.keys();
    });
    expect(refusal?.code ?? found).toBe(entry);
  });

  it('books a catastrophe apart from degradation', () => {
    const account = computeAssetAccount(read({ services: [{ ...document.services[0], catastrophicLoss: '30' }] }));
    const { degradation, catastrophicLoss } = entriesOf(account);
    expect(catastrophicLoss).toBe('-3000');
    expect(BigInt(degradation) - 3000n).toBe(account.total.netFen);
  });

  it('books an asset that appears or vanishes as conversion, and a new service as volume', () => {
    const nothing = { quantity: '0', unitPrice: '0' };
    const made = computeAssetAccount(
      read({
        assets: [{ ...document.assets[0], area: ['0', '50'] }],
        services: [{ ...service, opening: nothing, closing: service.opening }],
      }),
    );
    expect(entriesOf(made)).toEqual({ conversionsAdditions: String(made.total.closingFen) });
    const begun = computeAssetAccount(
      read({ services: [{ ...service, demand: 'up', opening: nothing, closing: service.opening }] }),
    );
    expect(entriesOf(begun)).toEqual({ upwardReappraisal: String(begun.total.closingFen) });
  });

  it('closes to the fen in every service, asset and in the whole', () => {
    const figures = fc.array(fc.integer({ min: 0, max: 9999 }).map(String), { minLength: 3, maxLength: 3 });
    const expectation = fc.record({ quantity: figures, unitPrice: figures });
    const services = fc.array(fc.record({ opening: expectation, closing: expectation, loss: fc.nat(500) }), {
      minLength: 1,
      maxLength: 4,
    });
    const area = fc
      .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
      .map((pair) => pair.map(String));
    fc.assert(
      fc.property(services, area, fc.constantFrom('two', 'three'), (drawn, areas, split) => {
        const account = computeAssetAccount(
          read({
            split,
            horizon: '3',
            assets: [{ code: 'forest', unit: 'hm2', area: areas }],
            services: drawn.map(({ loss, ...flows }, at) => ({
              code: `s${at}`,
              asset: 'forest',
              ...flows,
              catastrophicLoss: String(loss),
            })),
          }),
        );
        const rows = [...account.services, ...account.assets.values(), account.total];
        for (const { openingFen, entries, closingFen } of rows)
          expect([...entries.values()].reduce((all, one) => all + one, openingFen)).toBe(closingFen);
      }),
      { numRuns: 150 },
    );
  });

  it('shows how the value depends on rate, timing and horizon, where the expectations reach', () => {
    const { sensitivity } = computeAssetAccount(
      read({ sensitivity: { rates: ['0', '0.02'], horizons: ['10', '20'], timings: ['end'] } }),
    );
    expect(sensitivity.map(({ rate, horizon, opening }) => [String(rate), horizon, opening?.toDecimalText(7)])).toEqual(
      [
        ['0', 10, '500'],
        ['0', 20, '1000'],
        ['1/50', 10, '449.13'],
        ['1/50', 20, '817.57'],
      ],
    );
    const listed = computeAssetAccount(
      read({
        horizon: '1',
        services: [
          { ...service, opening: { quantity: ['1'], unitPrice: '5' }, closing: { quantity: ['1'], unitPrice: '5' } },
        ],
        sensitivity: { rates: ['0'], horizons: ['1', '2'], timings: ['end'] },
      }),
    );
    expect(listed.sensitivity.map(({ opening }) => opening && String(opening))).toEqual(['5', null]);
  });

  it('refuses expectations that are shorter than the horizon', () => {
    const short = { quantity: ['1', '2'], unitPrice: '5' };
    const input = read({ services: [{ ...service, opening: short, closing: short }] });
    expect(refusalOf(() => computeAssetAccount(input))?.facts).toMatchObject({
      what: 'wood.quantity',
      years: 2,
      horizon: 10,
    });
    const factors = read({ discount: { factors: ['1'] } });
    expect(refusalOf(() => computeAssetAccount(factors))?.code).toBe('accounting.asset-horizon');
  });
});

it.each([
  ['two kinds of discount', { discount: { rate: '0.02', factors: ['1'], timing: 'end' } }],
  ['a rate without timing', { discount: { rate: '0.02' } }],
  ['a rate in per cent', { discount: { rate: '2', timing: 'end' } }],
  [
    'a schedule that does not begin with year 1',
    { discount: { schedule: [{ fromYear: 2, rate: '0.02' }], timing: 'end' } },
  ],
  ['terms left out', { terms: undefined }],
  ['an unknown asset', { services: [{ ...service, asset: 'bog' }] }],
  ['a closing without area', { assets: [{ ...document.assets[0], area: '50' }] }],
  ['a quantity without area', { assets: [{ ...document.assets[0], area: ['0', '50'] }] }],
  ['no years at all', { horizon: '0' }],
])('%s is refused', (_what, wrong) => {
  expect(refusalOf(() => read(wrong))?.code).toBe('accounting.input-unreadable');
});
