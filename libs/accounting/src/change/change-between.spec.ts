/** Changes between observations: weather and condition by attributes, another norm, another boundary, territories that come and go. */
import type { NormEdition } from '@gep/rulebook';
import { normFrom, observedOf, sampleNormText, type SampleRow } from '../account/sample-norm.spec';
import { changeOfTerritories, ObservedChanges } from './change-between';
import { changeEffects } from './effects';

const norm = normFrom(sampleNormText.replace('{ value: 3, from: 2024-06-01, grade: published, source: book }', ''));
const none = { condition: [], weather: [] };
const at = (period: string, rows: readonly SampleRow[], territory = '520523') =>
  observedOf(rows, [], { period, territory, places: [territory, 'CN'] });
const forest = (area: number, rain: number, slope = 1): SampleRow => ({ type: 'forest', area, rain, slope });

function split(changes: Partial<ObservedChanges> & Pick<ObservedChanges, 'before' | 'after'>) {
  const norms: readonly [NormEdition, NormEdition] = [norm, norm];
  const change = changeOfTerritories({ territory: '520523', norms, attributes: none, ...changes });
  const told = changeEffects.filter((effect) => change.effects[effect] !== 0n);
  return { change, told, effects: change.effects };
}

describe('changes between observations', () => {
  const before = [at('2023', [forest(6, 900), forest(4, 1150)])];
  const after = [at('2024', [forest(10, 800)])];

  it('put less rain under weather when told that rain is weather, else under supply', () => {
    expect(split({ before, after }).told).toEqual(['supply']);
    const attributes = { condition: [], weather: ['rain'] };
    const dry = split({ before, after, attributes });
    // All of it but what a double loses when a mean rain of exactly 1000 mm is carried over.
    expect(dry.effects.weather).toBe(dry.change.changeFen);
    const turned = split({ before: after, after: before, attributes });
    for (const effect of changeEffects) expect(turned.effects[effect]).toBe(-dry.effects[effect]);
  });

  it('tell area, condition and weather apart when all three change', () => {
    const one = [at('2023', [forest(10, 1000, 2)])];
    const two = [at('2024', [forest(20, 500, 4)])];
    const { told, change, effects } = split({
      before: one,
      after: two,
      attributes: { condition: ['slope'], weather: ['rain'] },
    });
    expect(told).toEqual(expect.arrayContaining(['area', 'condition', 'weather']));
    expect(change.byService.waterConservation).toMatchObject({ condition: 0n, supply: 0n });
    expect(change.byService.soilConservation).toMatchObject({ weather: 0n, supply: 0n });
    expect(effects.weather < 0n && effects.area > 0n && effects.condition > 0n).toBe(true);
  });

  it('refuse an attribute that the norm does not have, or that stands for both', () => {
    const asked = (condition: string[], weather: string[]) => () =>
      split({ before, after, attributes: { condition, weather } });
    const refused = (code: string) => expect.objectContaining({ code });
    expect(asked([], ['luck'])).toThrow(refused('accounting.level-attribute-unknown'));
    expect(asked(['rain'], ['rain'])).toThrow(refused('accounting.level-attribute-twice'));
  });

  it('give a new price in another norm to the norm', () => {
    const dearer = normFrom(
      sampleNormText
        .replace('value: 2.4, from', 'value: 4.8, from')
        .replace('{ value: 3, from: 2024-06-01, grade: published, source: book }', ''),
    );
    const same = [at('2023', [forest(10, 1000)])];
    const { told, change } = split({ before: same, after: [at('2024', [forest(10, 1000)])], norms: [norm, dearer] });
    expect(told).toEqual(['norm']);
    expect(change.byService.waterConservation.norm).toBe(change.changeFen);
  });

  it('give ground that is counted elsewhere now to the boundary', () => {
    const whole = [at('2023', [forest(10, 1000)])];
    const rest = [at('2024', [forest(6, 1000)])];
    const elsewhere = [at('2023', [forest(6, 1000)]), at('2024', [forest(10, 1000)])] as const;
    expect(split({ before: whole, after: rest, elsewhere }).told).toEqual(['boundary']);
    expect(split({ before: whole, after: rest }).told).toEqual(['area']);
  });

  it('give territories that come and go to the boundary', () => {
    const { change, told } = split({
      territory: '520500',
      before: [at('2023', [forest(10, 1000)]), at('2023', [forest(5, 1000)], '520524')],
      after: [at('2024', [forest(12, 1000)]), at('2024', [forest(7, 1000)], '520525')],
    });
    expect(told).toEqual(['area', 'boundary']);
    expect(change.byTerritory['520524'].boundary < 0n && change.byTerritory['520525'].boundary > 0n).toBe(true);
  });
});
