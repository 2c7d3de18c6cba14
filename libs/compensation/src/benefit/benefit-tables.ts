/** What the evaluation of a programme starts from: flows of services, costs of providers, payments. */
import type { Fraction } from '@gep/kernel';

/** Whether a flow was there before the programme, or is there with it. */
export type ProgrammeTime = 'before' | 'after';
/** Units in the programme, and units outside of it that show what would have happened anyhow. */
export type SupplierGroup = 'programme' | 'comparison';

/** One service from one supplier in one period: to a beneficiary, or, without one, all that is supplied. */
export interface ServiceFlow {
  readonly row: number;
  readonly period: string;
  readonly time: ProgrammeTime;
  readonly group: SupplierGroup;
  readonly service: string;
  readonly supplier: string;
  readonly beneficiary: string | null;
  readonly quantity: Fraction;
  readonly unit: string;
  /** Yuan for one unit. */
  readonly price: Fraction;
}

/** What a provider gave up (opportunity) or spent (direct). */
export type CostKind = 'opportunity' | 'direct';
export const costKinds: readonly CostKind[] = ['opportunity', 'direct'];

/** An amount of yuan, in all or for each unit of a size (450 yuan per hm2 of 12 hm2). */
interface SizedAmount {
  readonly row: number;
  readonly period: string;
  readonly provider: string;
  readonly amount: Fraction;
  readonly per: string | null;
  readonly size: Fraction;
}

export interface ProviderCost extends SizedAmount {
  readonly kind: CostKind;
}

export interface ProviderPayment extends SizedAmount {
  readonly payer: string;
}

export interface BenefitInput {
  readonly flows: readonly ServiceFlow[];
  readonly costs: readonly ProviderCost[];
  readonly payments: readonly ProviderPayment[];
}
