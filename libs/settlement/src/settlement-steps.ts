/** The steps of a settlement: computed, confirmed, reserved, approved, paid, closed; by persons apart. */
import type { StepTable } from '@gep/procedure';

export const settlementStates = [
  ...(['computed', 'confirmed', 'reserved', 'approved', 'paid', 'closed', 'returned', 'withdrawn'] as const),
] as const;
export type SettlementState = (typeof settlementStates)[number];

export const settlementActs = [
  'confirm',
  'reserve',
  'approve',
  'pay',
  'close',
  'return',
  'withdraw',
  'restore',
] as const;
export type SettlementAct = (typeof settlementActs)[number];

/** What an act takes; programs judge it before the table does, since a mechanism may have its own way. */
export const settlementPermissions = {
  ...{ confirm: 'settlement.confirm', reserve: 'settlement.prepare', approve: 'settlement.approve' },
  ...{
    pay: 'settlement.pay',
    close: 'settlement.prepare',
    return: 'settlement.confirm',
    withdraw: 'settlement.prepare',
  },
} as const satisfies Partial<Record<SettlementAct, string>>;

/**
 * Preparer, confirmer; preparer, approver and payer are apart. From `paid` money is reserved again: for what was disputed
 * and is no more, for what waited in the queue of the fund, and for payments that came back (`restore`).
 */
export const settlementTable: StepTable<SettlementState, SettlementAct> = {
  kind: 'settlement',
  name: { zh: '结算', en: 'settlement' },
  first: 'computed',
  rows: [
    { act: 'confirm', from: ['computed', 'returned'], to: 'confirmed', apartFrom: ['open', 'reserve'] },
    { act: 'reserve', from: ['confirmed', 'paid'], to: 'reserved', apartFrom: ['confirm', 'approve', 'pay'] },
    { act: 'restore', from: ['reserved', 'approved', 'paid', 'closed'], to: 'reserved', apartFrom: ['approve', 'pay'] },
    { act: 'approve', from: ['reserved'], to: 'approved', apartFrom: ['open', 'reserve', 'restore', 'pay'] },
    { act: 'pay', from: ['approved'], to: 'paid', apartFrom: ['open', 'reserve', 'restore', 'approve'] },
    { act: 'close', from: ['approved', 'paid'], to: 'closed' },
    { act: 'return', from: ['computed', 'confirmed', 'reserved'], to: 'returned', reasonNeeded: true },
    {
      act: 'withdraw',
      from: ['computed', 'confirmed', 'reserved', 'approved', 'returned'],
      to: 'withdrawn',
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    computed: { zh: '已核算', en: 'computed' },
    confirmed: { zh: '已核对', en: 'confirmed' },
    reserved: { zh: '已预留', en: 'reserved' },
    approved: { zh: '已批准', en: 'approved' },
    paid: { zh: '已支付', en: 'paid' },
    closed: { zh: '已办结', en: 'closed' },
    returned: { zh: '已退回', en: 'returned' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    confirm: { zh: '核对', en: 'confirm' },
    reserve: { zh: '预留', en: 'reserve' },
    approve: { zh: '批准', en: 'approve' },
    pay: { zh: '支付', en: 'pay' },
    close: { zh: '办结', en: 'close' },
    return: { zh: '退回', en: 'return' },
    withdraw: { zh: '撤回', en: 'withdraw' },
    restore: { zh: '退票重付', en: 'restore a payment that came back' },
  },
};
