/** The life of a yearly disclosure: drafted from what is published and final, approved, published; or withdrawn before that. */
import type { StepTable } from '@gep/procedure';

export const disclosureStates = ['drafted', 'approved', 'published', 'withdrawn'] as const;
export type DisclosureState = (typeof disclosureStates)[number];
export const disclosureActs = ['approve', 'publish', 'withdraw'] as const;
export type DisclosureAct = (typeof disclosureActs)[number];

/** A published one is never changed: what was wrong is said by another edition. */
export const disclosureSteps: StepTable<DisclosureState, DisclosureAct> = {
  kind: 'yearly-disclosure',
  name: { zh: '年度披露', en: 'yearly disclosure' },
  first: 'drafted',
  rows: [
    { act: 'approve', from: ['drafted'], to: 'approved', permission: 'evaluation.approve', apartFrom: ['open'] },
    {
      ...({ act: 'publish', from: ['approved'], to: 'published', permission: 'publication.publish' } as const),
      apartFrom: ['open', 'approve'],
    },
    {
      ...({
        act: 'withdraw',
        from: ['drafted', 'approved'],
        to: 'withdrawn',
        permission: 'evaluation.prepare',
      } as const),
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    drafted: { zh: '已起草', en: 'drafted' },
    approved: { zh: '已批准', en: 'approved' },
    published: { zh: '已公布', en: 'published' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    approve: { zh: '批准', en: 'approve' },
    publish: { zh: '公布', en: 'publish' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};
