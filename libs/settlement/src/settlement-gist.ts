/** What a party of a settlement sees of it, beside its own part. */
import type { SettlementGist } from './settlement';

export function gistOf(head: SettlementGist): SettlementGist {
  const { id, code, mechanism, kind, agreement, period, policyId, ruleEdition, fundCode } = head;
  return { id, code, mechanism, kind, agreement, period, policyId, ruleEdition, fundCode };
}
