/** An incident is recorded by one person and confirmed by another; what the authority takes back is annulled. */
import type { StepTable } from '@gep/procedure';

export type IncidentState = 'recorded' | 'confirmed' | 'rejected' | 'annulled';
export type IncidentAct = 'confirm' | 'reject' | 'annul';
export const incidentActs: readonly IncidentAct[] = ['confirm', 'reject', 'annul'];

export const incidentSteps: StepTable<IncidentState, IncidentAct> = {
  kind: 'incident',
  name: { zh: '事件', en: 'incident' },
  first: 'recorded',
  rows: [
    { act: 'confirm', from: ['recorded'], to: 'confirmed', permission: 'evaluation.confirm', apartFrom: ['open'] },
    { act: 'reject', from: ['recorded'], to: 'rejected', permission: 'evaluation.confirm', reasonNeeded: true },
    {
      ...{ act: 'annul', from: ['confirmed'], to: 'annulled', permission: 'evaluation.approve', reasonNeeded: true },
      apartFrom: ['open', 'confirm'],
    },
  ],
  nameOfState: {
    recorded: { zh: '已登记', en: 'recorded' },
    confirmed: { zh: '已核实', en: 'confirmed' },
    rejected: { zh: '未采用', en: 'rejected' },
    annulled: { zh: '已撤销', en: 'annulled' },
  },
  nameOfAct: {
    confirm: { zh: '核实', en: 'confirm' },
    reject: { zh: '不采用', en: 'reject' },
    annul: { zh: '撤销', en: 'annul' },
  },
};
