/** The steps of a yearly purchase of increments as one table, from the budget line to the money spent on conservation. */
import type { StepTable } from '@gep/procedure';

export const contractStates = [
  ...(['planned', 'budgeted', 'measured', 'certified', 'reserved', 'noticed', 'awarded', 'contracted'] as const),
  ...(['published', 'filed', 'accepted', 'disclosed', 'invoiced', 'approved', 'paid', 'closed', 'rescinded'] as const),
] as const;
export type ContractState = (typeof contractStates)[number];

export const contractActs = [
  ...(['budget', 'measure', 'certify', 'return', 'conclude', 'reserve', 'notice', 'award', 'sign'] as const),
  ...(['publish', 'file', 'accept', 'disclose', 'invoice', 'approve', 'pay', 'close', 'rescind'] as const),
] as const;
export type ContractAct = (typeof contractActs)[number];

/**
 * Whoever handles the purchase (opens, measures, gives notice, awards, signs) neither certifies nor accepts: Government
 * Procurement Law art. 61. Preparer, approver and payer are three persons.
 */
export const contractTable: StepTable<ContractState, ContractAct> = {
  kind: 'contract',
  name: { zh: '合同', en: 'contract' },
  first: 'planned',
  rows: [
    { act: 'budget', from: ['planned', 'budgeted'], to: 'budgeted', permission: 'settlement.prepare' },
    { act: 'measure', from: ['budgeted'], to: 'measured', permission: 'settlement.prepare' },
    {
      ...{ act: 'certify', from: ['measured'], to: 'certified', permission: 'settlement.confirm' },
      apartFrom: ['open', 'budget', 'measure', 'notice', 'award', 'sign'],
    },
    {
      ...{ act: 'return', from: ['measured', 'certified', 'reserved', 'noticed', 'awarded'], to: 'budgeted' },
      ...{ permission: 'settlement.confirm', reasonNeeded: true },
    },
    { act: 'conclude', from: ['certified'], to: 'closed', permission: 'settlement.prepare' },
    { act: 'reserve', from: ['certified'], to: 'reserved', permission: 'settlement.prepare', apartFrom: ['certify'] },
    { act: 'notice', from: ['reserved'], to: 'noticed', permission: 'settlement.prepare' },
    { act: 'award', from: ['noticed'], to: 'awarded', permission: 'settlement.prepare' },
    { act: 'sign', from: ['awarded'], to: 'contracted', permission: 'settlement.prepare' },
    { act: 'publish', from: ['contracted'], to: 'published', permission: 'publication.publish' },
    { act: 'file', from: ['published'], to: 'filed', permission: 'settlement.prepare' },
    {
      ...{ act: 'accept', from: ['filed'], to: 'accepted', permission: 'settlement.confirm' },
      apartFrom: ['open', 'budget', 'measure', 'notice', 'award', 'sign', 'file'],
    },
    { act: 'disclose', from: ['accepted'], to: 'disclosed', permission: 'publication.publish' },
    {
      act: 'invoice',
      from: ['disclosed'],
      to: 'invoiced',
      permission: 'procurement.manage',
      apartFrom: ['certify', 'accept'],
    },
    {
      ...{ act: 'approve', from: ['invoiced'], to: 'approved', permission: 'settlement.approve' },
      apartFrom: ['open', 'measure', 'reserve', 'invoice', 'pay'],
    },
    {
      ...{ act: 'pay', from: ['approved'], to: 'paid', permission: 'settlement.pay' },
      apartFrom: ['open', 'measure', 'reserve', 'invoice', 'approve'],
    },
    { act: 'close', from: ['paid'], to: 'closed', permission: 'settlement.confirm', apartFrom: ['invoice'] },
    {
      act: 'rescind',
      from: [
        ...(['planned', 'budgeted', 'measured', 'certified', 'reserved', 'noticed', 'awarded', 'contracted'] as const),
        ...(['published', 'filed', 'accepted', 'disclosed', 'invoiced', 'approved'] as const),
      ],
      ...{ to: 'rescinded', permission: 'settlement.confirm', reasonNeeded: true },
    },
  ],
  nameOfState: {
    planned: { zh: '已立项', en: 'planned' },
    budgeted: { zh: '已列预算', en: 'budgeted' },
    measured: { zh: '增量已核算', en: 'increment measured' },
    certified: { zh: '增量已核定', en: 'increment certified' },
    reserved: { zh: '资金已预留', en: 'money reserved' },
    noticed: { zh: '单一来源公示中', en: 'single-source notice given' },
    awarded: { zh: '已成交', en: 'awarded' },
    contracted: { zh: '已签订', en: 'contracted' },
    published: { zh: '合同已公告', en: 'contract published' },
    filed: { zh: '已备案', en: 'filed' },
    accepted: { zh: '已验收', en: 'accepted' },
    disclosed: { zh: '验收结果已公告', en: 'acceptance published' },
    invoiced: { zh: '已开票', en: 'invoiced' },
    approved: { zh: '付款已批准', en: 'payment approved' },
    paid: { zh: '已支付', en: 'paid' },
    closed: { zh: '已办结', en: 'closed' },
    rescinded: { zh: '已解除', en: 'rescinded' },
  },
  nameOfAct: {
    budget: { zh: '列预算', en: 'budget' },
    measure: { zh: '核算增量', en: 'measure the increment' },
    certify: { zh: '核定增量', en: 'certify the increment' },
    return: { zh: '退回重算', en: 'return to be measured anew' },
    conclude: { zh: '无增量办结', en: 'conclude without a purchase' },
    reserve: { zh: '预留资金', en: 'reserve the money' },
    notice: { zh: '发布单一来源公示', en: 'give single-source notice' },
    award: { zh: '确定成交', en: 'award' },
    sign: { zh: '签订合同', en: 'sign the contract' },
    publish: { zh: '公告合同', en: 'publish the contract' },
    file: { zh: '备案', en: 'file the contract' },
    accept: { zh: '验收', en: 'accept' },
    disclose: { zh: '公告验收结果', en: 'publish what was accepted' },
    invoice: { zh: '开票', en: 'invoice' },
    approve: { zh: '批准付款', en: 'approve the payment' },
    pay: { zh: '支付', en: 'pay' },
    close: { zh: '办结', en: 'close' },
    rescind: { zh: '解除', en: 'rescind' },
  },
};
