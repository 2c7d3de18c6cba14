/** The task that threads of bridges do: the bridge between two norms over the observed parts of a territory. */
import { computeAccount } from '../account/compute-account';
import type { ObservedPeriod } from '../account/observed-period';
import { flowTreeOf, type FlowTreeTexts } from '../flow/flow-texts';
import { type NormTexts, normOf } from '../recompute/compute-batch';
import { addBridges } from './add-bridges';
import { takenBack } from './taken-back';
import { bridgeNorms, type NormBridge } from './bridge-norms';
import { observedUnder, refuseStrangeTypes } from './observed-under';

export interface BridgeTask {
  readonly territory: string;
  readonly to: NormTexts;
  /** Every part under the edition that it starts from. */
  readonly from: readonly NormTexts[];
  readonly parts: readonly { readonly edition: string; readonly observed: ObservedPeriod }[];
  /** Flows that are counted once under either norm; absent where none are. */
  readonly flows?: readonly [from: FlowTreeTexts | undefined, to: FlowTreeTexts | undefined];
}

export function handle({ territory, to, from, parts, flows }: BridgeTask): NormBridge {
  const end = normOf(to);
  const starts = new Map(from.map((texts) => [texts.edition, normOf(texts)]));
  const sides = parts.map(({ edition, observed }) => {
    const start = starts.get(edition)!;
    const after = observedUnder(start, end, observed);
    refuseStrangeTypes(start, end, after);
    return { start, before: observed, after };
  });
  const bridges = sides.map(({ start, before, after }) => bridgeNorms([start, end], [before, after]));
  const linesUnder = (side: 'before' | 'after') =>
    new Map(
      sides.map((each) => [
        each[side].territory,
        computeAccount(side === 'before' ? each.start : end, each[side]).lines,
      ]),
    );
  const taken = flows
    ? takenBack(
        { norm: sides[0].start, tree: flows[0] && flowTreeOf(flows[0]), observed: linesUnder('before') },
        { norm: end, tree: flows[1] && flowTreeOf(flows[1]), observed: linesUnder('after') },
        parts[0].observed.period,
      )
    : [];
  return addBridges(territory, bridges, taken);
}
