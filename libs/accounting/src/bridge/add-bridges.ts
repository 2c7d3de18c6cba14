/** Adds the bridges of several territories: the same step of each is one step of the whole. */
import type { Fen } from '@gep/kernel';
import { type BridgeStep, bridgeStepKinds, type NormBridge } from './bridge-norms';

/** What declared flows take back of a service under either norm, at most nought. */
export interface TakenBack extends Pick<BridgeStep, 'code' | 'name'> {
  readonly fromFen: Fen;
  readonly toFen: Fen;
}

/**
 * @param bridges between the same norms over the same period, at least one
 * @param taken by service; the difference is a step of its own
 */
export function addBridges(
  territory: string,
  bridges: readonly NormBridge[],
  taken: readonly TakenBack[] = [],
): NormBridge {
  const [first] = bridges;
  if (bridges.length === 1 && taken.length === 0) return { ...first, territory };
  const sums = new Map<string, Omit<BridgeStep, 'totalFen'>>();
  for (const { steps } of bridges) {
    for (const { kind, code, name, reason, fen, byService } of steps) {
      const key = `${kind} ${code}`;
      const known = sums.get(key);
      const all = { fen: fen + (known?.fen ?? 0n), byService: addServices(known?.byService ?? {}, byService) };
      sums.set(key, { kind, code, name, reason, ...all });
    }
  }
  for (const { code, name, fromFen, toFen } of taken) {
    const fen = toFen - fromFen;
    if (fen !== 0n) sums.set(`flows ${code}`, { kind: 'flows', code, name, fen, byService: { [code]: fen } });
  }
  const place = ({ kind }: Pick<BridgeStep, 'kind'>): number => bridgeStepKinds.indexOf(kind);
  const backFen = [sumOf(taken.map(({ fromFen: fen }) => fen)), sumOf(taken.map(({ toFen: fen }) => fen))];
  const fromFen = sumOf(bridges.map(({ from }) => from.totalFen)) + backFen[0];
  let totalFen = fromFen;
  const steps = [...sums.values()]
    .sort((a, b) => place(a) - place(b) || (a.kind === 'parameter' ? (a.code < b.code ? -1 : 1) : 0))
    .map((step): BridgeStep => ({ ...step, totalFen: (totalFen += step.fen) }));
  return {
    ...{ territory, period: first.period, order: first.order, steps },
    from: { ...first.from, totalFen: fromFen, takenBackFen: backFen[0] },
    to: { ...first.to, totalFen, takenBackFen: backFen[1] },
    differenceFen: totalFen - fromFen,
    together: [...new Set(bridges.flatMap(({ together }) => together))].sort(),
  };
}

const sumOf = (fens: readonly Fen[]): Fen => fens.reduce((sum, fen) => sum + fen, 0n);

function addServices(a: BridgeStep['byService'], b: BridgeStep['byService']): Record<string, Fen> {
  const sum: Record<string, Fen> = { ...a };
  for (const [code, fen] of Object.entries(b)) sum[code] = (sum[code] ?? 0n) + fen;
  return sum;
}
