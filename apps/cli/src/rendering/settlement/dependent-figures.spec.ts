/** What rests on a restated account is told by codes and names, each amount under its own unit. */
import type { Dependent } from '@gep/settlement';
import { figureKey, renderDependents } from './dependent-figures';

const settlement = { kind: 'settlement', id: '00000000-0000-4000-8000-000000000001' };
const progress = { kind: 'target-progress', id: '00000000-0000-4000-8000-000000000002' };
const of = (more: Partial<Dependent>): Dependent => ({
  ...{ dependent: progress, figure: '', accountId: null, upstream: null, amountFen: 5_676_973n },
  ...{ territoryPath: '990000', upstreamTerritory: '991105', period: '2024', steps: 1, ...more },
});
const rows = [
  of({ figure: '991105/dense' }),
  of({ figure: '991105/own' }),
  of({
    ...{ dependent: { kind: 'payment', id: '00000000-0000-4000-8000-000000000003' }, figure: '991105' },
    ...{ upstream: settlement, steps: 2 },
  }),
];
const words = new Map([
  [figureKey(rows[0]), { of: '991105', name: { zh: '单位面积生态产品总值', en: 'GEP of a hectare' }, isPerArea: true }],
  [figureKey(rows[1]), { of: '991105', name: { zh: '面积变化', en: 'Changes of area' }, isPerArea: false }],
]);
const naming = {
  codes: new Map([
    [`settlement ${settlement.id}`, 'my-2024'],
    [`target-progress ${progress.id}`, 'demo 2024'],
  ]),
  places: new Map([['991105', { zh: '戊县（虚构）', en: 'Wu county' }]]),
};

it('keeps yuan and yuan for a hectare apart, and shows no key', () => {
  const [yuan, perArea, ...more] = renderDependents(rows, words, naming, 'zh').split('\n\n');
  expect(more).toEqual([]);
  expect(yuan).toContain('金额（元）');
  expect(yuan).toContain('991105 戊县（虚构） · 面积变化');
  expect(yuan).toContain('付款 my-2024');
  expect(perArea).toMatch(/金额（元\/(hm²|公顷)）/);
  expect(perArea).toContain('年度进展 demo 2024');
  expect(perArea).toContain('991105 戊县（虚构） · 单位面积生态产品总值');
  expect(`${yuan}${perArea}`).not.toMatch(/dense|own|0000-4000/);
  expect(renderDependents(rows, words, naming, 'en')).toContain('payment my-2024');
});
