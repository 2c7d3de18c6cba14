/** A hint that figures may have been shaped: what was compared, by which method and threshold. It never changes a score. */
import type { Bilingual } from '@gep/kernel';

export const hintKinds = [
  ...(['target-hugging', 'border-jump', 'price-shopping'] as const),
  ...(['copied-from-last-year', 'copied-from-neighbour', 'late-edit'] as const),
] as const;
export type HintKind = (typeof hintKinds)[number];

/** What was compared with what. */
export interface HintFigure {
  readonly item: string;
  readonly value: string;
  /** The target, the value of last year or of a neighbour, the median of neighbours, the account before the edit. */
  readonly against: string;
  readonly of: string;
}

export interface IntegrityHint {
  readonly kind: HintKind;
  readonly territory: string;
  readonly year: string;
  /** A hint and nothing more, whatever is behind it: a person looks, and finds or does not. */
  readonly grade: 'hint';
  readonly figures: readonly HintFigure[];
  /** How unlikely this is by chance, or how far it lies out; compared with the threshold. */
  readonly measured: string;
  readonly threshold: string;
}

interface HintMethod {
  readonly name: Bilingual;
  readonly method: Bilingual;
  /** No rule of the field sets these thresholds. */
  readonly source: Bilingual;
}

const ours: Bilingual = { zh: '本平台自定，以植入案例检验', en: 'ours, tried on planted cases' };

export const hintMethods: Readonly<Record<HintKind, HintMethod>> = {
  'target-hugging': {
    name: { zh: '贴近目标', en: 'target hugging' },
    method: {
      zh: '至当年为止，在目标以下 5% 至以上 0.5% 之间的实际值中，略高于目标（不超过 0.5%）的次数；按其他单位完成度的分布（中位数与离差）算出每次的机会，再求二项分布的上尾概率',
      en: 'how often, up to this year, of what lies between 5% below its target and 0.5% above it, it lies above; the chance of each follows from the attainments of the other units (median and spread), and the upper tail of the binomial distribution is taken',
    },
    source: ours,
  },
  'border-jump': {
    name: { zh: '边界跳变', en: 'jump at the border' },
    method: {
      zh: '每公顷的量与各邻县中位数之比的对数，同全部县的这一差距相比（稳健 z 值）',
      en: 'the logarithm of what a hectare gives over the median of the neighbours, among these gaps of all counties (robust z)',
    },
    source: ours,
  },
  'price-shopping': {
    name: { zh: '价格偏高', en: 'price shopping' },
    method: {
      zh: '上报价格与各邻县中位数之比的对数，同全部县的这一差距相比；只看偏高',
      en: 'the logarithm of a reported price over the median of the neighbours, among these gaps of all counties; only above',
    },
    source: ours,
  },
  'copied-from-last-year': {
    name: { zh: '与上年相同', en: 'copied from last year' },
    method: {
      zh: '与上年逐位相同的数字的个数；每个数字偶然相同的机会由其有效位数得出，再求泊松分布的上尾概率；各县相同的系数不计',
      en: 'how many figures are those of last year to the last digit; the chance of each follows from its significant digits, and the upper tail of the Poisson distribution is taken; coefficients that all counties share do not count',
    },
    source: ours,
  },
  'copied-from-neighbour': {
    name: { zh: '与邻县相同', en: 'copied from a neighbour' },
    method: {
      zh: '与某一邻县逐位相同的数字的个数；算法同上',
      en: 'how many figures are those of one neighbour to the last digit; counted in the same way',
    },
    source: ours,
  },
  'late-edit': {
    name: { zh: '批准前的改动', en: 'late edit before approval' },
    method: {
      zh: '批准前 72 小时内的改动使合计变化 1% 以上，或使其由未达目标变为达到',
      en: 'an edit within 72 hours before the approval that moves the total by 1% or more, or from below its target to it',
    },
    source: ours,
  },
};
