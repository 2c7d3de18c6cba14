/** All checks of integrity over the counties of a region. Hints stand beside scores and change none. */
import { borderJumps } from './border-jumps';
import { copiedValues, sharedItems } from './copied-values';
import type { RegionFacts } from './county-facts';
import type { IntegrityHint } from './hint';
import { lateEdits } from './late-edits';
import { targetHugging } from './target-hugging';

/** @param territories whose hints are wanted; all of the region when absent */
export function checkIntegrity(region: RegionFacts, territories?: readonly string[]): IntegrityHint[] {
  const shared = sharedItems(region);
  const jumps = borderJumps(region);
  return region.counties
    .filter(({ territory }) => territories === undefined || territories.includes(territory))
    .flatMap((county) => [
      ...targetHugging(region, county),
      ...(jumps.get(county.territory) ?? []),
      ...copiedValues(region, county, shared),
      ...lateEdits(county, region.year),
    ]);
}
