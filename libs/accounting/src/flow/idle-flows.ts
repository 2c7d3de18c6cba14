/** Declared flows that take nothing back, and why. */
import type { AccountLine } from '../account/account';
import type { DeclaredFlow } from './declared-flow';

/** No account at an end that is part of the sum, nothing of the service in it, or nothing left of what the ends had. */
export type IdleReason =
  | { readonly lacks: 'account' | 'service'; readonly end: 'supplier' | 'beneficiary' }
  | { readonly lacks: 'rest' };

interface IdleFlow {
  readonly flow: DeclaredFlow;
  readonly why: IdleReason;
}

/** What the accounts below an aggregate come to, with what flows between them take back, and the flows that take nothing. */
export interface LinesBelow {
  readonly lines: readonly AccountLine[];
  readonly idle: readonly IdleFlow[];
}

/**
 * @param linesOf lines of the ends that have an account
 * @param taken what all of the flows take back
 */
export function idleFlows(
  flows: readonly DeclaredFlow[],
  linesOf: ReadonlyMap<string, readonly AccountLine[]>,
  taken: readonly AccountLine[],
): IdleFlow[] {
  const working = new Set(taken.filter(({ quantity }) => quantity !== 0).map(({ flow }) => flow));
  return flows
    .filter(({ id }) => !working.has(id))
    .map((flow) => {
      for (const end of ['supplier', 'beneficiary'] as const) {
        const lines = linesOf.get(flow[end]);
        if (!lines) return { flow, why: { lacks: 'account', end } };
        const own = lines.filter(({ service, item }) => service === flow.service && (flow.item ?? item) === item);
        if (own.every(({ quantity }) => quantity <= 0)) return { flow, why: { lacks: 'service', end } };
      }
      return { flow, why: { lacks: 'rest' } };
    });
}
