/** Use cases of breaches: order to correct, find late, take a measure, find corrected. */
import { Injectable } from '@nestjs/common';
import type { Fen, Period } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, openSubject, takeStep, todayOf } from '@gep/procedure';
import { settlementIdOf, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { Done } from '../agreement/agreement.service';
import { getAgreement } from '../agreement/agreement.store';
import { CompensationMissing, DeedNotAgreed } from '../errors';
import { stateOfCycle } from '../cycle/compute-cycle.service';
import { cycleSteps } from '../cycle/cycle-steps';
import { type Cycle, listCycles, listCycleSettlements } from '../cycle/cycle.store';
import type { BreachMeasureKind } from './breach-effect';
import { breachSteps } from './breach-steps';
import { type Breach, type BreachDraft, insertBreach, insertBreachMeasure, listBreaches } from './breach.store';
import { type BreachView, viewBreaches } from './standing-measures.service';

/** A measure that somebody wishes to take; what it needs depends on its kind. */
export interface MeasureWish {
  readonly breach: string;
  readonly kind: BreachMeasureKind;
  readonly reason: string;
  /** Of a cut. */
  readonly period?: Period;
  /** Of a delay. */
  readonly until?: string;
  /** Of a cut or a recovery. */
  readonly amountFen?: Fen;
  /** Of a recovery. */
  readonly settlementId?: string;
}

@Injectable()
export class BreachService {
  constructor(private readonly database: Database) {}

  /** Orders a party to correct a breach by a day. @throws AgreementMissing, DeedNotAgreed */
  order(actor: Officer, wish: BreachDraft, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'compensation.breach', body: wish }, async (tx) => {
      const { territoryPath, code, terms } = await getAgreement(tx, wish.agreement);
      if (!terms.parties.some((party) => party.code === wish.party))
        throw new CompensationMissing({ zh: '协议的一方', en: 'party of the agreement' }, wish.party);
      if (wish.correctBy <= wish.orderedOn)
        throw new DeedNotAgreed(code, {
          zh: '改正期限应在责令之日以后',
          en: 'the day by which to correct has to come after the order',
        });
      const id = await insertBreach(tx, territoryPath, { ...wish, agreement: code });
      const { documentDigest, finding } = wish;
      await openSubject(tx, actor, breachSteps, { id, territoryPath, reason: finding, documentDigest });
      await noted(tx, actor, { id, agreement: code, territoryPath }, 'ordered', wish);
      return { id };
    });
  }

  /** Finds that the day has passed, or that the breach is corrected. @throws CompensationMissing, DeedNotAgreed, StepRefused */
  find(
    actor: Officer,
    wish: { readonly breach: string; readonly act: 'find-late' | 'correct'; readonly reason: string },
    key: string,
  ): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: `compensation.breach.${wish.act}`, body: wish }, async (tx) => {
      const breach = await getBreach(tx, wish.breach);
      const today = await todayOf(tx);
      if (wish.act === 'find-late' && today <= breach.correctBy)
        throw new DeedNotAgreed(breach.agreement, {
          zh: `改正期限至 ${breach.correctBy}，尚未逾期`,
          en: `it may be corrected until ${breach.correctBy}, which has not passed`,
        });
      await takeStep(tx, actor, breachSteps, { id: breach.id, act: wish.act, reason: wish.reason });
      await noted(tx, actor, breach, wish.act, { reason: wish.reason });
      return { id: breach.id };
    });
  }

  /**
   * Delays, cuts, stops or recovers, once the breach was found late. What is cut or recovered becomes a bill of the party when
   * the cuts of the period are computed.
   * @throws CompensationMissing, DeedNotAgreed, StepRefused
   */
  measure(actor: Officer, wish: MeasureWish, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'compensation.breach.measure', body: wish }, async (tx) => {
      const breach = await getBreach(tx, wish.breach);
      const { kind, reason, until = null, amountFen = null } = wish;
      requireFit(breach, wish);
      const settlementId = wish.settlementId === undefined ? null : await settlementIdOf(tx, wish.settlementId);
      const cycle = await this.cycleOf(tx, breach, { ...wish, ...(settlementId !== null && { settlementId }) });
      await takeStep(tx, actor, breachSteps, { id: breach.id, act: 'sanction', reason: `${kind}: ${reason}` });
      const { territoryPath } = breach;
      const period = kind === 'cut' || kind === 'recover' ? (cycle?.period ?? wish.period ?? null) : null;
      const id = await insertBreachMeasure(tx, {
        breachId: breach.id,
        kind,
        period,
        until,
        amountFen,
        settlementId,
        territoryPath,
      });
      if (cycle) await noteInCycle(tx, actor, cycle, kind, reason);
      await noted(tx, actor, breach, kind, { ...wish, amountFen: amountFen?.toString() ?? null });
      return { id };
    });
  }

  /** @throws AgreementMissing */
  list(actor: Officer, agreement: string): Promise<BreachView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { territoryPath, code } = await getAgreement(tx, agreement);
      return viewBreaches(tx, await listBreaches(tx, { territoryPath, agreement: code }));
    });
  }

  /** The period that a cut or a recovery is about; what is recovered was paid to the party. */
  private async cycleOf(
    tx: EntityManager,
    { territoryPath, agreement, party }: Breach,
    wish: MeasureWish,
  ): Promise<Cycle | undefined> {
    if (wish.kind === 'cut') return (await listCycles(tx, { territoryPath, agreement, period: wish.period }))[0];
    if (wish.kind !== 'recover') return undefined;
    const { settlementId } = wish;
    const [linked] = await listCycleSettlements(tx, { settlementId });
    const [cycle] = linked ? await listCycles(tx, { id: linked.cycleId }) : [];
    if (cycle?.agreement !== agreement)
      throw new CompensationMissing({ zh: '该协议的结算', en: 'settlement of the agreement' }, wish.settlementId ?? '');
    const { terms } = await getAgreement(tx, linked.agreementId);
    const book = terms.parties.find(({ code }) => code === party)?.book;
    const paidFen =
      (await viewSettlement(tx, linked.settlementId)).parts.find((part) => part.party === book)?.paidFen ?? 0n;
    if (wish.amountFen! > paidFen)
      throw new DeedNotAgreed(agreement, {
        zh: `该结算付给“${party}”的不足追回之数`,
        en: `that settlement paid "${party}" less than is to be recovered`,
      });
    return cycle;
  }

  private once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { result, replayed };
    });
  }
}

async function getBreach(tx: EntityManager, id: string): Promise<Breach> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const [breach] = isId ? await listBreaches(tx, { id }) : [];
  if (!breach) throw new CompensationMissing({ zh: '违约', en: 'breach' }, id);
  return breach;
}

/** @throws DeedNotAgreed when something that the kind of measure needs is missing, or something it does not know is given */
function requireFit({ agreement }: Breach, { kind, period, until, amountFen, settlementId }: MeasureWish): void {
  const needs = { delay: [until], cut: [period, amountFen], stop: [], recover: [settlementId, amountFen] }[kind];
  const given = [period, until, amountFen, settlementId].filter((one) => one !== undefined).length;
  if (needs.every((one) => one !== undefined) && given === needs.length && (amountFen === undefined || amountFen > 0n))
    return;
  throw new DeedNotAgreed(agreement, {
    zh: '缓拨须给出 until；减拨须给出 period 与金额；停拨不带其他；追回须给出结算与金额',
    en: 'a delay needs until; a cut a period and an amount; a stop nothing else; a recovery a settlement and an amount',
  });
}

async function noteInCycle(
  tx: EntityManager,
  actor: Officer,
  cycle: Cycle,
  kind: BreachMeasureKind,
  reason: string,
): Promise<void> {
  const state = await stateOfCycle(tx, cycle);
  if (kind === 'cut' && state === 'computed')
    await takeStep(tx, actor, cycleSteps, { id: cycle.id, act: 'reduce', reason });
  if (kind === 'recover' && ['settled', 'paid-on', 'stopped'].includes(state))
    await takeStep(tx, actor, cycleSteps, { id: cycle.id, act: 'recover', reason });
}

function noted(
  tx: EntityManager,
  actor: Officer,
  breach: Pick<Breach, 'id' | 'agreement' | 'territoryPath'>,
  act: string,
  after: object,
): Promise<void> {
  const { id, agreement, territoryPath } = breach;
  return appendAudit(tx, {
    actor,
    action: `compensation.breach.${act}`,
    subject: `${agreement} ${id}`,
    territoryPath,
    after,
  });
}
