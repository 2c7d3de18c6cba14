/** The audit of a departing office holder, step by step: commissioned by one, carried out by another, issued by a third. */
import type { StepTable } from '@gep/procedure';

export const departureStates = [
  ...(['commissioned', 'planned', 'fieldwork', 'suspended', 'reported', 'issued'] as const),
  ...(['rectification', 'published', 'closed', 'withdrawn'] as const),
] as const;
export type DepartureState = (typeof departureStates)[number];

export const departureActs = [
  ...(['plan', 'begin', 'suspend', 'resume', 'report', 'revise', 'issue', 'rectify'] as const),
  ...(['publish', 'close', 'withdraw'] as const),
] as const;
export type DepartureAct = (typeof departureActs)[number];

export const departureSteps: StepTable<DepartureState, DepartureAct> = {
  kind: 'departure',
  name: { zh: '离任审计', en: 'departing audit' },
  first: 'commissioned',
  rows: [
    {
      ...{ act: 'plan', from: ['commissioned', 'planned'], to: 'planned' },
      ...{ permission: 'evaluation.prepare', apartFrom: ['open'] },
    },
    {
      ...{ act: 'begin', from: ['planned'], to: 'fieldwork' },
      ...{ permission: 'evaluation.prepare', apartFrom: ['open'] },
    },
    { act: 'suspend', from: ['fieldwork'], to: 'suspended', permission: 'evaluation.prepare', reasonNeeded: true },
    { act: 'resume', from: ['suspended'], to: 'fieldwork', permission: 'evaluation.prepare', reasonNeeded: true },
    {
      ...{ act: 'report', from: ['fieldwork'], to: 'reported' },
      ...{ permission: 'evaluation.prepare', apartFrom: ['open'] },
    },
    { act: 'revise', from: ['reported'], to: 'fieldwork', permission: 'evaluation.prepare', reasonNeeded: true },
    {
      ...{ act: 'issue', from: ['reported'], to: 'issued', permission: 'evaluation.confirm' },
      ...{ apartFrom: ['open', 'plan', 'begin', 'report'] },
    },
    { act: 'rectify', from: ['issued'], to: 'rectification', permission: 'evaluation.prepare', reasonNeeded: true },
    {
      ...{ act: 'publish', from: ['rectification'], to: 'published' },
      ...{ permission: 'publication.publish', apartFrom: ['open', 'issue'] },
    },
    {
      ...{ act: 'close', from: ['published'], to: 'closed', permission: 'evaluation.approve' },
      ...{ reasonNeeded: true, apartFrom: ['report', 'issue'] },
    },
    {
      ...{ act: 'withdraw', from: ['commissioned', 'planned', 'fieldwork', 'suspended'], to: 'withdrawn' },
      ...{ permission: 'evaluation.approve', reasonNeeded: true },
    },
  ],
  nameOfState: {
    commissioned: { zh: '已委托', en: 'commissioned' },
    planned: { zh: '已制定方案', en: 'planned' },
    fieldwork: { zh: '现场审计', en: 'in fieldwork' },
    suspended: { zh: '中止', en: 'suspended' },
    reported: { zh: '征求意见', en: 'report out for comment' },
    issued: { zh: '已出具报告', en: 'report issued' },
    rectification: { zh: '已整改', en: 'rectification reported' },
    published: { zh: '已公布', en: 'published' },
    closed: { zh: '已办结', en: 'closed' },
    withdrawn: { zh: '已撤回委托', en: 'commission withdrawn' },
  },
  nameOfAct: {
    plan: { zh: '制定方案', en: 'plan' },
    begin: { zh: '进场', en: 'begin fieldwork' },
    suspend: { zh: '中止', en: 'suspend' },
    resume: { zh: '恢复', en: 'resume' },
    report: { zh: '送达征求意见稿', en: 'send the report for comment' },
    revise: { zh: '退回修改', en: 'take the report back to revise it' },
    issue: { zh: '出具报告', en: 'issue the report' },
    rectify: { zh: '报告整改', en: 'report the rectification' },
    publish: { zh: '公布', en: 'publish' },
    close: { zh: '办结', en: 'close' },
    withdraw: { zh: '撤回委托', en: 'withdraw the commission' },
  },
};
