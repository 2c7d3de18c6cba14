/** What the tests of successions with accounts start from: two counties of a prefecture with accounts, and a split of the one. */
import { AccountSuccessionService, listChildren, listLines, type Account } from '@gep/accounting';
import { Fraction, sumFen } from '@gep/kernel';
import { sharesByArea, type SuccessionChange } from '@gep/territory';
import { forest, startAccounting } from './accounting-setup';

export const [old, beside, fresh, upper] = ['520521', '520523', '520524', '520500'];
export const period = '2023';

/** A split by area of the one county into itself, with two thirds, and a new one. */
export const split = (more: Partial<SuccessionChange> = {}): SuccessionChange => ({
  ...{ kind: 'split', effective: '2023-06-01', predecessors: [old], basis: 'area', source: 'order 3' },
  successors: [{ code: old }, { code: fresh, nameZh: '西县' }],
  shares: sharesByArea(
    new Map([
      [old, Fraction.of(2n)],
      [fresh, Fraction.of(1n)],
    ]),
  ),
  ...more,
});

export async function startSuccessions() {
  const it$ = await startAccounting();
  // A price that leaves fen to round in every county.
  await it$.publish({ price: '0.037' });
  await it$.observe(
    [
      forest(old, 2.3457, { period }),
      forest(old, 7.1113, { period, type: 'grass' }),
      forest(beside, 3.1113, { period }),
      forest('530102', 5, { period }),
    ],
    [{ territory: old, period, item: 'maize', quantity: 17.3, price: 2113.7 }],
  );
  await it$.recompute(period);
  const read = async (territory: string) => {
    const found = await it$.account(territory, { period });
    if (!found) return undefined;
    return it$.test.db.snapshot(it$.actor, async (tx) => ({
      ...found,
      lines: (await listLines(tx, [found.id])).get(found.id)!,
      children: await listChildren(tx, found.id),
      baseSums: null,
    }));
  };
  const get = async (territory: string) => (await read(territory))!;
  return {
    ...it$,
    read,
    get,
    /** What the territories above come to. */
    sums: async (): Promise<unknown[]> =>
      Promise.all([upper, '520000', 'CN'].map(async (code) => (await get(code)).totals)),
    record: async (change: SuccessionChange, leaveAccounts?: boolean) =>
      new AccountSuccessionService(it$.test.db).recordSuccession(it$.actor, { change, leaveAccounts }),
  };
}

/** Every line and area of the parts sums to the whole, fen exactly and quantities to the bit. */
export function expectWhole(whole: Account, parts: readonly Account[]): void {
  expect(sumFen(parts.map(({ totals }) => totals.totalFen))).toBe(whole.totals.totalFen);
  whole.lines.forEach((line, at) => {
    const of = parts.map(({ lines }) => lines[at]);
    expect(of.map(({ service, type, item, price }) => [service, type, item, price])).toEqual(
      parts.map(() => [line.service, line.type, line.item, line.price]),
    );
    expect(sumFen(of.map(({ valueFen }) => valueFen))).toBe(line.valueFen);
    expect(of.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantity);
  });
  for (const [type, area] of Object.entries(whole.areaByType)) {
    expect(parts.reduce((sum, { areaByType }) => sum + areaByType[type], 0)).toBe(area);
  }
}
