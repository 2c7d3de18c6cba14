/** Aggregates: parts add up to the fen, order does not matter, gaps show. */
import * as fc from 'fast-check';
import { BrokenInvariant } from '@gep/kernel';
import { Account, AccountLine } from './account';
import { aggregateAccounts, AggregateTarget } from './aggregate-account';
import { changeOfQuantity, compareAccounts } from './compare-accounts';
import { assertAddsUp, sealAccount } from './seal-account';
import { decodeTotals, encodeTotals } from './totals-json';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const norm = {
  id: 'test',
  edition: 'e1',
  services: ['maize', 'soil', 'carbon'].map((code) => ({ code })),
  types: ['forest', 'grass', 'dry'].map((code) => ({ code })),
};
const target = (expectedChildren: number): AggregateTarget => ({
  territory: '520000',
  period: '2024',
  norm,
  expectedChildren,
});

const lineOf = (
  service: string,
  type: string | null,
  quantity: number,
  valueFen: bigint,
  price = '2',
): AccountLine => ({
  service,
  category: service === 'maize' ? 'provisioning' : 'regulating',
  group: service,
  type,
  item: service === 'maize' ? 'maize' : null,
  quantity,
  supplied: null,
  unit: 't',
  price,
  priceUnit: 'yuan/t',
  gamma: '1',
  valueFen,
  grade: price === '2' ? 'published' : 'solved',
});

function accountOf(
  territory: string,
  lines: AccountLine[],
  areaByType: Record<string, number> = { forest: 1 },
): Account {
  return sealAccount(
    {
      territory,
      period: '2024',
      norm: { id: norm.id, edition: norm.edition },
      observationDigest: `digest of ${territory}`,
      origin: 'observed',
      lines,
      areaByType,
      areaUnit: 'hm2',
      baseSums: { keys: [], types: [], rows: [], sums: [], standIns: [] },
      coverage: { present: 1, expected: 1, complete: true },
      children: [],
    },
    norm,
  );
}

const line = fc
  .record({
    service: fc.constantFrom('soil', 'carbon', 'maize'),
    type: fc.constantFrom('forest', 'grass', 'dry', null),
    quantity: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    valueFen: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
    price: fc.constantFrom('2', '3'),
  })
  .map(({ service, type, quantity, valueFen, price }) => lineOf(service, type, quantity, valueFen, price));
const lines = fc.uniqueArray(line, { selector: ({ service, type }) => `${service} ${type}`, maxLength: 12 });
const children = fc
  .array(lines, { maxLength: 12 })
  .map((all) => all.map((some, at) => accountOf(String(520100 + at), some, { forest: at / 7, dry: 0.1 })));

describe('aggregateAccounts', () => {
  it('adds lines by service, type and item, in the order of the norm', () => {
    const parent = aggregateAccounts(target(3), [
      accountOf('520200', [lineOf('soil', 'forest', 0.2, 7n, '3'), lineOf('carbon', 'grass', 1, 5n)]),
      accountOf('520100', [lineOf('maize', 'dry', 4, 9n), lineOf('soil', 'forest', 0.1, 4n)]),
    ]);
    expect(
      parent.lines.map(({ service, type, quantity, valueFen, price, grade }) => [
        service,
        type,
        quantity,
        valueFen,
        price,
        grade,
      ]),
    ).toEqual([
      ['maize', 'dry', 4, 9n, '2', 'published'],
      ['soil', 'forest', 0.30000000000000004, 11n, null, 'solved'],
      ['carbon', 'grass', 1, 5n, '2', 'published'],
    ]);
    expect(parent.totals.totalFen).toBe(25n);
    expect(parent.coverage).toEqual({ present: 2, expected: 3, complete: false });
    expect(parent.grade).toBe('solved');
    expect(parent.children.map(({ territory }) => territory)).toEqual(['520100', '520200']);
  });

  it('is incomplete while any part of it is', () => {
    const inner = aggregateAccounts({ ...target(2), territory: '520100' }, [accountOf('520101', [])]);
    expect(aggregateAccounts(target(1), [inner]).coverage).toEqual({ present: 1, expected: 1, complete: false });
  });

  it('refuses a child of another edition or given twice', () => {
    const child = accountOf('520100', []);
    expect(() => aggregateAccounts({ ...target(1), norm: { ...norm, edition: 'e2' } }, [child])).toThrow(
      BrokenInvariant,
    );
    expect(() => aggregateAccounts(target(1), [child, child])).toThrow(BrokenInvariant);
  });

  it('adds up to the fen and gives the same bits whatever the order of the children', () => {
    fc.assert(
      fc.property(children, fc.nat(), (given, shift) => {
        const parent = aggregateAccounts(target(given.length), given);
        assertAddsUp(parent);
        expect(parent.totals.totalFen).toBe(given.reduce((sum, child) => sum + child.totals.totalFen, 0n));
        const turned = given.map((_, at) => given[(at + shift) % given.length]);
        expect(aggregateAccounts(target(given.length), turned)).toEqual(parent);
        expect(decodeTotals(JSON.parse(JSON.stringify(encodeTotals(parent.totals))))).toEqual(parent.totals);
      }),
      { seed, verbose: 1 },
    );
  });

  it('changes its digest when, and only when, a child or the tree does', () => {
    fc.assert(
      fc.property(children, lines, (given, other) => {
        const digest = (accounts: Account[], expected: number): string =>
          aggregateAccounts(target(expected), accounts).observationDigest;
        expect(digest([...given], given.length)).toBe(digest(given, given.length));
        expect(digest(given, given.length + 1)).not.toBe(digest(given, given.length));
        const added = [...given, accountOf('529999', other)];
        expect(digest(added, added.length)).not.toBe(digest(given, added.length));
      }),
      { seed, verbose: 1 },
    );
  });
});

describe('compareAccounts', () => {
  it('gives absolute and relative changes for lines, totals and areas', () => {
    const before = accountOf('520100', [lineOf('soil', 'forest', 10, 1000n), lineOf('maize', 'dry', 1, 50n)], {
      dry: 2,
    });
    const after = accountOf('520100', [lineOf('soil', 'forest', 15, 1500n), lineOf('carbon', 'grass', 3, 9n)], {
      forest: 2,
    });
    const change = compareAccounts(before, after);
    expect(change.total).toEqual({ before: 1050n, after: 1509n, absolute: 459n, relative: 459 / 1050 });
    expect(change.byService.maize).toEqual({ before: 50n, after: 0n, absolute: -50n, relative: -1 });
    expect(change.byService.carbon.relative).toBeNull();
    expect(change.areaByType).toEqual({
      dry: { before: 2, after: 0, absolute: -2, relative: -1 },
      forest: { before: 0, after: 2, absolute: 2, relative: null },
    });
    expect(change.lines.find(({ service }) => service === 'soil')).toMatchObject({
      quantity: { before: 10, after: 15, absolute: 5, relative: 0.5 },
      price: { before: '2', after: '2' },
    });
  });

  it('does not set quantities of different units against each other', () => {
    const kilograms = { ...lineOf('soil', 'forest', 10, 1000n), unit: 'kg/a' };
    const change = compareAccounts(accountOf('1', [kilograms]), accountOf('1', [lineOf('soil', 'forest', 1, 1000n)]));
    expect(change.lines[0]).toMatchObject({ quantity: null, unit: null });
  });

  it('adds the changes of the lines up to the change of the total', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const change = compareAccounts(accountOf('520100', before), accountOf('520100', after));
        expect(change.lines.reduce((sum, { value }) => sum + value.absolute, 0n)).toBe(change.total.absolute);
      }),
      { seed, verbose: 1 },
    );
  });

  it('keeps the sign of a relative change when the amount before is negative', () => {
    expect(changeOfQuantity(-2, -1)).toEqual({ before: -2, after: -1, absolute: 1, relative: 0.5 });
  });
});
