/** The verdict on a term: one of five levels, given by a person, resting on the human part alone. */
import type { Bilingual, EvidenceGrade } from '@gep/kernel';

/** From the best to the worst. No published text with these levels could be read: their wording is `unverified`. */
export const verdictLevels = ['good', 'fairly-good', 'fair', 'fairly-poor', 'poor'] as const;
export type VerdictLevel = (typeof verdictLevels)[number];

export const nameOfVerdict: Readonly<Record<VerdictLevel, Bilingual>> = {
  good: { zh: '好', en: 'good' },
  'fairly-good': { zh: '较好', en: 'fairly good' },
  fair: { zh: '一般', en: 'fair' },
  'fairly-poor': { zh: '较差', en: 'fairly poor' },
  poor: { zh: '差', en: 'poor' },
};

/** Grade of the wording above, shown wherever a verdict is. */
export const verdictGrade: EvidenceGrade = 'unverified';

export const verdictNote: Bilingual = {
  zh: '五级评价的用语未能与正式文本核对（未核实）；评价只依据人为原因部分，原因未述部分不作依据',
  en: 'the wording of the five levels could not be read in a published text (unverified); the verdict rests on the human part alone, and what has no declared cause decides nothing',
};
