/** The life of a run of scores and of a delivery of figures: every hand another. */
import type { StepRow, StepTable } from '@gep/procedure';

export type ScoreRunState =
  | 'computed'
  | 'verified'
  | 'scored'
  | 'notified'
  | 'final'
  | 'disclosed'
  | 'superseded'
  | 'withdrawn';
export type ScoreRunAct = 'verify' | 'score' | 'notify' | 'finalise' | 'disclose' | 'supersede' | 'withdraw';
/** What people do; a run is superseded by the end of its next version. */
export const scoreRunActs = ['verify', 'score', 'notify', 'finalise', 'disclose', 'withdraw'] as const;

type Row = StepRow<ScoreRunState, ScoreRunAct>;
const approves = 'evaluation.approve';

/** Units that were disputed become final one after the other, so that it may be done again. */
const finalise = (from: readonly ScoreRunState[], to: ScoreRunState): Row => ({
  ...{ act: 'finalise', from, to, permission: approves, apartFrom: ['open', 'verify'] },
});

export const scoreRunSteps: StepTable<ScoreRunState, ScoreRunAct> = {
  kind: 'score-run',
  name: { zh: '评分', en: 'scores' },
  first: 'computed',
  rows: [
    { act: 'verify', from: ['computed'], to: 'verified', permission: 'evaluation.confirm', apartFrom: ['open'] },
    { act: 'score', from: ['verified'], to: 'scored', permission: approves, apartFrom: ['open', 'verify'] },
    { act: 'notify', from: ['scored'], to: 'notified', permission: 'evaluation.prepare' },
    finalise(['notified', 'final'], 'final'),
    finalise(['disclosed'], 'disclosed'),
    { act: 'disclose', from: ['final'], to: 'disclosed', permission: 'publication.publish' },
    { act: 'supersede', from: ['notified', 'final', 'disclosed'], to: 'superseded', permission: approves },
    {
      ...{
        act: 'withdraw',
        from: ['computed', 'verified', 'scored'],
        to: 'withdrawn',
        permission: 'evaluation.prepare',
      },
      reasonNeeded: true,
    },
  ],
  nameOfState: {
    computed: { zh: '已计算', en: 'computed' },
    verified: { zh: '已核实', en: 'verified' },
    scored: { zh: '已评分', en: 'scored' },
    notified: { zh: '已告知', en: 'notified' },
    final: { zh: '已生效', en: 'final' },
    disclosed: { zh: '已公开', en: 'disclosed' },
    superseded: { zh: '已被取代', en: 'superseded' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    verify: { zh: '核实', en: 'verify' },
    score: { zh: '评分', en: 'score' },
    notify: { zh: '告知', en: 'notify' },
    finalise: { zh: '生效', en: 'make final' },
    disclose: { zh: '公开', en: 'disclose' },
    supersede: { zh: '以新版取代', en: 'supersede' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
};

export type ScoreDeliveryState = 'supplied' | 'verified' | 'rejected';
export type ScoreDeliveryAct = 'verify' | 'reject';
export const scoreDeliveryActs: readonly ScoreDeliveryAct[] = ['verify', 'reject'];

export const scoreDeliverySteps: StepTable<ScoreDeliveryState, ScoreDeliveryAct> = {
  kind: 'score-delivery',
  name: { zh: '数据报送', en: 'delivery of figures' },
  first: 'supplied',
  rows: [
    { act: 'verify', from: ['supplied'], to: 'verified', permission: 'evaluation.confirm', apartFrom: ['open'] },
    { act: 'reject', from: ['supplied'], to: 'rejected', permission: 'evaluation.confirm', reasonNeeded: true },
  ],
  nameOfState: {
    supplied: { zh: '已报送', en: 'supplied' },
    verified: { zh: '已核实', en: 'verified' },
    rejected: { zh: '未采用', en: 'rejected' },
  },
  nameOfAct: { verify: { zh: '核实', en: 'verify' }, reject: { zh: '不采用', en: 'reject' } },
};
