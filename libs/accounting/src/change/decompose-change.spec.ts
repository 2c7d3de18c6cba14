/** A change splits to the fen and turns with the years, for every mixture of zeros, missing lines and rounded prices. */
import { readFileSync } from 'node:fs';
import { Fraction, roundToFen, unitValue } from '@gep/kernel';
import { parseUnits } from '@gep/rulebook';
import { totalLines } from '../account/seal-account';
import { changeOfQuantities } from './change-of-quantities';
import { decomposeChange } from './decompose-change';
import { decomposeParts, type ChangePart } from './decompose-parts';
import { ChangeEffect, changeEffects, sumOfEffects } from './effects';
import type { ChangeAccount, ChangeLine, ChangeSide } from './line-sides';
import { lineKey } from '../account/line-order';

const units = parseUnits({ path: 'units.yaml', text: readFileSync('rulebook/units.yaml', 'utf8') });
const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const cases = process.env.GEP_MANY_CASES ? 100_000 : process.env.GEP_FEWER_CASES ? 2_000 : 10_000;

interface Amount {
  readonly type?: string | null;
  readonly item?: string | null;
  readonly service?: string;
  readonly supplied?: number;
  readonly quantity: number;
  readonly price?: string | null;
  readonly gamma?: string | null;
  readonly fen?: bigint;
}

function lineOf({ type = 'forest', item = null, service = 'water', supplied, ...rest }: Amount): ChangeLine {
  const { quantity, price = '2', gamma = '1' } = rest;
  const worth = Fraction.parse(price ?? '1')!.times(Fraction.parse(gamma ?? '1')!);
  return {
    service,
    category: 'regulating',
    group: service,
    type,
    item,
    supplied: supplied ?? null,
    quantity,
    unit: 't',
    price,
    priceUnit: 'yuan/kg',
    gamma,
    valueFen: rest.fen ?? roundToFen(quantity, unitValue(worth.times(Fraction.of(1000n)))),
    grade: 'published',
  };
}

function accountOf(lines: readonly ChangeLine[], areaByType: Record<string, number>, name = '2020'): ChangeAccount {
  const totals = totalLines(lines, Object.keys(areaByType));
  const norm = { id: 'sample', edition: 'e' };
  return { territory: '520523', period: name, norm, digest: name, areaByType, areaUnit: 'hm2', totals, lines };
}

const split = (before: ChangeSide, after: ChangeSide) =>
  decomposeChange({ settings: [], corners: [before, after] }, units);
const only = (effects: Readonly<Record<string, bigint>>): Partial<Record<ChangeEffect, bigint>> =>
  Object.fromEntries(Object.entries(effects).filter(([, fen]) => fen !== 0n));

describe('the effects of a change', () => {
  it('are worked by hand for two factors: half of what they do together goes to each', () => {
    const before = accountOf([lineOf({ quantity: 10 })], { forest: 10 });
    const after = accountOf([lineOf({ quantity: 30, price: '3' })], { forest: 30 }, '2021');
    // 10 t → 30 t at 2000 → 3000 yuan/t: 20 × 2500 for the area, 1000 × 20 for the price.
    expect(only(split({ account: before }, { account: after }).effects)).toEqual({
      area: 5_000_000n,
      price: 2_000_000n,
    });
  });

  it('follow the three-factor split of SEEA EA, annex A10.1', () => {
    const before = accountOf([lineOf({ quantity: 200 * 3, price: '5' })], { forest: 200 });
    const after = accountOf([lineOf({ quantity: 180 * 4, price: '7' })], { forest: 180 }, '2021');
    const annex = (dx: number, [y0, y1]: number[], [z0, z1]: number[]) =>
      dx * ((y0 * z0 + y1 * z1) / 3 + (y0 * z1 + y1 * z0) / 6);
    const { effects } = split({ account: before }, { account: after });
    const fen = 100_000;
    expect(Number(effects.area)).toBeCloseTo(annex(-20, [3, 4], [5, 7]) * fen, -1);
    expect(Number(effects.supply)).toBeCloseTo(annex(1, [200, 180], [5, 7]) * fen, -1);
    expect(Number(effects.price)).toBeCloseTo(annex(2, [200, 180], [3, 4]) * fen, -1);
  });

  it.each<[string, Amount | null, number, Amount | null, number, ChangeEffect]>([
    ['a type that appears', null, 0, { quantity: 8 }, 4, 'area'],
    ['a type that disappears', { quantity: 8 }, 4, null, 0, 'area'],
    ['a type whose line stays at zero', { quantity: 8 }, 4, { quantity: 0 }, 0, 'area'],
    ['a line that is missing although its type has area', null, 4, { quantity: 8 }, 4, 'supply'],
    ['a supply that dries up', { quantity: 8 }, 4, { quantity: 0 }, 4, 'supply'],
    ['a use that ceases', { supplied: 8, quantity: 8 }, 4, { supplied: 8, quantity: 0 }, 4, 'use'],
    ['a price that comes to be', { quantity: 8, price: '0' }, 4, { quantity: 8 }, 4, 'price'],
    ['a share of nature', { quantity: 8, gamma: '0' }, 4, { quantity: 8 }, 4, 'gamma'],
    ['a quantity over no area', { quantity: 8 }, 0, { quantity: 9 }, 4, 'supply'],
    ['a quantity without a type', { quantity: 8, type: null }, 4, { quantity: 9, type: null }, 5, 'supply'],
    ['a value that its price does not give', { quantity: 8, price: null, fen: 9n }, 4, { quantity: 8 }, 4, 'price'],
    ['a value without a quantity', { quantity: 0, price: null, fen: 9n }, 4, { quantity: 8 }, 4, 'supply'],
  ])('put %s under one heading', (_, left, areaBefore, right, areaAfter, effect) => {
    const lines = (amount: Amount | null) => (amount ? [lineOf(amount)] : []);
    const before = accountOf(lines(left), areaBefore ? { forest: areaBefore } : {});
    const after = accountOf(lines(right), areaAfter ? { forest: areaAfter } : {}, '2021');
    const found = split({ account: before }, { account: after });
    expect(only(found.effects)).toEqual({ [effect]: found.changeFen });
    expect(found.changeFen).not.toBe(0n);
  });

  it('tell condition and weather from supply by their levels', () => {
    const key = lineKey({ service: 'water', type: 'forest', item: null });
    const side = (quantity: number, condition: number, weather: number): ChangeSide => ({
      account: accountOf([lineOf({ quantity })], { forest: 10 }, String(quantity)),
      levels: new Map([[key, { condition, weather }]]),
    });
    expect(only(split(side(10, 4, 3), side(20, 8, 3)).effects)).toEqual({ condition: 2_000_000n });
    expect(only(split(side(10, 4, 3), side(5, 4, 1.5)).effects)).toEqual({ weather: -1_000_000n });
    expect(only(split(side(10, 4, 3), side(10, 8, 1.5)).effects)).toEqual({
      condition: 1_500_000n,
      weather: -1_500_000n,
    });
  });

  it('give a norm that changes the average of what it does before and after', () => {
    const corner = (quantity: number, price: string) => ({
      account: accountOf([lineOf({ quantity, price })], { forest: quantity }, `${quantity} ${price}`),
    });
    const corners = [corner(10, '2'), corner(30, '2'), corner(10, '3'), corner(30, '3')];
    const { effects } = decomposeChange({ settings: ['norm'], corners }, units);
    // The norm raises the price by 1000 yuan/t: on 10 t before and 30 t after, 20 t on average.
    expect(only(effects)).toEqual({ area: 5_000_000n, norm: 2_000_000n });
    const [a, b, c, d] = corners;
    const turned = decomposeChange({ settings: ['norm'], corners: [d, c, b, a] }, units);
    expect(only(turned.effects)).toEqual({ area: -5_000_000n, norm: -2_000_000n });
  });

  it('of a whole are those of its parts, and parts that come or go are the boundary', () => {
    const part = (territory: string, quantity: number, price: string): ChangeAccount => ({
      ...accountOf([lineOf({ quantity, price })], { forest: 1 }, `${territory} ${quantity}`),
      territory,
    });
    const whole = (parts: readonly ChangeAccount[]) =>
      accountOf(
        parts.flatMap(({ lines }) => lines),
        { forest: parts.length },
      );
    const before = [part('1', 10, '2'), part('2', 5, '4'), part('3', 1, '1')];
    const after = [part('1', 10, '3'), part('2', 6, '4'), part('4', 2, '1')];
    const parts: ChangePart[] = [
      ...[0, 1].map((at) => ({
        corners: { settings: [], corners: [{ account: before[at] }, { account: after[at] }] },
      })),
      { gone: before[2] },
      { come: after[2] },
    ];
    const found = decomposeParts([whole(before), whole(after)], parts, units);
    expect(only(found.effects)).toEqual({ price: 1_000_000n, supply: 400_000n, boundary: 100_000n });
    expect(only(found.byTerritory['3'])).toEqual({ boundary: -100_000n });
  });
});

it('splits quantities by the same factors, each unit for itself', () => {
  const products = (t: number, kWh: number, price: string) => [
    lineOf({ quantity: t, price, item: 'maize' }),
    { ...lineOf({ quantity: kWh, price: '3', type: null, service: 'power' }), unit: 'kWh', priceUnit: 'yuan/kWh' },
  ];
  const before = accountOf(products(10, 4, '2'), { forest: 10 });
  const after = accountOf(products(33, 5.25, '9'), { forest: 30 }, '2021');
  const found = changeOfQuantities(
    [{ corners: { settings: [], corners: [{ account: before }, { account: after }] } }],
    units,
  );
  // 1 t a hectare on 20 hectares more: (1 + 1.1) / 2 each; 0.1 t more on 20 hectares, on average.
  expect(found.map(({ unit, item, change, effects }) => [unit, item, change, only(effects)])).toEqual([
    ['kWh', null, 1_250_000n, { supply: 1_250_000n }],
    ['t', 'maize', 23_000_000n, { area: 21_000_000n, supply: 2_000_000n }],
  ]);
});

describe('random changes', () => {
  const random = generator(seed);
  const pick = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const number = (): number => pick(0, 1, random(), random() * 1e6, Number((random() * 1e4).toFixed(2)));
  const decimal = (): string => pick('0', '1', '1/7', '0.35', (random() * 100).toFixed(3));
  const amount = (): ChangeLine => {
    const supplied = pick(1, 1, 1, -1) * number();
    const quantity = pick(supplied, supplied, supplied * random(), 0);
    const stated = { quantity, supplied: pick(supplied, undefined), price: decimal(), gamma: decimal() };
    const torn = { quantity, price: null, gamma: pick(null, '0.35'), fen: BigInt(Math.floor(random() * 1e9)) };
    return lineOf(random() < 0.8 ? stated : torn);
  };
  const side = (name: string): ChangeSide => {
    const line = random() < 0.85 ? [amount()] : [];
    const levels = random() < 0.5 ? { condition: number(), weather: pick(undefined, number()) } : {};
    const key = lineKey({ service: 'water', type: 'forest', item: null });
    return {
      account: accountOf(line, random() < 0.85 ? { forest: number() } : {}, name),
      levels: new Map([[key, levels]]),
    };
  };

  it(`leave nothing over and turn with the years (${cases} cases, seed ${seed})`, () => {
    for (let at = 0; at < cases; at++) {
      const settings = at % 50 === 0 ? (['norm', 'boundary'] as const) : at % 10 === 0 ? (['norm'] as const) : [];
      const corners = Array.from({ length: 2 ** (settings.length + 1) }, (_, corner) => side(`${corner}`));
      const found = decomposeChange({ settings, corners }, units);
      const turned = decomposeChange({ settings, corners: [...corners].reverse() }, units);
      const told = changeEffects.some((effect) => turned.effects[effect] !== -found.effects[effect]);
      const left = found.afterFen - found.beforeFen - sumOfEffects(found.effects);
      // Of the same corners, without price and γ.
      const torn = changeOfQuantities([{ corners: { settings, corners } }], units).some(
        ({ change, effects }) => sumOfEffects(effects) !== change || effects.price !== 0n || effects.gamma !== 0n,
      );
      if (told || left !== 0n || torn)
        throw new Error(`case ${at} of seed ${seed}: ${JSON.stringify(corners, bigAsText)}`);
    }
  }, 300_000);
});

const bigAsText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value.entries()] : value;

/** Mulberry32: a small generator whose whole state is its seed. */
function generator(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
