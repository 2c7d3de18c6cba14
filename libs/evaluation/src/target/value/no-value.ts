/** How the reading of a figure ends where there is none: nothing is published yet, or what is there does not compare. */
import type { Bilingual } from '@gep/kernel';

/** Ends the reading of one figure; whoever asked for it tells why. */
export class NoValue extends Error {
  constructor(
    readonly state: 'pending' | 'refused',
    readonly reason: Bilingual,
  ) {
    super(reason.en);
  }
}

/** @throws NoValue always */
export const refuse = (zh: string, en: string): never => {
  throw new NoValue('refused', { zh, en });
};

/** What prices of several years need in a plan. */
export const withIndices = ({ zh, en }: Bilingual): Bilingual => ({
  zh: `${zh}；在计划中写入该指标的 indices（of、factor、source）`,
  en: `${en}; in a plan, state indices of the indicator (of, factor, source)`,
});
