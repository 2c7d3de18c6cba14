/** What a declared flow is: part of a service that one territory supplies and another one has in its account as well. */
import type { Fraction } from '@gep/kernel';

/** How much: an exact share of the supply, or a quantity of each year in a unit of its own. */
export type FlowAmount =
  | { readonly share: Fraction }
  | {
      readonly quantity: Fraction;
      /** Converts to the unit of the lines: `m3`, `kt`. */
      readonly unit: string;
    };

/** A declaration. It is dated data: it holds for a period when it holds on the last day of it. */
export interface DeclaredFlow {
  readonly id: string;
  readonly normId: string;
  readonly service: string;
  /** Product or statistic; null for all of a service. */
  readonly item: string | null;
  /** Territory whose ecosystems supply the service. */
  readonly supplier: string;
  /** Territory whose account has the use of it as well. */
  readonly beneficiary: string;
  readonly amount: FlowAmount;
  /** First day on which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** First day on which it holds no longer. */
  readonly until: string | null;
  readonly reason: string;
  readonly source: string;
}

/** A declaration as it is kept. Neither it nor its withdrawal is ever changed. */
export interface RecordedFlow extends DeclaredFlow {
  readonly by: FlowAuthor;
  readonly at: Date;
  readonly withdrawn: { readonly reason: string; readonly by: FlowAuthor; readonly at: Date } | null;
}

export interface FlowAuthor {
  readonly id: string;
  readonly name: string;
}

/** A declaration with where its two ends lay, as ltree texts. */
export interface PlacedFlow<F extends DeclaredFlow = DeclaredFlow> {
  readonly flow: F;
  readonly supplierPath: string;
  readonly beneficiaryPath: string;
}

/** The smallest territory that both lie in, as ltree text. */
export function commonPath({ supplierPath, beneficiaryPath }: Omit<PlacedFlow, 'flow'>): string {
  const [left, right] = [supplierPath.split('.'), beneficiaryPath.split('.')];
  const apart = left.findIndex((label, at) => label !== right[at]);
  return (apart < 0 ? left : left.slice(0, apart)).join('.');
}
