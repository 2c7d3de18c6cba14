/** A roll-up and its flows as plain values that may travel to a thread; numbers are exact text. */
import { Fraction } from '@gep/kernel';
import type { DeclaredFlow, FlowAmount } from './declared-flow';
import type { FlowTree } from './roll-up-lines';

interface FlowText extends Omit<DeclaredFlow, 'amount'> {
  readonly amount: { readonly share: string } | { readonly quantity: string; readonly unit: string };
}

export interface FlowTreeTexts {
  readonly territory: string;
  readonly flows: readonly FlowText[];
  readonly children: readonly FlowTreeTexts[];
}

export function flowTreeTexts({ territory, flows, children }: FlowTree): FlowTreeTexts {
  return { territory, flows: flows.map(flowText), children: children.map(flowTreeTexts) };
}

export function flowTreeOf({ territory, flows, children }: FlowTreeTexts): FlowTree {
  return {
    territory,
    flows: flows.map((flow) => ({ ...flow, amount: amountOf(flow.amount) })),
    children: children.map(flowTreeOf),
  };
}

function flowText({ id, normId, service, item, supplier, beneficiary, amount, ...told }: DeclaredFlow): FlowText {
  const { from, until, reason, source } = told;
  const text =
    'share' in amount
      ? { share: amount.share.toString() }
      : { quantity: amount.quantity.toString(), unit: amount.unit };
  return { id, normId, service, item, supplier, beneficiary, from, until, reason, source, amount: text };
}

function amountOf(amount: FlowText['amount']): FlowAmount {
  if ('share' in amount) return { share: Fraction.parse(amount.share)! };
  return { quantity: Fraction.parse(amount.quantity)!, unit: amount.unit };
}
