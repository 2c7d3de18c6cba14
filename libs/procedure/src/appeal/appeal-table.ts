/** The way of an appeal: query, reply, complaint, decision; and what ends it otherwise. */
import type { StepTable } from '../step/step-table';

export const appealStates = [
  ...(['queried', 'replied', 'complained'] as const),
  ...(['upheld', 'partly-upheld', 'rejected', 'withdrawn', 'lapsed'] as const),
] as const;
export type AppealState = (typeof appealStates)[number];

export const appealActs = [
  ...(['reply', 'admit', 'complain', 'pause', 'inspect'] as const),
  ...(['uphold', 'uphold-partly', 'reject', 'withdraw', 'lapse'] as const),
] as const;
export type AppealAct = (typeof appealActs)[number];

/** Nobody decides about what they brought up or answered. */
const decision = { from: ['complained'], reasonNeeded: true, apartFrom: ['open', 'reply', 'complain'] } as const;

/** Kind of appeals among the subjects of procedures. */
export const appealKind = 'appeal';

export const appealTable: StepTable<AppealState, AppealAct> = {
  kind: appealKind,
  name: { zh: '异议', en: 'appeal' },
  first: 'queried',
  rows: [
    { act: 'reply', from: ['queried'], to: 'replied', reasonNeeded: true, apartFrom: ['open'] },
    { act: 'admit', from: ['queried'], to: 'upheld', reasonNeeded: true, apartFrom: ['open'] },
    { act: 'complain', from: ['queried', 'replied'], to: 'complained', reasonNeeded: true, apartFrom: ['reply'] },
    {
      act: 'pause',
      from: ['complained'],
      to: 'complained',
      reasonNeeded: true,
      apartFrom: ['open', 'reply', 'complain'],
    },
    {
      act: 'inspect',
      from: ['complained'],
      to: 'complained',
      reasonNeeded: true,
      apartFrom: ['open', 'reply', 'complain'],
    },
    { act: 'uphold', to: 'upheld', ...decision },
    { act: 'uphold-partly', to: 'partly-upheld', ...decision },
    { act: 'reject', to: 'rejected', ...decision },
    { act: 'withdraw', from: ['queried', 'replied', 'complained'], to: 'withdrawn', reasonNeeded: true },
    { act: 'lapse', from: ['replied'], to: 'lapsed', reasonNeeded: true },
  ],
  nameOfState: {
    queried: { zh: '已质疑', en: 'queried' },
    replied: { zh: '已答复', en: 'replied' },
    complained: { zh: '已投诉', en: 'complained' },
    upheld: { zh: '异议成立', en: 'upheld' },
    'partly-upheld': { zh: '异议部分成立', en: 'upheld in part' },
    rejected: { zh: '异议不成立', en: 'rejected' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    lapsed: { zh: '逾期未投诉', en: 'lapsed' },
  },
  nameOfAct: {
    reply: { zh: '答复', en: 'reply' },
    admit: { zh: '承认异议', en: 'admit' },
    complain: { zh: '投诉', en: 'complain' },
    pause: { zh: '暂停程序', en: 'pause the procedure' },
    inspect: { zh: '安排检验、评审', en: 'have it inspected' },
    uphold: { zh: '裁定成立', en: 'uphold' },
    'uphold-partly': { zh: '裁定部分成立', en: 'uphold in part' },
    reject: { zh: '裁定不成立', en: 'reject' },
    withdraw: { zh: '撤回', en: 'withdraw' },
    lapse: { zh: '期满终结', en: 'let lapse' },
  },
  verbs: {
    admit: 'reply --admit',
    uphold: 'decide uphold',
    'uphold-partly': 'decide uphold-partly',
    reject: 'decide reject',
  },
};

/** What an act takes; whoever prepares what is disputed answers. Nobody lets lapse but the program. */
export const appealPermissions = {
  ...{ reply: 'settlement.prepare', admit: 'settlement.prepare', complain: 'appeal.file', withdraw: 'appeal.file' },
  ...{ pause: 'appeal.decide', inspect: 'appeal.decide' },
  ...{ uphold: 'appeal.decide', 'uphold-partly': 'appeal.decide', reject: 'appeal.decide' },
} as const satisfies Partial<Record<AppealAct, string>>;

/** States in which an appeal has come to its end. */
export const appealOutcomes = ['upheld', 'partly-upheld', 'rejected', 'withdrawn', 'lapsed'] as const;
export type AppealOutcome = (typeof appealOutcomes)[number];

export const isOutcome = (state: string): state is AppealOutcome =>
  (appealOutcomes as readonly string[]).includes(state);
