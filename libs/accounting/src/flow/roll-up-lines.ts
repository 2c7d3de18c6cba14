/** Adds observed lines up through the territories above them as a roll-up does, with what declared flows take back. */
import type { UnitTable } from '@gep/kernel';
import type { AccountLine } from '../account/account';
import { addLines } from '../account/aggregate-account';
import { compareCodes, compareLinesBy, type LineOrder } from '../account/line-order';
import type { DeclaredFlow } from './declared-flow';
import { eliminateFlows } from './eliminate-flows';

/** A territory of a roll-up: what it was added up from, and the flows that have their ends in different parts of it. */
export interface FlowTree {
  readonly territory: string;
  readonly flows: readonly DeclaredFlow[];
  /** Empty when it was observed itself. */
  readonly children: readonly FlowTree[];
}

export interface RollUpBasis {
  readonly period: string;
  readonly norm: LineOrder & { readonly units: UnitTable };
  /** Lines of what was observed, by territory. */
  readonly observed: ReadonlyMap<string, readonly AccountLine[]>;
}

/** Lines of the whole, those that take back among them; the bits are those of the recorded roll-up. */
export function rollUpLines(tree: FlowTree, { period, norm, observed }: RollUpBasis): readonly AccountLine[] {
  const declared = new Map(flowsIn(tree).map((flow) => [flow.id, flow]));
  const order = compareLinesBy(norm);
  const linesOf = new Map<string, readonly AccountLine[]>();
  const visit = ({ territory, flows, children }: FlowTree): readonly AccountLine[] => {
    if (children.length === 0) {
      const own = observed.get(territory) ?? [];
      linesOf.set(territory, own);
      return own;
    }
    const parts = [...children].sort((a, b) => compareCodes(a.territory, b.territory)).map(visit);
    const below = parts.flatMap((lines) =>
      lines.flatMap((line) => (line.flow === undefined ? [] : [{ flow: declared.get(line.flow)!, line }])),
    );
    const taken = flows.length === 0 ? [] : eliminateFlows({ period, units: norm.units, flows, linesOf, below });
    const lines = [...addLines(parts.map((each) => ({ lines: each }))), ...taken].sort(order);
    linesOf.set(territory, lines);
    return lines;
  };
  return visit(tree);
}

/** Every flow of a roll-up. */
export function flowsIn({ flows, children }: FlowTree): readonly DeclaredFlow[] {
  return [...flows, ...children.flatMap(flowsIn)];
}

/** Observed territories that are an end of a flow or lie below one: nothing else bears on what is taken back. */
export function endsOfFlows(tree: FlowTree): ReadonlySet<string> {
  const ends = new Set(flowsIn(tree).flatMap(({ supplier, beneficiary }) => [supplier, beneficiary]));
  const found = new Set<string>();
  const visit = ({ territory, children }: FlowTree, isEnd: boolean): void => {
    const within = isEnd || ends.has(territory);
    if (within && children.length === 0) found.add(territory);
    for (const child of children) visit(child, within);
  };
  visit(tree, false);
  return found;
}
