/** Refuses to score by a scorecard whose weights, items or bounds nobody has filled in, or within a term that has not ended. */
import { PolicyNotDecided, ScorecardIncomplete } from '../../errors';
import type { PolicyRule } from '../rule';

/** @throws ScorecardIncomplete with everything that is lacking */
export function refuseUnscorable({ id, scorecard }: PolicyRule): void {
  if (scorecard && scorecard.lacking.length > 0) throw new ScorecardIncomplete(id, scorecard.lacking);
}

/** @param period the year that is scored @throws PolicyNotDecided in a year that is not the last of a term */
export function refuseWithinTerm({ id, scorecard }: PolicyRule, period: string): void {
  if (!scorecard?.term) return;
  const { years, last } = scorecard.term;
  const [year, into] = [Number(period), (((Number(period) - last) % years) + years) % years];
  if (into === 0) return;
  const ends = year - into + years;
  throw new PolicyNotDecided(id, period, [
    {
      code: 'policy.within-term',
      text: {
        zh: `本考评表一次考核 ${years} 年，${period} 年在 ${ends - years + 1}—${ends} 年考核期之内`,
        en: `this scorecard judges ${years} years at once, and ${period} lies within the term ${ends - years + 1}–${ends}`,
      },
      mend: {
        zh: `请在期末按 ${ends} 年计分；各年的考评用年度考评表`,
        en: `score ${ends} when it has ended; single years have a scorecard of their own`,
      },
      at: { period },
    },
  ]);
}
