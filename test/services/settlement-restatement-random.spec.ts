/** Whatever is restated in whatever order, paid or left lying: in the end everybody has what the last vintage entitles to. */
import * as fc from 'fast-check';
import { allocate, Fraction } from '@gep/kernel';
import { here, startRestatements, there, type RestatementsTest } from './restatement-setup';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now()) | 0;
const cases = process.env['GEP_MANY_CASES'] ? 25 : 1;

const step = fc.record({
  territory: fc.constantFrom(here, there),
  hectares: fc.integer({ min: 1, max: 60 }).map((tenth) => tenth / 10),
  isAnswered: fc.constantFrom(true, true, false),
  isPaid: fc.boolean(),
});
const sequences = fc.sample(
  fc.record({
    agreement: fc.constantFrom('share' as const, 'rate' as const),
    first: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
    steps: fc.array(step, { minLength: 3, maxLength: 5 }),
  }),
  { seed, numRuns: cases },
);

/** A hectare is worth 10,000 yuan; the rules give a thousandth of it, or share 1,000 yuan out. */
function entitledBy(agreement: 'share' | 'rate', area: ReadonlyMap<string, number>): [string, bigint][] {
  const tenths = [...area].map(([code, hectares]) => [code, BigInt(Math.round(hectares * 10))] as const);
  if (agreement === 'rate') return tenths.map(([code, tenth]) => [code, tenth * 100n]);
  return [
    ...allocate(
      100_000n,
      tenths.map(([code, tenth]) => ({ code, weight: Fraction.of(tenth) })),
    ),
  ];
}

let it$: RestatementsTest;
beforeEach(async () => {
  it$ = await startRestatements();
});
afterEach(() => it$.close());

it.each(sequences.map((sequence) => [JSON.stringify(sequence), sequence] as const))(
  `holds for %s (seed ${seed})`,
  async (_told, { agreement, first, steps }) => {
    const area = new Map([
      [here, first[0]],
      [there, first[1]],
    ]);
    for (const [territory, hectares] of area) await it$.publish(territory, hectares);
    const id = await it$.compute(it$.draft('paid-2024', agreement));
    await it$.pay(id);
    for (const { territory, hectares, isAnswered, isPaid } of steps) {
      // The same area again would be the same account, which is nothing to restate.
      if (area.get(territory) === hectares) continue;
      area.set(territory, hectares);
      const restated = await it$.restate(territory, hectares);
      const [record] = isAnswered ? await it$.answer(restated) : [];
      if (isPaid && record?.correction) await it$.pay(record.correction);
      expect(await it$.invariants()).toEqual([]);
    }
    const { correction } = (await it$.trueUps.resume(it$.accounting.actor, id)) ?? { correction: null };
    if (correction) await it$.pay(correction);
    expect(await it$.trueUps.resume(it$.accounting.actor, id)).not.toMatchObject({ outcome: 'drafted' });
    expect(await it$.netPaid()).toEqual(Object.fromEntries(entitledBy(agreement, area)));
    expect(await it$.invariants()).toEqual([]);
  },
);
