/** Refuses to score by a scorecard whose weights, items or bounds nobody has filled in. */
import { ScorecardIncomplete } from '../../errors';
import type { PolicyRule } from '../rule';

/** @throws ScorecardIncomplete with everything that is lacking */
export function refuseUnscorable({ id, scorecard }: PolicyRule): void {
  if (scorecard && scorecard.lacking.length > 0) throw new ScorecardIncomplete(id, scorecard.lacking);
}
