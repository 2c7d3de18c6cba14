/** Which edition of an agreement a period falls under, and whether money may still be advanced. */
import { type Period, periodEnd } from '@gep/kernel';
import { todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { stateOfAgreement } from '../agreement/agreement.service';
import type { AgreementState } from '../agreement/agreement-steps';
import { type AgreementEdition, getAgreement, listEditions } from '../agreement/agreement.store';
import { DeedNotAgreed } from '../errors';

export interface PeriodEdition extends AgreementEdition {
  readonly state: AgreementState;
}

/** Editions that were once in force bind the periods of their term, also when a later one has taken their place. */
const binding: readonly AgreementState[] = ['in-force', 'amended', 'expired', 'terminated'];

/** The last edition in whose term the period ends. @throws AgreementMissing, InvalidPeriod, DeedNotAgreed */
export async function editionFor(tx: EntityManager, idOrCode: string, period: Period): Promise<PeriodEdition> {
  const { territoryPath, code } = await getAgreement(tx, idOrCode);
  const end = periodEnd(period);
  for (const edition of (await listEditions(tx, territoryPath, code)).reverse()) {
    const { state, steps } = await stateOfAgreement(tx, edition.id);
    const { from, to } = edition.terms.term;
    const wasInForce = steps.some(({ act }) => act === 'enter');
    if (binding.includes(state) && wasInForce && from <= end && end <= to) return { ...edition, state };
  }
  throw new DeedNotAgreed(
    code,
    {
      zh: `没有一版在 ${period} 生效；请查看各版的期限与状态（gep agreement show ${code}）`,
      en: `no edition was in force for ${period}; see the terms and states of its editions (gep agreement show ${code})`,
    },
    { period },
  );
}

/** An agreement that has ended advances nothing, and settles what is left of its term. @throws DeedNotAgreed */
export async function requireAdvancing(
  tx: EntityManager,
  { code, state, terms }: PeriodEdition,
  dueOn: string,
): Promise<void> {
  const today = await todayOf(tx);
  if (state !== 'in-force' || today > terms.term.to)
    throw new DeedNotAgreed(code, {
      zh: `已经结束（期限至 ${terms.term.to}），不再预付；期限内的时期仍可结算`,
      en: `it has ended (its term lasted until ${terms.term.to}) and advances nothing more; periods within its term are still settled`,
    });
  if (today < dueOn)
    throw new DeedNotAgreed(code, {
      zh: `该笔预付约定在 ${dueOn} 之后支付`,
      en: `this advance falls due on ${dueOn}, and not before`,
    });
}
