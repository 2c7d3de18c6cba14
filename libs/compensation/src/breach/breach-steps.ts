/** A breach: ordered to be corrected; only when that is late is money delayed, cut, stopped or recovered (Regulation art. 31). */
import type { StepTable } from '@gep/procedure';

export type BreachState = 'ordered' | 'late' | 'sanctioned' | 'corrected';
export type BreachAct = 'find-late' | 'sanction' | 'correct';

export const breachSteps: StepTable<BreachState, BreachAct> = {
  kind: 'agreement-breach',
  name: { zh: '违约', en: 'breach' },
  first: 'ordered',
  rows: [
    { act: 'find-late', from: ['ordered'], to: 'late', permission: 'agreement.manage', reasonNeeded: true },
    {
      ...{ act: 'sanction', from: ['late', 'sanctioned'], to: 'sanctioned', permission: 'settlement.approve' },
      ...{ reasonNeeded: true, apartFrom: ['open', 'find-late'] },
    },
    {
      act: 'correct',
      from: ['ordered', 'late', 'sanctioned'],
      to: 'corrected',
      permission: 'agreement.manage',
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    ordered: { zh: '责令改正', en: 'ordered to correct' },
    late: { zh: '逾期未改正', en: 'not corrected in time' },
    sanctioned: { zh: '已采取措施', en: 'measures taken' },
    corrected: { zh: '已改正', en: 'corrected' },
  },
  nameOfAct: {
    'find-late': { zh: '认定逾期', en: 'find late' },
    sanction: { zh: '缓拨、减拨、停拨或追回', en: 'delay, cut, stop or recover' },
    correct: { zh: '确认改正', en: 'find corrected' },
  },
};
