/** The invented plan of targets of the demonstration: the province for its ten counties, 2022 to 2026. */

export const planCode = 'demo-gep-2022';
export const planPlace = '990000';
export const baseYear = 2021;
/** Years whose progress is recorded. */
export const followedYears = [2023, 2024] as const;

/** The norm has prices of these years too; the factors are invented. */
const source = '演示价格指数（虚构） · price index of the demonstration, invented';
const indices = [
  { of: '2003', factor: 1.6, source },
  { of: '2010', factor: 1.3, source },
];
const indicators = [
  { code: 'gep', name: { zh: '生态产品总值', en: 'GEP' }, measure: 'gep' },
  {
    ...{ code: 'real', name: { zh: '可比价生态产品总值', en: 'GEP at the prices of 2021' } },
    ...{ measure: 'gep', pricesOf: baseYear, indices },
  },
  {
    ...{ code: 'own', name: { zh: '面积变化带来的部分', en: 'What changes of area added' } },
    ...{ measure: 'gep-effects', effects: ['area'] },
  },
  { code: 'dense', name: { zh: '单位面积生态产品总值', en: 'GEP of a hectare' }, measure: 'gep-per-area' },
  { code: 'gdp', name: { zh: '地区生产总值', en: 'GDP' }, measure: 'gdp' },
];
const targets = [
  { indicator: 'gep', path: 'compound', growth: '10%' },
  { indicator: 'gep', path: 'compound', unit: planPlace, growth: '11%' },
  { indicator: 'real', path: 'compound', yearly: '1.5%' },
  { indicator: 'own', path: 'linear', growth: '2%' },
  { indicator: 'dense', path: 'linear', growth: '8%' },
  { indicator: 'gdp', path: 'compound', yearly: '5%' },
];

/** @param own targets of single counties, as they were negotiated */
export const planDocument = (units: readonly string[], own: readonly object[] = []): string =>
  JSON.stringify({
    code: planCode,
    title: {
      zh: '演示省生态产品总值五年目标（虚构）',
      en: 'Five-year targets of the demonstration province (invented)',
    },
    ...{ place: planPlace, term: { first: 2022, last: 2026 }, base: baseYear, norm: 'cn-terrestrial' },
    ...{ indicators, dual: { gep: 'real', gdp: 'gdp' }, units, targets: [...targets, ...own] },
  });
