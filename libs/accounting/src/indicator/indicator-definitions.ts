/** The indicators that stand beside an account, as expressions over the account and figures of other offices. */
import type { Bilingual } from '@gep/kernel';

export interface IndicatorDefinition {
  readonly code: string;
  readonly name: Bilingual;
  /** In the language of the rulebook, over the names below. */
  readonly expression: string;
}

/** Names and their units. The account gives the first five; the others come with a source, `area` only to replace its own. */
export const indicatorNames = {
  GEP: 'yuan',
  provisioning: 'yuan',
  regulating: 'yuan',
  cultural: 'yuan',
  area: 'hm2',
  GDP: 'yuan',
  population: 'person',
  realised: 'yuan',
  possible: 'yuan',
} as const;
export type IndicatorName = keyof typeof indicatorNames;

/** After the practice of published accounts; formulas and known values in the catalogue of methods, §9. */
export const standardIndicators: readonly IndicatorDefinition[] = [
  { code: 'gepPerHectare', name: { zh: '单位面积 GEP', en: 'GEP per hm²' }, expression: 'GEP / area' },
  { code: 'gepPerHead', name: { zh: '人均 GEP', en: 'GEP per head' }, expression: 'GEP / population' },
  { code: 'greenGoldIndex', name: { zh: '绿金指数', en: 'Green-gold index' }, expression: 'GEP / GDP' },
  {
    code: 'conversionRate',
    name: { zh: '转化率（物质供给与文化服务占比）', en: 'Conversion rate (provisioning and cultural share)' },
    expression: '(provisioning + cultural) / GEP',
  },
  {
    code: 'realisationRate',
    name: { zh: '实现率（已实现/可实现）', en: 'Realisation rate (realised over possible)' },
    expression: 'realised / possible',
  },
];
