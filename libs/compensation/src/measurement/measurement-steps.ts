/** A measurement is recorded by one person and approved or rejected by another. */
import type { StepTable } from '@gep/procedure';

export type MeasurementState = 'recorded' | 'approved' | 'rejected';
export type MeasurementAct = 'approve' | 'reject';

export const measurementSteps: StepTable<MeasurementState, MeasurementAct> = {
  kind: 'measurement',
  name: { zh: '监测', en: 'measurement' },
  first: 'recorded',
  rows: [
    { act: 'approve', from: ['recorded'], to: 'approved', permission: 'settlement.confirm', apartFrom: ['open'] },
    { act: 'reject', from: ['recorded'], to: 'rejected', permission: 'settlement.confirm', reasonNeeded: true },
  ],
  nameOfState: {
    recorded: { zh: '已登记', en: 'recorded' },
    approved: { zh: '已批准', en: 'approved' },
    rejected: { zh: '已退回', en: 'rejected' },
  },
  nameOfAct: { approve: { zh: '批准', en: 'approve' }, reject: { zh: '退回', en: 'reject' } },
};
