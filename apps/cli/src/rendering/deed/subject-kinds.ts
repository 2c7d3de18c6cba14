/** Kinds of subjects with their steps, and the words of their states and acts: the one place that the terminal takes them from. */
import { agreementSteps, breachSteps, cycleSteps, measurementSteps } from '@gep/compensation';
import {
  departureSteps,
  disclosureSteps,
  figureSteps,
  incidentSteps,
  planSteps,
  progressSteps,
  scoreDeliverySteps,
  scoreRunSteps,
} from '@gep/evaluation';
import type { Bilingual } from '@gep/kernel';
import { appealPermissions, appealTable, type StepTable, type Subject } from '@gep/procedure';
import { contractTable, dividendTable } from '@gep/procurement';
import { settlementPermissions, settlementTable } from '@gep/settlement';
import type { Language } from '../../terminal/language';

export interface SubjectKind {
  readonly table: StepTable<string, string>;
  /** Of acts whose row names none. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Subjects that verbs act on, by the kind of their steps. */
export const subjectKinds = {
  settlement: { table: settlementTable, permissions: settlementPermissions },
  agreement: { table: agreementSteps },
  'agreement-period': { table: cycleSteps },
  'agreement-breach': { table: breachSteps },
  measurement: { table: measurementSteps },
  contract: { table: contractTable },
  dividend: { table: dividendTable },
  appeal: { table: appealTable, permissions: appealPermissions },
  'yearly-disclosure': { table: disclosureSteps },
  departure: { table: departureSteps },
  'target-plan': { table: planSteps },
  'target-progress': { table: progressSteps },
  'outside-figure': { table: figureSteps },
  'score-run': { table: scoreRunSteps },
  'score-delivery': { table: scoreDeliverySteps },
  incident: { table: incidentSteps },
} satisfies Readonly<Record<string, SubjectKind>>;
export type DeedSubjectKind = keyof typeof subjectKinds;

const kinds: Readonly<Record<string, SubjectKind | undefined>> = subjectKinds;
/** Results that rest on others and have no steps of their own. */
const others: Readonly<Record<string, Bilingual | undefined>> = {
  payment: { zh: '付款', en: 'payment' },
  'market-purchase': { zh: '市场化购买', en: 'market purchase' },
  'score-late': { zh: '后生效的评分', en: 'scores that became final later' },
  'target-close': { zh: '目标计划收官', en: 'close of a plan of targets' },
  'credit-event': { zh: '信用记录', en: 'entry of credit' },
  'credit-measure': { zh: '信用措施', en: 'measure of credit' },
  'credit-objection': { zh: '信用异议', en: 'objection of credit' },
  'credit-order': { zh: '积分兑换单', en: 'order for points' },
};
const asItIs = (text: string): Bilingual => ({ zh: text, en: text });

export const isSubjectKind = (kind: string): kind is DeedSubjectKind => Object.hasOwn(subjectKinds, kind);

/** What is not known here stays as it is written. */
export const nameOfKind = (kind: string): Bilingual => kinds[kind]?.table.name ?? others[kind] ?? asItIs(kind);

export const nameOfState = (kind: string, state: string): Bilingual =>
  kinds[kind]?.table.nameOfState[state] ?? asItIs(state);

/** The first step of every subject has the name that its mechanism gives it, else that it was begun. */
export function nameOfAct(kind: string, act: string): Bilingual {
  const named = kinds[kind]?.table.nameOfAct;
  if (named && Object.hasOwn(named, act)) return named[act];
  return act === 'open' ? (openings[kind] ?? { zh: '提出', en: 'begin' }) : (deeds[act] ?? asItIs(act));
}

const openings: Readonly<Record<string, Bilingual | undefined>> = {
  settlement: { zh: '核算', en: 'compute' },
  contract: { zh: '立项', en: 'plan' },
  dividend: { zh: '结账', en: 'close the accounts' },
  appeal: { zh: '提出质疑', en: 'file' },
};

/** Deeds on a subject that are no steps of it. */
const deeds: Readonly<Record<string, Bilingual | undefined>> = {
  ...{ compute: { zh: '核算', en: 'compute' }, collect: { zh: '收款', en: 'collect' } },
  ...{ 'true-up': { zh: '起草更正', en: 'draft the correction' }, recompute: { zh: '重新核算', en: 'recompute' } },
  'return-payment': { zh: '登记退票', en: 'note a payment that came back' },
  promote: { zh: '转为正式', en: 'make real' },
  ...{ draft: { zh: '起草', en: 'draft' }, file: { zh: '提出质疑', en: 'file' } },
  ...{ supplement: { zh: '补充合同', en: 'supplement' }, spend: { zh: '登记支出', en: 'record a spending' } },
  ...{
    state: { zh: '年度资金使用报告', en: 'state a year' },
    'take-back': { zh: '冲回支出', en: 'take a spending back' },
  },
  ...{ delay: { zh: '缓拨', en: 'delay' }, cut: { zh: '减拨', en: 'cut' }, stop: { zh: '停拨', en: 'stop' } },
  ...{ recover: { zh: '追回', en: 'recover' }, lift: { zh: '解除处理', en: 'lift a measure' } },
};

/** Codes of subjects, by `subjectKey`. */
export type SubjectCodes = ReadonlyMap<string, string>;
export const subjectKey = ({ kind, id }: Subject): string => `${kind} ${id}`;

/** Kind and code; the id where the subject has no code. */
export const subjectSaid = (subject: Subject, codes: SubjectCodes, language: Language): string =>
  `${nameOfKind(subject.kind)[language]} ${codes.get(subjectKey(subject)) ?? subject.id}`;
