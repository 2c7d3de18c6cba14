/** What declared flows take back of the sum of several territories under either of two norms. */
import { type Fen, sumFen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { type FlowTree, type RollUpBasis, rollUpLines } from '../flow/roll-up-lines';
import type { TakenBack } from './add-bridges';

interface FlowsUnder extends Pick<RollUpBasis, 'observed'> {
  readonly norm: NormEdition;
  /** The flows that hold under this norm; undefined when there are none. */
  readonly tree: FlowTree | undefined;
}

/** Rolls up the lines of each side with the flows declared for its norm. */
export function takenBack(from: FlowsUnder, to: FlowsUnder, period: string): TakenBack[] {
  const [left, right] = [byService(from, period), byService(to, period)];
  const names = new Map([...from.norm.services, ...to.norm.services].map(({ code, name }) => [code, name]));
  return [...new Set([...left.keys(), ...right.keys()])].sort().map((code) => {
    return { code, name: names.get(code)!, fromFen: left.get(code) ?? 0n, toFen: right.get(code) ?? 0n };
  });
}

function byService({ norm, tree, observed }: FlowsUnder, period: string): Map<string, Fen> {
  const lines = tree ? rollUpLines(tree, { period, norm, observed }) : [];
  const back = lines.filter(({ flow }) => flow !== undefined);
  const services = [...new Set(back.map(({ service }) => service))];
  const fensOf = (code: string): Fen[] =>
    back.filter(({ service }) => service === code).map(({ valueFen }) => valueFen);
  return new Map(services.map((code) => [code, sumFen(fensOf(code))]));
}
