/** An objection: filed, handled within five working days (twenty at most), and when rejected, reviewed by another person. */
import type { StepTable } from '@gep/procedure';

export const objectionStates = [
  'filed',
  'extended',
  'upheld',
  'rejected',
  'under-review',
  'closed',
  'withdrawn',
] as const;
export type ObjectionState = (typeof objectionStates)[number];

export const objectionActs = ['extend', 'uphold', 'reject', 'review', 'uphold-review', 'close', 'withdraw'] as const;
export type ObjectionAct = (typeof objectionActs)[number];

const decided = { permission: 'credit.approve', reasonNeeded: true, apartFrom: ['open'] } as const;

export const objectionSteps: StepTable<ObjectionState, ObjectionAct> = {
  kind: 'credit-objection',
  name: { zh: '信用异议', en: 'objection of credit' },
  first: 'filed',
  rows: [
    { act: 'extend', from: ['filed'], to: 'extended', permission: 'credit.approve', reasonNeeded: true },
    { act: 'uphold', from: ['filed', 'extended'], to: 'upheld', ...decided },
    { act: 'reject', from: ['filed', 'extended'], to: 'rejected', ...decided },
    { act: 'review', from: ['rejected'], to: 'under-review', reasonNeeded: true },
    { act: 'uphold-review', from: ['under-review'], to: 'upheld', ...decided, apartFrom: ['open', 'review', 'reject'] },
    { act: 'close', from: ['under-review'], to: 'closed', ...decided, apartFrom: ['open', 'review', 'reject'] },
    { act: 'withdraw', from: ['filed', 'extended'], to: 'withdrawn' },
  ],
  nameOfState: {
    filed: { zh: '已提出', en: 'filed' },
    extended: { zh: '已延长', en: 'extended' },
    upheld: { zh: '异议成立', en: 'upheld' },
    rejected: { zh: '异议不成立', en: 'rejected' },
    'under-review': { zh: '复核中', en: 'under review' },
    closed: { zh: '复核维持', en: 'closed by the review' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    extend: { zh: '延长处理期限', en: 'extend the time' },
    uphold: { zh: '认定成立', en: 'uphold' },
    reject: { zh: '认定不成立', en: 'reject' },
    review: { zh: '申请复核', en: 'ask for a review' },
    'uphold-review': { zh: '复核认定成立', en: 'uphold on review' },
    close: { zh: '复核维持', en: 'keep the rejection' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};
