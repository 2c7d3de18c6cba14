/** Money on its way from one fund to another. */
import type { Fen } from '@gep/kernel';

/** What was paid under a settlement to a territory that keeps funds, beside what its funds received under it. */
export interface InTransit {
  /** Code of the settlement, which payment and receipt name as their agreement. */
  readonly agreement: string;
  /** Code of the territory that was paid. */
  readonly party: string;
  readonly paidFen: Fen;
  readonly receivedFen: Fen;
  /** Day of the first payment. */
  readonly since: string;
}
