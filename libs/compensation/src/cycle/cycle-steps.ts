/** One period of an agreement: advanced, measured, computed, confirmed, settled, paid on to units, evaluated; and its side exits. */
import type { StepRow, StepTable } from '@gep/procedure';

export type CycleState =
  | 'begun'
  | 'advanced'
  | 'measured'
  | 'computed'
  | 'confirmed'
  | 'settled'
  | 'paid-on'
  | 'evaluated'
  | 'reduced'
  | 'stopped'
  | 'recovered';
export type CycleAct =
  | 'advance'
  | 'measure'
  | 'compute'
  | 'confirm'
  | 'settle'
  | 'pay-on'
  | 'evaluate'
  | 'return'
  | 'withdraw'
  | 'dispute'
  | 'reduce'
  | 'stop'
  | 'resume'
  | 'reinstate'
  | 'recover';

type Row = StepRow<CycleState, CycleAct>;
const prepares = 'settlement.prepare';
const approves = 'settlement.approve';
/** States in which money of the period has not been settled. */
const open = ['begun', 'advanced', 'measured', 'computed', 'confirmed'] as const;

/** A dispute stops nothing but the disputed figures: the period stays where it is, and the step tells of it. */
const disputes = (['computed', 'confirmed', 'settled', 'paid-on'] as const).map((state): Row => ({
  ...{ act: 'dispute', from: [state], to: state, reasonNeeded: true },
}));

export const cycleSteps: StepTable<CycleState, CycleAct> = {
  kind: 'agreement-period',
  name: { zh: '协议时期', en: 'period of the agreement' },
  first: 'begun',
  rows: [
    { act: 'advance', from: ['begun', 'advanced'], to: 'advanced' },
    { act: 'measure', from: ['begun', 'advanced', 'measured'], to: 'measured' },
    { act: 'compute', from: ['measured'], to: 'computed', permission: prepares },
    { act: 'confirm', from: ['computed', 'reduced'], to: 'confirmed' },
    { act: 'return', from: ['computed', 'confirmed', 'reduced'], to: 'computed', reasonNeeded: true },
    { act: 'withdraw', from: ['computed', 'confirmed', 'reduced'], to: 'measured', reasonNeeded: true },
    { act: 'settle', from: ['confirmed'], to: 'settled' },
    { act: 'pay-on', from: ['settled'], to: 'paid-on', permission: prepares },
    {
      act: 'evaluate',
      from: ['settled', 'paid-on', 'recovered'],
      to: 'evaluated',
      permission: 'agreement.manage',
      reasonNeeded: true,
    },
    ...disputes,
    { act: 'reduce', from: ['computed'], to: 'reduced', permission: approves, reasonNeeded: true },
    { act: 'stop', from: open, to: 'stopped', permission: approves, reasonNeeded: true },
    { act: 'resume', from: ['stopped'], to: 'measured', permission: approves, reasonNeeded: true },
    // Resumed with the result that stands: it need not be computed again, and could not be.
    { act: 'reinstate', from: ['stopped'], to: 'computed', permission: approves, reasonNeeded: true },
    {
      act: 'recover',
      from: ['settled', 'paid-on', 'stopped'],
      to: 'recovered',
      permission: approves,
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    begun: { zh: '已开始', en: 'begun' },
    advanced: { zh: '已预付', en: 'advanced' },
    measured: { zh: '已监测', en: 'measured' },
    computed: { zh: '已测算', en: 'computed' },
    confirmed: { zh: '已确认', en: 'confirmed' },
    settled: { zh: '已结算', en: 'settled' },
    'paid-on': { zh: '已拨付到单位', en: 'paid on to units' },
    evaluated: { zh: '已绩效评价', en: 'evaluated' },
    reduced: { zh: '已核减', en: 'reduced' },
    stopped: { zh: '已停止', en: 'stopped' },
    recovered: { zh: '已追回', en: 'recovered' },
  },
  nameOfAct: {
    advance: { zh: '预付', en: 'advance' },
    measure: { zh: '监测', en: 'measure' },
    compute: { zh: '测算', en: 'compute' },
    confirm: { zh: '确认', en: 'confirm' },
    settle: { zh: '结算', en: 'settle' },
    'pay-on': { zh: '拨付到单位', en: 'pay on to units' },
    evaluate: { zh: '绩效评价', en: 'evaluate' },
    return: { zh: '退回', en: 'return' },
    withdraw: { zh: '撤回', en: 'withdraw' },
    dispute: { zh: '提出争议', en: 'dispute' },
    reduce: { zh: '核减', en: 'reduce' },
    stop: { zh: '停止', en: 'stop' },
    resume: { zh: '恢复', en: 'resume' },
    reinstate: { zh: '恢复已有结果', en: 'resume with its result' },
    recover: { zh: '追回', en: 'recover' },
  },
};
