/** How public money was used during a term: what was settled for the territory, and what its funds received, paid and hold. */
import type { Bilingual, Fen } from '@gep/kernel';

/** Amounts are fen as decimal text. */
export interface SettledPart {
  readonly settlement: string;
  readonly code: string;
  readonly kind: string;
  readonly mechanism: string;
  readonly period: string;
  readonly fund: string;
  readonly party: string;
  readonly entitledFen: string;
  readonly paidFen: string;
  readonly clawedFen: string;
  readonly recoveredFen: string;
}

export interface FundSourceUse {
  readonly fund: string;
  readonly name: Bilingual;
  readonly source: string;
  readonly department: string;
  readonly budgetYear: number;
  readonly receivedFen: string;
  readonly paidFen: string;
  readonly reservedFen: string;
  readonly availableFen: string;
  /** Unused for two years: surplus that is handed in (Budget Law art. 42). */
  readonly isSurplus: boolean;
}

export interface FundUse {
  /** Day of the balances. */
  readonly asOf: string;
  readonly settled: readonly SettledPart[];
  readonly settledTotals: Readonly<Record<'entitledFen' | 'paidFen' | 'clawedFen' | 'recoveredFen', string>>;
  readonly sources: readonly FundSourceUse[];
}

/** Adds up what was settled. */
export function fundUse(asOf: string, settled: readonly SettledPart[], sources: readonly FundSourceUse[]): FundUse {
  const sum = (key: keyof FundUse['settledTotals']): string =>
    settled.reduce<Fen>((all, part) => all + BigInt(part[key]), 0n).toString();
  return {
    ...{ asOf, settled, sources },
    settledTotals: {
      ...{ entitledFen: sum('entitledFen'), paidFen: sum('paidFen') },
      ...{ clawedFen: sum('clawedFen'), recoveredFen: sum('recoveredFen') },
    },
  };
}
