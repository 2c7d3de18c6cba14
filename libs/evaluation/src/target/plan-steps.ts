/** The life of a plan, of a result of its years, and of a figure from outside: three tables, every hand another. */
import type { StepTable } from '@gep/procedure';

export type PlanState = 'drafted' | 'negotiated' | 'issued' | 'amended' | 'closed' | 'withdrawn';
export type PlanAct = 'revise' | 'negotiate' | 'return' | 'issue' | 'amend' | 'close' | 'withdraw';

/** `amend` is taken by the issue of the edition that takes its place. */
export const planSteps: StepTable<PlanState, PlanAct> = {
  kind: 'target-plan',
  name: { zh: '目标计划', en: 'plan of targets' },
  first: 'drafted',
  rows: [
    { act: 'revise', from: ['drafted'], to: 'drafted', permission: 'evaluation.prepare', reasonNeeded: true },
    {
      ...{ act: 'negotiate', from: ['drafted'], to: 'negotiated', permission: 'evaluation.confirm' },
      apartFrom: ['open', 'revise'],
    },
    { act: 'return', from: ['negotiated'], to: 'drafted', permission: 'evaluation.confirm', reasonNeeded: true },
    {
      ...{ act: 'issue', from: ['negotiated'], to: 'issued', permission: 'evaluation.approve' },
      apartFrom: ['open', 'revise', 'negotiate'],
    },
    { act: 'amend', from: ['issued'], to: 'amended', permission: 'evaluation.approve' },
    { act: 'close', from: ['issued'], to: 'closed', permission: 'evaluation.approve', apartFrom: ['open', 'revise'] },
    {
      ...{ act: 'withdraw', from: ['drafted', 'negotiated'], to: 'withdrawn', permission: 'evaluation.prepare' },
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    drafted: { zh: '已起草', en: 'drafted' },
    negotiated: { zh: '已协商', en: 'negotiated' },
    issued: { zh: '已下达', en: 'issued' },
    amended: { zh: '已由新版取代', en: 'amended by a later edition' },
    closed: { zh: '期满办结', en: 'closed' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    revise: { zh: '修改草案', en: 'revise the draft' },
    negotiate: { zh: '完成协商', en: 'end the negotiation' },
    return: { zh: '退回起草', en: 'return to the draft' },
    issue: { zh: '下达', en: 'issue' },
    amend: { zh: '由新版取代', en: 'amend' },
    close: { zh: '期满办结', en: 'close' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};

export type ProgressState = 'recorded' | 'confirmed' | 'superseded' | 'withdrawn';
export type ProgressAct = 'confirm' | 'supersede' | 'withdraw';

/** What a plan had reached in a year, as it was recorded; a later record of the year takes its place. */
export const progressSteps: StepTable<ProgressState, ProgressAct> = {
  kind: 'target-progress',
  name: { zh: '年度进展', en: 'progress of a year' },
  first: 'recorded',
  rows: [
    { act: 'confirm', from: ['recorded'], to: 'confirmed', permission: 'evaluation.confirm', apartFrom: ['open'] },
    { act: 'supersede', from: ['confirmed'], to: 'superseded', permission: 'evaluation.confirm' },
    { act: 'withdraw', from: ['recorded'], to: 'withdrawn', permission: 'evaluation.prepare', reasonNeeded: true },
  ],
  nameOfState: {
    recorded: { zh: '已登记', en: 'recorded' },
    confirmed: { zh: '已核实', en: 'confirmed' },
    superseded: { zh: '已被取代', en: 'superseded' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    confirm: { zh: '核实', en: 'confirm' },
    supersede: { zh: '以新结果取代', en: 'supersede' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};

export type FigureState = 'supplied' | 'confirmed' | 'rejected';
export type FigureAct = 'confirm' | 'reject';

/** A figure that no account gives, as a department supplied it. */
export const figureSteps: StepTable<FigureState, FigureAct> = {
  kind: 'outside-figure',
  name: { zh: '外来数据', en: 'figure from outside' },
  first: 'supplied',
  rows: [
    { act: 'confirm', from: ['supplied'], to: 'confirmed', permission: 'evaluation.confirm', apartFrom: ['open'] },
    { act: 'reject', from: ['supplied'], to: 'rejected', permission: 'evaluation.confirm', reasonNeeded: true },
  ],
  nameOfState: {
    supplied: { zh: '已报送', en: 'supplied' },
    confirmed: { zh: '已核实', en: 'confirmed' },
    rejected: { zh: '未采用', en: 'rejected' },
  },
  nameOfAct: { confirm: { zh: '核实', en: 'confirm' }, reject: { zh: '不采用', en: 'reject' } },
};
