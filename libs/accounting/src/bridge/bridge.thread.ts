/** The task that threads of bridges do: the bridge between two norms over the observed parts of a territory. */
import type { ObservedPeriod } from '../account/observed-period';
import { type NormTexts, normOf } from '../recompute/compute-batch';
import { addBridges } from './add-bridges';
import { bridgeNorms, type NormBridge } from './bridge-norms';
import { observedUnder } from './observed-under';

export interface BridgeTask {
  readonly territory: string;
  readonly to: NormTexts;
  /** Every part under the edition that it starts from. */
  readonly from: readonly NormTexts[];
  readonly parts: readonly { readonly edition: string; readonly observed: ObservedPeriod }[];
}

export function handle({ territory, to, from, parts }: BridgeTask): NormBridge {
  const end = normOf(to);
  const starts = new Map(from.map((texts) => [texts.edition, normOf(texts)]));
  const bridges = parts.map(({ edition, observed }) => {
    const start = starts.get(edition)!;
    return bridgeNorms([start, end], [observed, observedUnder(start, end, observed)]);
  });
  return addBridges(territory, bridges);
}
