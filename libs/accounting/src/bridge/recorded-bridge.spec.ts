/** An observation as another norm reads it, and bridges of several territories added. */
import { computeAccount } from '../account/compute-account';
import { maize, normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import { addBridges } from './add-bridges';
import { bridgeNorms } from './bridge-norms';
import { observedUnder, refuseStrangeTypes } from './observed-under';

const from = normFrom(sampleNormText);
/** Other codes, other units, another price. */
const to = normFrom(
  sampleNormText
    .replace('id: sample', 'id: other')
    .replaceAll('forest', 'woodland')
    .replace('{ zh: 林, en: Forest }', '{ zh: 林, en: Woods }')
    .replace('code: rain, unit: mm/a', 'code: rain, unit: m/a')
    .replace(
      'code: maize, name: { zh: 玉米, en: Maize }, unit: t,',
      'code: corn, name: { zh: 玉米, en: Corn }, unit: kg,',
    )
    .replace('value: 3, from: 2024-06-01', 'value: 3.5, from: 2024-06-01'),
);
const rows = [
  { type: 'forest', area: 100, rain: 1000, slope: 3 },
  { type: 'dry', area: 50, rain: 800, slope: 2 },
];
const county = (territory: string, area: number) =>
  observedOf([{ ...rows[0], area }, rows[1]], [maize('12', '2', 'dry')], { territory, places: [territory, 'CN'] });

it('reads types and items by name, and measures in the units of the other norm', () => {
  const observed = observedUnder(from, to, county('520523', 100));
  const [chunk] = observed.chunks;
  expect(chunk.types).toEqual(['woodland', 'dry']);
  expect([...chunk.columns.rain]).toEqual([1, 0.8]);
  expect(observed.statistics.map(({ item, quantity, unit }) => [item, quantity, unit])).toEqual([['corn', '12', 't']]);
  const [own, other] = [computeAccount(from, county('520523', 100)), computeAccount(to, observed)];
  const water = (account: typeof own): bigint => account.totals.byService['waterConservation'];
  expect(Number(water(other)) / Number(water(own))).toBeCloseTo(3.5 / 3, 7);
  expect(other.totals.byService['crops']).toBe(own.totals.byService['crops']);
});

it('keeps a type that the other norm does not know, so that it is refused by name', () => {
  const stranger = observedOf([{ type: 'forest', area: 1, rain: 1, slope: 2 }]);
  const without = normFrom(
    sampleNormText.replaceAll('forest', 'reef').replace('zh: 林, en: Forest', 'zh: 礁, en: Reef'),
  );
  const under = observedUnder(from, without, stranger);
  expect(() => computeAccount(without, under)).toThrow(/forest/);
  // And before that with what could be meant, which an alias says for good.
  expect(() => refuseStrangeTypes(from, without, under)).toThrow(/forest \(HJ 1166 1: reef\).*aliases: \[forest\]/);
  const aliased = normFrom(
    sampleNormText
      .replaceAll('forest', 'reef')
      .replace('{ zh: 林, en: Forest }', '{ zh: 礁, en: Reef }, aliases: [forest]'),
  );
  const mapped = observedUnder(from, aliased, stranger);
  refuseStrangeTypes(from, aliased, mapped);
  expect(mapped.chunks[0].types).toEqual(['reef']);
});

it('adds bridges step by step to the fen', () => {
  const bridges = [county('520523', 100), county('520524', 37.3)].map((observed) =>
    bridgeNorms([from, to], [observed, observedUnder(from, to, observed)]),
  );
  const whole = addBridges('520500', bridges);
  const sum = (fens: readonly bigint[]): bigint => fens.reduce((all, fen) => all + fen, 0n);
  expect(whole.from.totalFen).toBe(sum(bridges.map((one) => one.from.totalFen)));
  expect(whole.to.totalFen).toBe(sum(bridges.map((one) => one.to.totalFen)));
  expect(sum(whole.steps.map(({ fen }) => fen))).toBe(whole.differenceFen);
  expect(whole.steps.at(-1)!.totalFen).toBe(whole.to.totalFen);
  expect(whole.steps.find(({ code }) => code === 'waterPrice')!.fen).toBe(
    sum(bridges.map(({ steps }) => steps.find(({ code }) => code === 'waterPrice')!.fen)),
  );
});
