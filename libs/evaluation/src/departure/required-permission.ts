/** Whoever acts outside of a step needs the permission where the audit lies. */
import { holdsAt, type Officer, StepNotYours } from '@gep/procedure';

const act = { zh: '办理离任审计', en: 'act in a departing audit' };

/** @throws StepNotYours */
export function requireAt(actor: Officer, permission: string, territoryPath: string, id: string): void {
  if (!holdsAt(actor, permission, territoryPath)) throw new StepNotYours({ kind: 'departure', id }, act, permission);
}
