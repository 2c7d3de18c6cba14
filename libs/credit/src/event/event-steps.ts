/** An entry: reported, checked by another person, of bad behaviour told to the subject before it counts, repaired or voided. */
import type { StepTable } from '@gep/procedure';
import type { EventState } from '../score/explain-score';

/** What an entry is to procedures: its clocks run under this kind. */
export const eventKind = 'credit-event';

export const eventActs = ['accept', 'confirm', 'return', 'notify', 'repair', 'void'] as const;
export type EventAct = (typeof eventActs)[number];

/** Whether the act is one for such an entry: good ones are accepted, bad ones confirmed, and repaired where their item allows it. */
export function fitsEntry(
  act: EventAct,
  { negative, repairable }: { readonly negative: boolean; readonly repairable: boolean },
): boolean {
  if (act === 'accept') return !negative;
  return act === 'confirm' ? negative : act !== 'repair' || (negative && repairable);
}

/** Steps are kept with the entries, a million of them; the law of the table is that of procedures. */
export const eventSteps: StepTable<EventState, EventAct> = {
  kind: eventKind,
  name: { zh: '信用记录', en: 'entry of credit' },
  first: 'reported',
  rows: [
    { act: 'accept', from: ['reported'], to: 'effective', permission: 'credit.check', apartFrom: ['open'] },
    { act: 'confirm', from: ['reported'], to: 'confirmed', permission: 'credit.check', apartFrom: ['open'] },
    {
      ...{ act: 'return', from: ['reported'], to: 'returned', permission: 'credit.check' },
      ...{ reasonNeeded: true, apartFrom: ['open'] },
    },
    { act: 'notify', from: ['confirmed'], to: 'effective', permission: 'credit.manage' },
    {
      ...{ act: 'repair', from: ['effective'], to: 'repaired', permission: 'credit.approve' },
      ...{ reasonNeeded: true, apartFrom: ['open'] },
    },
    {
      ...{ act: 'void', from: ['confirmed', 'effective', 'repaired'], to: 'voided', permission: 'credit.approve' },
      ...{ reasonNeeded: true, apartFrom: ['open', 'accept', 'confirm'] },
    },
  ],
  nameOfState: {
    reported: { zh: '已记录，待核对', en: 'reported, to be checked' },
    returned: { zh: '已退回', en: 'returned' },
    confirmed: { zh: '已核对，待告知', en: 'confirmed, to be told' },
    effective: { zh: '有效', en: 'in effect' },
    repaired: { zh: '已修复', en: 'repaired' },
    voided: { zh: '已更正、作废', en: 'voided by correction' },
  },
  nameOfAct: {
    accept: { zh: '核对通过（正面）', en: 'accept (good behaviour)' },
    confirm: { zh: '核对通过（负面）', en: 'confirm (bad behaviour)' },
    return: { zh: '退回', en: 'return' },
    notify: { zh: '告知信息主体', en: 'tell the subject' },
    repair: { zh: '信用修复', en: 'repair' },
    void: { zh: '更正作废', en: 'void by correction' },
  },
};
