/** Use cases of measurements: a department's table is recorded for a period, and approved or rejected by another person. */
import { Injectable } from '@nestjs/common';
import { digestOfValue, parsePeriod, type Period } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import { getSubject, type Officer, openSubject, takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { type AgreementEdition, getAgreement } from '../agreement/agreement.store';
import type { Done } from '../agreement/agreement.service';
import { CompensationMissing, DeedNotAgreed } from '../errors';
import { type ApprovedTable, requireIndependent, requireRows } from './measured-table';
import { measurementSteps, type MeasurementAct, type MeasurementState } from './measurement-steps';
import { insertMeasurement, listMeasurements, type Measurement, type MeasurementDraft } from './measurement.store';

export interface MeasurementView extends Measurement {
  readonly state: MeasurementState;
}

/** A measurement to be recorded; the agreement by id or code. */
export type MeasurementWish = MeasurementDraft;

@Injectable()
export class MeasurementService {
  constructor(private readonly database: Database) {}

  /** @throws AgreementMissing, InvalidPeriod, DeedNotAgreed */
  record(actor: Officer, wish: MeasurementWish, key: string): Promise<Done<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'compensation.measure', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const { territoryPath, code, terms } = await getAgreement(tx, wish.agreement);
        parsePeriod(wish.period);
        if (terms.input.kind !== 'measured')
          throw new DeedNotAgreed(code, {
            zh: '按已发布账户结算，不收监测表',
            en: 'it is settled by published accounts and takes no measurements',
          });
        requireIndependent(terms, wish);
        requireRows(terms, wish, wish.period);
        const digest = digestOfValue([wish.header, wish.rows]);
        const id = await insertMeasurement(tx, territoryPath, { ...wish, agreement: code, digest });
        await openSubject(tx, actor, measurementSteps, { id, territoryPath, documentDigest: wish.documentDigest });
        const { rows, header, ...after } = wish;
        await appendAudit(tx, {
          ...{ actor, action: 'compensation.measured', subject: `${code} ${wish.period} ${id}`, territoryPath },
          after: { ...after, rows: rows.length, columns: header.length, digest },
        });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** @throws CompensationMissing, StepRefused */
  judge(
    actor: Officer,
    wish: { readonly id: string; readonly act: MeasurementAct; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: MeasurementState }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: `compensation.measurement.${wish.act}`, body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const [found] = await listMeasurements(tx, { id: wish.id });
        if (!found) throw new CompensationMissing({ zh: '监测', en: 'measurement' }, wish.id);
        const { to } = await takeStep(tx, actor, measurementSteps, wish);
        const { agreement, period, territoryPath } = found;
        await appendAudit(tx, {
          ...{
            actor,
            action: `compensation.measurement.${to}`,
            subject: `${agreement} ${period} ${wish.id}`,
            territoryPath,
          },
          after: { reason: wish.reason ?? null },
        });
        return { id: wish.id, state: to as MeasurementState };
      });
      return { result, replayed };
    });
  }

  list(actor: Officer, agreement: string, period?: Period): Promise<MeasurementView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { territoryPath, code } = await getAgreement(tx, agreement);
      return withStates(tx, await listMeasurements(tx, { territoryPath, agreement: code, period }));
    });
  }
}

async function withStates(tx: EntityManager, found: readonly Measurement[]): Promise<MeasurementView[]> {
  const views: MeasurementView[] = [];
  for (const one of found) {
    const { state } = await getSubject(tx, { kind: measurementSteps.kind, id: one.id });
    views.push({ ...one, state: state as MeasurementState });
  }
  return views;
}

/** What was approved for each period of an agreement; where several were, the last. */
export async function approvedTables(
  tx: EntityManager,
  { territoryPath, code }: AgreementEdition,
): Promise<ApprovedTable[]> {
  const views = await withStates(tx, await listMeasurements(tx, { territoryPath, agreement: code }));
  const byPeriod = new Map<Period, ApprovedTable>();
  for (const view of views)
    if (view.state === 'approved' && !byPeriod.has(view.period)) byPeriod.set(view.period, view);
  return [...byPeriod.values()];
}
