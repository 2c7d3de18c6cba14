/** From one norm to another over the same observation: known differences come out as the step they are, and nothing is left. */
import * as fc from 'fast-check';
import { anyCase, maize, normFrom, observedOf, sampleNormText, seed } from '../account/sample-norm.spec';
import { bridgeNorms } from './bridge-norms';

const rows = [
  { type: 'forest', area: 10, rain: 1000, slope: 3 },
  { type: 'dry', area: 4, rain: 800, slope: 2 },
];
const observed = observedOf(rows, [maize('7', '2.5')]);
const changed = (from: string, to: string): string => {
  expect(sampleNormText).toContain(from);
  return sampleNormText.replace(from, to);
};
const bridge = (text: string) => bridgeNorms([normFrom(sampleNormText), normFrom(text)], [observed, observed]);
const named = (text: string) => bridge(text).steps.map(({ kind, code, fen }) => [kind, code, fen]);

describe('the bridge between two norms', () => {
  it('has no step between a norm and itself', () => {
    expect(bridge(sampleNormText).steps).toEqual([]);
  });

  it('names a parameter, whatever it is for, also when it is written in another unit', () => {
    // Share of nature 0.4 → 0.5 on 7 t × 2.5 yuan/kg.
    const gamma = changed('value: 0.4, from', 'value: 0.5, from');
    expect(named(gamma)).toEqual([['parameter', 'natureShare', 175_000n]]);
    const priced = sampleNormText
      .replace('unit: yuan/t\n    values: [{ value: 1/7', 'unit: yuan/kg\n    values: [{ value: 1/7000')
      .replace('value: 1/7000', 'value: 1/3500');
    const [step] = bridge(priced).steps;
    expect([step.kind, step.code, Object.keys(step.byService)]).toEqual([
      'parameter',
      'soilPrice',
      ['soilConservation'],
    ]);
  });

  it('names a formula by the quantity, a constant γ, and the types where a service applies', () => {
    expect(named(changed('area * rain * share', 'area * rain * share * 2'))[0].slice(0, 2)).toEqual([
      'quantity',
      'waterConservation',
    ]);
    const gamma = changed(
      'price: { parameter: waterPrice }, gamma: 1',
      "price: { parameter: waterPrice }, gamma: '0.5'",
    );
    expect(named(gamma).map(([kind]) => kind)).toEqual(['gamma']);
    const types = changed(
      'group: soil, name: { zh: 土壤保持, en: Soil }, types: [forest, dry]',
      'group: soil, name: { zh: 土壤保持, en: Soil }, types: [forest]',
    );
    expect(named(types).map(([kind]) => kind)).toEqual(['types']);
  });

  it('names services that one norm leaves out or has switched off', () => {
    const [, last] = sampleNormText.split(/(\n {2}- \{ code: soilConservation.*)/);
    const without = sampleNormText.replace(last, '');
    expect(named(without).map(([kind, code]) => [kind, code])).toEqual([['droppedService', 'soilConservation']]);
    const off = `${sampleNormText}\nswitches:\n  - { code: soil, name: { zh: 土, en: Soil }, state: 'off', services: [soilConservation], reason: { zh: 不计, en: left out } }\n`;
    const [step] = bridge(off).steps;
    expect(step).toMatchObject({ kind: 'switchedOff', reason: { en: 'left out' } });
    const back = bridgeNorms([normFrom(off), normFrom(sampleNormText)], [observed, observed]);
    expect(back.steps.map(({ kind, fen }) => [kind, fen])).toEqual([['switchedOn', -step.fen]]);
  });

  it('refuses rows that only one of the norms reads, and names them', () => {
    const partly = observedOf(rows.slice(0, 1), [maize('7', '2.5')]);
    const norms = [normFrom(sampleNormText), normFrom(changed('id: sample', 'id: narrow'))] as const;
    const refused = {
      code: 'accounting.bridge-rows-differ',
      facts: { unread: [{ norm: 'narrow', rows: [{ row: 3 }] }] },
    };
    expect(() => bridgeNorms(norms, [observed, partly])).toThrow(expect.objectContaining({ code: refused.code }));
    try {
      bridgeNorms(norms, [observed, partly]);
    } catch (error) {
      expect(error).toMatchObject(refused);
    }
  });

  it(`leaves nothing between any two norms (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyCase, anyCase, (one, other) => {
        const [from, to] = [normFrom(one.text), normFrom(other.text)];
        const known = new Set(to.types.map(({ code }) => code));
        const both = observedOf(one.rows.filter(({ type }) => known.has(type)));
        const { steps, differenceFen } = bridgeNorms([from, to], [both, both]);
        expect(steps.reduce((sum, { fen }) => sum + fen, 0n)).toBe(differenceFen);
      }),
      { seed, numRuns: 100 },
    );
  });
});
