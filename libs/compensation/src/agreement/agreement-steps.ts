/** The life of an agreement: drafted, signed by every party, in force, and how it ends. */
import type { StepTable } from '@gep/procedure';

export type AgreementState = 'drafted' | 'signed' | 'in-force' | 'amended' | 'expired' | 'terminated';
export type AgreementAct = 'sign' | 'enter' | 'amend' | 'expire' | 'terminate';

/** `amend` is taken by the edition that takes its place entering into force. */
export const agreementSteps: StepTable<AgreementState, AgreementAct> = {
  kind: 'agreement',
  name: { zh: '协议', en: 'agreement' },
  first: 'drafted',
  rows: [
    { act: 'sign', from: ['drafted'], to: 'signed', permission: 'agreement.manage' },
    { act: 'enter', from: ['signed'], to: 'in-force', permission: 'settlement.approve', apartFrom: ['open', 'sign'] },
    { act: 'amend', from: ['in-force'], to: 'amended', permission: 'settlement.approve' },
    { act: 'expire', from: ['in-force'], to: 'expired', permission: 'agreement.manage' },
    ...(['drafted', 'signed', 'in-force'] as const).map((from) => ({
      ...({ act: 'terminate', from: [from], to: 'terminated' } as const),
      ...{ permission: from === 'in-force' ? 'settlement.approve' : 'agreement.manage', reasonNeeded: true },
    })),
  ],
  nameOfState: {
    drafted: { zh: '已起草', en: 'drafted' },
    signed: { zh: '已签署', en: 'signed' },
    'in-force': { zh: '生效', en: 'in force' },
    amended: { zh: '已由新版取代', en: 'amended by a later edition' },
    expired: { zh: '期满', en: 'expired' },
    terminated: { zh: '终止', en: 'terminated' },
  },
  nameOfAct: {
    sign: { zh: '各方签署', en: 'sign by every party' },
    enter: { zh: '生效', en: 'enter into force' },
    amend: { zh: '由新版取代', en: 'amend' },
    expire: { zh: '期满', en: 'expire' },
    terminate: { zh: '终止', en: 'terminate' },
  },
};
