/** The steps of a dividend: accounts closed, plan, notice, vote, record date, declared, paid; by persons apart. */
import type { StepTable } from '@gep/procedure';

const states = [
  ...(['accounts-closed', 'planned', 'noticed', 'resolved', 'rejected'] as const),
  ...(['allotted', 'declared', 'paid', 'closed', 'withdrawn'] as const),
] as const;
export type DividendState = (typeof states)[number];
export type DividendAct = 'plan' | 'notice' | 'resolve' | 'reject' | 'allot' | 'approve' | 'pay' | 'close' | 'withdraw';

const prepared = 'owner.manage';

/** From `paid` it is paid again: to owners whose lines were disputed and are no more. */
export const dividendTable: StepTable<DividendState, DividendAct> = {
  kind: 'dividend',
  name: { zh: '分红', en: 'dividend' },
  first: 'accounts-closed',
  rows: [
    { act: 'plan', from: ['accounts-closed', 'planned', 'rejected'], to: 'planned', permission: prepared },
    { act: 'notice', from: ['planned'], to: 'noticed', permission: prepared },
    { act: 'resolve', from: ['noticed'], to: 'resolved', permission: prepared },
    { act: 'reject', from: ['noticed'], to: 'rejected', permission: prepared },
    { act: 'allot', from: ['resolved'], to: 'allotted', permission: prepared },
    {
      ...{ act: 'approve', from: ['allotted'], to: 'declared', permission: 'settlement.approve' },
      apartFrom: ['open', 'plan', 'allot', 'pay'],
    },
    {
      ...{ act: 'pay', from: ['declared', 'paid'], to: 'paid', permission: 'settlement.pay' },
      apartFrom: ['open', 'plan', 'allot', 'approve'],
    },
    { act: 'close', from: ['paid'], to: 'closed', permission: prepared },
    {
      ...{ act: 'withdraw', to: 'withdrawn', permission: prepared, reasonNeeded: true },
      from: ['accounts-closed', 'planned', 'noticed', 'resolved', 'rejected', 'allotted'],
    },
  ],
  nameOfState: {
    'accounts-closed': { zh: '已结账', en: 'accounts closed' },
    planned: { zh: '已拟方案', en: 'planned' },
    noticed: { zh: '已告知成员', en: 'members notified' },
    resolved: { zh: '已表决通过', en: 'resolved' },
    rejected: { zh: '未获通过', en: 'rejected' },
    allotted: { zh: '已按登记日分配', en: 'allotted' },
    declared: { zh: '已批准入账', en: 'declared' },
    paid: { zh: '已支付', en: 'paid' },
    closed: { zh: '已办结', en: 'closed' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    plan: { zh: '拟定方案', en: 'plan' },
    notice: { zh: '告知成员', en: 'notify members' },
    resolve: { zh: '表决通过', en: 'resolve' },
    reject: { zh: '表决未通过', en: 'reject' },
    allot: { zh: '按登记日分配', en: 'allot by the record date' },
    approve: { zh: '批准', en: 'approve' },
    pay: { zh: '支付', en: 'pay' },
    close: { zh: '办结', en: 'close' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};
