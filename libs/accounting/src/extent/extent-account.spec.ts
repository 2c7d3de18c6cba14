/** Extent accounts: entries and matrix balance on random land, what does not balance is refused with its place and amount. */
import fc from 'fast-check';
import { DomainError, Fraction } from '@gep/kernel';
import { parseCrosswalk } from '@gep/rulebook';
import { InputNode } from '../input/input-node';
import { computeExtent, mergeExtents, outside, type ExtentInput, type Transition } from './extent-account';
import { extentOfPatches } from './extent-of-patches';
import { mapClasses } from './map-classes';
import { readExtent } from './read-extent';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`extent-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const codes = ['forest', 'grass', 'water', 'built'];
const classes = codes.map((code) => ({ code, name: { zh: '类', en: code } }));
const cause = fc.constantFrom<Transition['cause']>('managed', 'unmanaged', 'unstated');
const areas = fc.integer({ min: 0, max: 1e6 }).map((hundredths) => Fraction.of(BigInt(hundredths), 100n));
const inside = fc.record({ from: fc.constantFrom(...codes), to: fc.constantFrom(...codes), area: areas, cause });
const crossing = fc
  .record({ code: fc.constantFrom(...codes), area: areas, into: fc.boolean() })
  .map(({ code, area, into }): Transition => {
    return { from: into ? null : code, to: into ? code : null, area, cause: 'boundary' };
  });
const frame = { part: 'x', from: '2020', to: '2024', unit: 'hm2', classes, decimals: 2 } as const;
const extents = fc
  .array(fc.oneof({ weight: 4, arbitrary: inside }, crossing), { maxLength: 30 })
  .map((transitions): ExtentInput => ({ ...frame, transitions }));

const sum = (figures: Iterable<Fraction>): Fraction => [...figures].reduce((all, one) => all.plus(one), Fraction.zero);
const same = (a: Fraction, b: Fraction): void => expect(a.toString()).toBe(b.toString());

function refusalOf(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
const read = (document: object) => readExtent(InputNode.read(JSON.stringify(document), 'a.json'));
const document = { title: 'X', from: '2020', to: '2024', unit: 'hm2', classes: codes };

describe('computeExtent', () => {
  it('balances: opening + additions − reductions = closing, rows give opening, columns closing', () => {
    fc.assert(
      fc.property(extents, (input) => {
        const { rows, total, matrix } = computeExtent(input);
        for (const [code, row] of rows) {
          same(row.opening.plus(row.additions!.sum).minus(row.reductions!.sum), row.closing);
          same(sum(matrix!.get(code)!.values()), row.opening);
          same(sum([...matrix!.values()].map((cells) => cells.get(code)!)), row.closing);
          for (const { managed, unmanaged, unstated, sum: all } of [row.additions!, row.reductions!])
            same(sum([managed, unmanaged, unstated]), all);
        }
        same(sum([...rows.values()].map(({ closing }) => closing)), total.closing);
        const crossed = matrix!.has(outside) ? sum(matrix!.get(outside)!.values()) : Fraction.zero;
        const left = sum(codes.map((code) => matrix!.get(code)!.get(outside) ?? Fraction.zero));
        same(total.net, crossed.minus(left));
      }),
    );
  });

  it('of parts adds up to the account of the whole', () => {
    fc.assert(
      fc.property(fc.array(extents, { minLength: 1, maxLength: 4 }), (parts) => {
        const whole = computeExtent(mergeExtents('whole', parts));
        for (const code of codes)
          same(whole.rows.get(code)!.net, sum(parts.map((part) => computeExtent(part).rows.get(code)!.net)));
      }),
    );
  });

  it('books a change of boundary as managed, from and to outside', () => {
    const transitions: Transition[] = [
      { from: null, to: 'forest', area: Fraction.of(7n), cause: 'boundary' },
      { from: 'grass', to: 'forest', area: Fraction.of(2n), cause: 'unmanaged' },
    ];
    const { rows, matrix } = computeExtent({ ...frame, transitions });
    expect(String(rows.get('forest')!.additions!.managed)).toBe('7');
    expect(String(rows.get('forest')!.additions!.unmanaged)).toBe('2');
    expect(String(matrix!.get(outside)!.get('forest'))).toBe('7');
    for (const wrong of [
      { ...transitions[0], cause: 'managed' },
      { ...transitions[1], cause: 'boundary' },
    ] as const)
      expect(refusalOf(() => computeExtent({ ...frame, transitions: [wrong] })).code).toBe(
        'accounting.extent-boundary',
      );
  });

  it('takes what printed digits may differ by and not a hundredth more, naming class, side and amount', () => {
    const of = (opening: string) =>
      read({
        ...document,
        matrix: [
          ['1.05', '2.00', '0.00', '0.00'],
          ['0.00', '5.00', '0.00', '0.00'],
          ['0.00', '0.00', '0.00', '0.00'],
          ['0.00', '0.00', '0.00', '0.00'],
        ],
        opening: { forest: opening },
      }).parts[0];
    // Four cells and the sum, half a hundredth each: 0.025.
    const [difference] = computeExtent(of('3.07')).differences;
    expect([difference.class, difference.side, String(difference.tolerance)]).toEqual(['forest', 'opening', '1/40']);
    const refusal = refusalOf(() => computeExtent(of('3.08')));
    expect(refusal.code).toBe('accounting.extent-imbalance');
    expect(refusal.facts).toMatchObject({ class: 'forest', side: 'opening', difference: '-0.03', tolerance: '0.025' });
    expect(refusal.text.zh).toContain('0.03');
  });

  it('says that the matrix is unknown when only opening and closing are given', () => {
    const areas = { opening: { forest: '3', grass: '4' }, closing: { forest: '1', grass: '6' } };
    const account = computeExtent(read({ ...document, ...areas }).parts[0]);
    expect(account.matrix).toBeNull();
    expect(account.rows.get('forest')).toMatchObject({ additions: null, reductions: null });
    expect(String(account.rows.get('forest')!.net)).toBe('-2');
    const grown = read({ ...document, ...areas, closing: { forest: '1', grass: '16' } }).parts[0];
    expect(refusalOf(() => computeExtent(grown)).facts).toMatchObject({ class: null, difference: '10' });
  });
});

describe('readExtent', () => {
  it.each([
    [{ ...document }, 'matrix'],
    [{ ...document, transitions: [{ from: 'forest', to: 'grass', area: '-1' }] }, 'transitions[0].area'],
    [{ ...document, transitions: [{ from: 'forest', to: 'grass', area: 'many' }] }, 'transitions[0].area'],
    [{ ...document, transitions: [{ from: 'forest', to: 'grass', area: '1', cause: 'fire' }] }, 'cause'],
    [{ ...document, transitons: [] }, 'did you mean transitions'],
    [{ ...document, matrix: [['1']] }, '4 rows of 4'],
  ])('refuses %j', (wrong, says) => {
    const refusal = refusalOf(() => read(wrong));
    expect([refusal.code, refusal.text.en.includes(says) ? says : refusal.text.en]).toEqual([
      'accounting.input-unreadable',
      says,
    ]);
  });

  it('refuses a class that is not listed', () => {
    const { parts } = read({ ...document, transitions: [{ from: 'forest', to: 'bog', area: '1' }] });
    expect(refusalOf(() => computeExtent(parts[0])).code).toBe('accounting.extent-class');
  });
});

describe('mapClasses', () => {
  const table = `id: a
title: { zh: 甲, en: a }
from: a
to: b
source: { zh: 甲, en: a }
grade: unverified
targets: [{ code: T, name: { zh: 树, en: T } }, { code: W, name: { zh: 水, en: W } }, { code: U, name: { zh: 城, en: U } }]
classes:
  - { code: forest, name: { zh: 林, en: f }, to: [{ code: T }] }
  - { code: grass, name: { zh: 草, en: g }, to: [{ code: T }] }
  - { code: water, name: { zh: 水, en: w }, to: [{ code: W, share: 0.75 }, { code: U, share: 0.25 }] }
  - { code: built, name: { zh: 建, en: b }, to: [{ code: U }, { code: W }] }
`;
  const crosswalk = parseCrosswalk({ path: 'a.yaml', text: table });
  const shares = new Map([['built', new Map([['U', Fraction.one]])]]);

  it('keeps the area of the whole, and of each class what its shares say', () => {
    fc.assert(
      fc.property(extents, (input) => {
        const [own, mapped] = [computeExtent(input), computeExtent(mapClasses(input, crosswalk, shares))];
        same(mapped.total.opening, own.total.opening);
        same(mapped.total.closing, own.total.closing);
        same(mapped.rows.get('W')!.opening, own.rows.get('water')!.opening.times(Fraction.of(3n, 4n)));
        same(mapped.rows.get('T')!.closing, own.rows.get('forest')!.closing.plus(own.rows.get('grass')!.closing));
      }),
    );
  });

  it('takes land that keeps a shared class for unchanged', () => {
    const transitions: Transition[] = [{ from: 'water', to: 'water', area: Fraction.of(8n), cause: 'unstated' }];
    const { rows } = computeExtent(mapClasses({ ...frame, transitions }, crosswalk, shares));
    expect([...rows].map(([code, { additions, closing }]) => [code, String(additions!.sum), String(closing)])).toEqual([
      ['T', '0', '0'],
      ['W', '0', '6'],
      ['U', '0', '2'],
    ]);
  });

  it('refuses an unmapped class, missing shares and shares that are not 1', () => {
    const input: ExtentInput = { ...frame, transitions: [] };
    const bog = { ...input, classes: [{ code: 'bog', name: { zh: '泥', en: 'bog' } }] };
    expect(refusalOf(() => mapClasses(bog, crosswalk, new Map())).code).toBe('crosswalk.class-unknown');
    expect(refusalOf(() => mapClasses(input, crosswalk, new Map())).code).toBe('crosswalk.shares-needed');
    const half = new Map([['built', new Map([['U', Fraction.of(1n, 2n)]])]]);
    expect(refusalOf(() => mapClasses(input, crosswalk, half)).code).toBe('crosswalk.shares-wrong');
  });

  it.each([
    ['to: [{ code: T }] }', 'to: [{ code: X }] }', 'there is no target "X"'],
    ['share: 0.25', 'share: 0.35', 'add up to 1'],
    ['code: grass', 'code: forest', '"forest" stands twice'],
    ['grade: unverified', 'grade: sure', '"sure" is not one of the values allowed'],
  ])('is not made from a table with %s turned to %s', (good, bad, says) => {
    expect(table).toContain(good);
    const refusal = refusalOf(() => parseCrosswalk({ path: 'a.yaml', text: table.replace(good, bad) }));
    expect([refusal.code, refusal.text.en.includes(says) ? says : refusal.text.en]).toEqual([
      'rulebook.file-unreadable',
      says,
    ]);
  });
});

describe('extentOfPatches', () => {
  const types = codes.map((code) => ({ code, name: { zh: '类', en: code }, hj1166: '1', aliases: [] }));
  const observed = (period: string, rows: readonly (readonly [string | null, string, number])[]) => ({
    territory: '520523',
    period,
    places: ['520523'],
    statistics: [],
    digest: period,
    chunks: [
      {
        rows: rows.length,
        types: codes,
        typeIndex: Uint16Array.from(rows, ([, type]) => codes.indexOf(type)),
        patchIds: rows.every(([patch]) => patch === null) ? null : rows.map(([patch]) => patch!),
        sourceRow: Int32Array.from(rows, (_, at) => at + 2),
        sourceSheet: 'a',
        columns: { area: Float64Array.from(rows, ([, , area]) => area) },
      },
    ],
  });
  const extentOf = (before: Parameters<typeof observed>[1], after: Parameters<typeof observed>[1]) =>
    extentOfPatches(types, 'hm2', observed('2020', before), observed('2024', after));

  it('follows patches by name, and adds their areas exactly', () => {
    const before = [
      ['p1', 'forest', 0.1],
      ['p2', 'forest', 0.2],
      ['p3', 'grass', 5],
    ] as const;
    const after = [
      ['p3', 'built', 5],
      ['p1', 'forest', 0.1],
      ['p2', 'grass', 0.2],
    ] as const;
    const { input, unmatched } = extentOf(before, after);
    const { rows, matrix } = computeExtent(input);
    expect([String(unmatched), String(rows.get('forest')!.opening)]).toEqual(['0', '3/10']);
    expect(String(matrix!.get('grass')!.get('built'))).toBe('5');
    expect(String(matrix!.get('forest')!.get('grass'))).toBe('1/5');
  });

  it('does not guess where patches were drawn anew or have no name', () => {
    const redrawn = extentOf(
      [
        ['p1', 'forest', 3],
        ['p2', 'grass', 1],
      ],
      [
        ['p1', 'forest', 2],
        ['p2', 'grass', 2],
      ],
    );
    expect([String(redrawn.unmatched), computeExtent(redrawn.input).matrix]).toEqual(['1', null]);
    const nameless = extentOf([[null, 'forest', 3]], [[null, 'grass', 3]]);
    expect([String(nameless.unmatched), computeExtent(nameless.input).matrix]).toEqual(['3', null]);
  });

  it('refuses a territory that has grown, and a patch that stands twice', () => {
    const grown = extentOf(
      [['p1', 'forest', 3]],
      [
        ['p1', 'forest', 3],
        ['p2', 'grass', 1],
      ],
    );
    expect(refusalOf(() => computeExtent(grown.input)).facts).toMatchObject({ difference: '1' });
    const twice = [
      ['p1', 'forest', 3],
      ['p1', 'grass', 1],
    ] as const;
    expect(refusalOf(() => extentOf(twice, twice)).code).toBe('accounting.patch-twice');
  });
});
