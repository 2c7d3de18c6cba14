/** A measure: proposed, told to the subject, heard, decided by another person, in force, lifted or ended. */
import type { StepTable } from '@gep/procedure';

export const measureStates = [
  ...(['proposed', 'notified', 'heard', 'decided', 'in-force', 'lifted', 'ended', 'refused', 'withdrawn'] as const),
] as const;
export type MeasureState = (typeof measureStates)[number];

export const measureActs = ['notify', 'hear', 'decide', 'refuse', 'enter', 'lift', 'end', 'withdraw'] as const;
/** What persons do; `fall` follows from a correction. */
export type MeasureAct = (typeof measureActs)[number];

const open: readonly MeasureState[] = ['proposed', 'notified', 'heard', 'decided', 'in-force'];

export const measureSteps: StepTable<MeasureState, MeasureAct | 'fall'> = {
  kind: 'credit-measure',
  name: { zh: '信用措施', en: 'measure of credit' },
  first: 'proposed',
  rows: [
    { act: 'notify', from: ['proposed'], to: 'notified', permission: 'credit.manage' },
    { act: 'hear', from: ['notified'], to: 'heard', permission: 'credit.manage', reasonNeeded: true },
    {
      ...{ act: 'decide', from: ['notified', 'heard'], to: 'decided', permission: 'credit.approve' },
      ...{ reasonNeeded: true, apartFrom: ['open', 'notify'] },
    },
    {
      ...{ act: 'refuse', from: ['notified', 'heard'], to: 'refused', permission: 'credit.approve' },
      ...{ reasonNeeded: true, apartFrom: ['open'] },
    },
    { act: 'enter', from: ['decided'], to: 'in-force', permission: 'credit.manage' },
    { act: 'lift', from: ['decided', 'in-force'], to: 'lifted', permission: 'credit.approve', reasonNeeded: true },
    { act: 'end', from: ['in-force'], to: 'ended', permission: 'credit.manage' },
    {
      act: 'withdraw',
      from: ['proposed', 'notified', 'heard'],
      to: 'withdrawn',
      permission: 'credit.manage',
      reasonNeeded: true,
    },
    { act: 'fall', from: open, to: 'lifted', reasonNeeded: true },
  ],
  nameOfState: {
    proposed: { zh: '已拟', en: 'proposed' },
    notified: { zh: '已告知', en: 'told to the subject' },
    heard: { zh: '已听取陈述申辩', en: 'heard' },
    decided: { zh: '已决定', en: 'decided' },
    'in-force': { zh: '实施中', en: 'in force' },
    lifted: { zh: '已解除', en: 'lifted' },
    ended: { zh: '已期满', en: 'ended' },
    refused: { zh: '不予采取', en: 'refused' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  nameOfAct: {
    notify: { zh: '告知', en: 'tell the subject' },
    hear: { zh: '听取陈述申辩', en: 'hear' },
    decide: { zh: '决定', en: 'decide' },
    refuse: { zh: '不予采取', en: 'refuse' },
    enter: { zh: '实施', en: 'put in force' },
    lift: { zh: '解除', en: 'lift' },
    end: { zh: '期满终止', en: 'end' },
    withdraw: { zh: '撤回', en: 'withdraw' },
    fall: { zh: '因更正而解除', en: 'lifted by correction' },
  },
};
