/** Keeps uploads from changing figures that are locked, and upper levels from changing figures that others reported. */
import { Injectable } from '@nestjs/common';
import type { DomainError } from '@gep/kernel';
import { ImportGate, listImporters, type ImportPlace, type Reason } from '@gep/observation';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { AccountLocked, UpperLevelMayNotEdit } from './errors';
import { lockOf } from './lock-of';
import { lockedStates } from './review-table';
import type { ReviewStep } from './review-step';
import { listLastSteps, listSteps } from './review.store';
import { isOwnLevel } from './roles-at';

@Injectable()
export class ReviewGate extends ImportGate {
  /** Whether what a territory reported is closed to others before it is submitted. */
  protected readonly keepsUnsubmitted: boolean = true;

  /**
   * Locked accounts are closed to everybody; what was submitted, or reported by the territory itself, is open to reporters
   * of the territory only.
   */
  override async closedPlaces(
    tx: EntityManager,
    { scope }: Actor,
    normId: string,
    places: readonly ImportPlace[],
  ): Promise<ReadonlyMap<string, Reason>> {
    const closed = new Map<string, Reason>();
    for (const period of new Set(places.map((place) => place.period))) {
      const here = places.filter((place) => place.period === period);
      const codes = here.map(({ territory }) => territory);
      const last = await listLastSteps(tx, period, normId, codes);
      const importers = this.keepsUnsubmitted ? await listImporters(tx, normId, period, codes) : [];
      for (const { territory, path } of here) {
        const step = last.get(territory);
        const own = isOwnLevel(path, scope);
        const reported = own
          ? undefined
          : importers.find((one) => one.territory === territory && isOwnLevel(path, one.scope));
        const refusal =
          (step && (await refusalOf(tx, step, own))) ??
          (reported &&
            new UpperLevelMayNotEdit({ territory, period, normId }, reported.name, reported.at.toISOString()));
        if (refusal) closed.set(`${territory} ${period}`, reasonOf(refusal));
      }
    }
    return closed;
  }
}

/** The gate at the terminal of the server: the operator loads what others have reported, until it is submitted. */
@Injectable()
export class OperatorGate extends ReviewGate {
  protected override readonly keepsUnsubmitted = false;
}

async function refusalOf(tx: EntityManager, last: ReviewStep, own: boolean): Promise<DomainError | undefined> {
  if (lockedStates.includes(last.state))
    return new AccountLocked(lockOf(last), { zh: '上传', en: 'an upload that changes its figures' });
  if (own) return undefined;
  const submitted = (await listSteps(tx, last)).findLast(({ act }) => act === 'submit');
  const { by, at } = submitted ?? last;
  return new UpperLevelMayNotEdit(last, by.name, at.toISOString());
}

/** The refusal at a cell: the sentence says what and why, and its mend. */
function reasonOf({ code, text }: DomainError): Reason {
  const locked = code === 'accounting.account-locked';
  const mend = locked
    ? { zh: '先按所述办法解锁，再上传', en: 'have it unlocked in the way it says, then upload' }
    : {
        zh: '退回账户，由该地域的填报人更正',
        en: 'return the account, and let a reporter of the territory correct it',
      };
  return { severity: 'error', code, text, mend };
}
