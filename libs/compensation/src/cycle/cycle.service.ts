/** Use cases of a period: compute what it comes to, act on its settlements, and take the steps that people take. */
import { Injectable } from '@nestjs/common';
import { TreeAccountsService } from '@gep/accounting';
import type { Bilingual, Period } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import { ClockBooks, getSubject, holdsAt, type Officer, StepNotYours, type TakenStep, takeStep } from '@gep/procedure';
import {
  actOnSettlement,
  settlementIdOf,
  SettlementTools,
  settlementPermissions,
  settlementTable,
  type SettlementView,
  type SettlementWish,
  viewSettlement,
} from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { Done } from '../agreement/agreement.service';
import { type AgreementEdition, findAgreement, getAgreement } from '../agreement/agreement.store';
import { effectOn } from '../breach/standing-measures.service';
import { CompensationMissing, DeedNotAgreed } from '../errors';
import {
  type ClockBook,
  listPassedOn,
  meetPassingOn,
  type PassedOn,
  startPassingOn,
} from '../passing/passed-on.service';
import { computeCycle, type CycleWish, stateOfCycle } from './compute-cycle.service';
import { type CycleState, cycleSteps } from './cycle-steps';
import {
  type Carry,
  type Cycle,
  type CycleSettlement,
  listCarries,
  listCycles,
  listCycleSettlements,
} from './cycle.store';
import { editionFor } from './edition-for.service';
import { isConfirmed, standingResult } from './standing-result.service';
import { treeFiguresOf } from './figures-of-period.service';

/** Steps of a period that are taken by themselves; the others come with the settlements. */
export const ownActs = ['dispute', 'pay-on', 'evaluate', 'stop', 'resume'] as const;
export type OwnAct = (typeof ownActs)[number];

export interface CycleView extends Cycle {
  readonly state: CycleState;
  readonly steps: readonly TakenStep[];
  readonly settlements: readonly (CycleSettlement & { readonly view: SettlementView })[];
}

/** Who may do what with money; the settlement itself keeps persons apart. */
const permissionOf: Readonly<Record<SettlementWish['act'], string>> = {
  ...settlementPermissions,
  ...{ collect: 'settlement.prepare', 'return-payment': 'settlement.pay' },
};
const otherActs: Readonly<Record<string, Bilingual>> = {
  collect: { zh: '收款', en: 'collect a bill' },
  'return-payment': { zh: '退票', en: 'note a payment that came back' },
};

@Injectable()
export class CycleService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
    private readonly trees: TreeAccountsService,
    private readonly clocks: ClockBooks,
  ) {}

  /** Computes an advance, the result, or the cuts of a period. @throws DeedNotAgreed, and what a settlement throws */
  async compute(
    actor: Officer,
    wish: CycleWish,
    key: string,
  ): Promise<Done<{ readonly id: string; readonly cycleId: string }>> {
    const { terms } = await this.database.snapshot(actor, (tx) => editionFor(tx, wish.agreement, wish.period));
    const treeFigures = wish.what === 'result' ? await treeFiguresOf(this.trees, actor, terms, wish.period) : undefined;
    return this.once(actor, { key, action: 'compensation.compute', body: wish }, async (tx) => {
      const { settlement, cycle, standIns, carriedInFen } = await computeCycle(tx, actor, this.tools, {
        ...wish,
        treeFigures,
      });
      const { id, code, territoryPath, decisionDigest, ruleEdition } = settlement;
      await appendAudit(tx, {
        ...{
          actor,
          action: 'compensation.computed',
          subject: `${cycle.agreement} ${wish.period} ${code}`,
          territoryPath,
        },
        after: { id, what: wish.what, decisionDigest, ruleEdition, standIns, carriedInFen: carriedInFen.toString() },
      });
      return { id, cycleId: cycle.id };
    });
  }

  /**
   * Acts on a settlement of an agreement: parties whose money is delayed or stopped are left out and stay open.
   * @throws CompensationMissing, DeedNotAgreed, StepRefused, and what the settlement throws
   */
  async act(actor: Officer, wish: SettlementWish, key: string): Promise<Done<{ readonly id: string }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: `compensation.settlement.${wish.act}`, body: wish }, async (tx) => {
      const id = await settlementIdOf(tx, wish.id);
      const { cycle, link, edition } = await linkOf(tx, id);
      const subject = { kind: settlementTable.kind, id };
      const permission = permissionOf[wish.act];
      if (!holdsAt(actor, permission, edition.territoryPath))
        throw new StepNotYours(
          subject,
          otherActs[wish.act] ?? settlementTable.nameOfAct[wish.act as 'confirm'],
          permission,
        );
      const before = await stateOfCycle(tx, cycle);
      if (before === 'stopped' && ['confirm', 'reserve', 'approve', 'pay'].includes(wish.act))
        throw new DeedNotAgreed(cycle.agreement, {
          zh: `${cycle.period} 已停止，不办理支付；须先恢复`,
          en: `${cycle.period} is stopped and nothing of it is paid; resume it first`,
        });
      const view = await actOnSettlement(
        tx,
        actor,
        this.tools,
        await this.withHeld(tx, edition, cycle, { ...wish, id }),
      );
      await stepWithSettlement(tx, actor, { cycle, link, view, wish, edition });
      if (wish.act === 'pay') await this.passOn(tx, actor, book, cycle, view);
      const { act } = wish;
      await appendAudit(tx, {
        ...{
          actor,
          action: `compensation.settlement.${act}`,
          subject: `${cycle.agreement} ${cycle.period} ${view.gist.code}`,
        },
        ...{ territoryPath: edition.territoryPath, after: { id, act, state: view.state } },
      });
      return { id };
    });
  }

  /** A step that is no settlement's: dispute, paid on to units, evaluation, stop, resume. @throws CompensationMissing, StepRefused */
  step(
    actor: Officer,
    wish: { readonly agreement: string; readonly period: Period; readonly act: OwnAct; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: CycleState }>> {
    return this.once(actor, { key, action: `compensation.period.${wish.act}`, body: wish }, async (tx) => {
      const { territoryPath, code } = await getAgreement(tx, wish.agreement);
      const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period: wish.period });
      if (!cycle) throw new CompensationMissing({ zh: '时期', en: 'period' }, wish.period);
      if (wish.act === 'pay-on') await requirePassedOn(tx, code, wish.period);
      const { id } = cycle;
      const result = wish.act === 'resume' ? await standingResult(tx, cycle) : undefined;
      const act = result ? 'reinstate' : wish.act;
      let { to } = await takeStep(tx, actor, cycleSteps, {
        id,
        code: `${code} ${wish.period}`,
        act,
        reason: wish.reason,
      });
      if (result && isConfirmed(result)) ({ to } = await takeStep(tx, actor, cycleSteps, { id, act: 'confirm' }));
      await appendAudit(tx, {
        ...{ actor, action: `compensation.period.${wish.act}`, subject: `${code} ${wish.period}`, territoryPath },
        after: { reason: wish.reason ?? null, state: to },
      });
      return { id, state: to as CycleState };
    });
  }

  /** Periods of an agreement with their settlements. @throws AgreementMissing */
  list(actor: Officer, agreement: string, period?: Period): Promise<CycleView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { territoryPath, code } = await getAgreement(tx, agreement);
      const views: CycleView[] = [];
      for (const cycle of await listCycles(tx, { territoryPath, agreement: code, period }))
        views.push(await viewCycle(tx, cycle));
      return views;
    });
  }

  /** What pools could not give, with the settlements that hold it now. @throws AgreementMissing */
  carries(actor: Officer, agreement: string): Promise<Carry[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { territoryPath, code } = await getAgreement(tx, agreement);
      return listCarries(tx, territoryPath, code);
    });
  }

  /** Received and not passed on: of all agreements that the actor sees, or by or from this one. @throws AgreementMissing */
  passedOn(actor: Officer, agreement?: string): Promise<PassedOn[]> {
    return this.database.snapshot(actor, async (tx) => {
      const found = await listPassedOn(tx);
      if (agreement === undefined) return found;
      const { code } = await getAgreement(tx, agreement);
      return found.filter((one) => one.agreement === code || one.from === code);
    });
  }

  /** Reserving, approving and paying leave out whoever is held back for a breach. */
  private async withHeld(
    tx: EntityManager,
    edition: AgreementEdition,
    { period }: Cycle,
    wish: SettlementWish,
  ): Promise<SettlementWish> {
    if (wish.act !== 'reserve' && wish.act !== 'approve' && wish.act !== 'pay') return wish;
    const { held } = await effectOn(tx, edition, period);
    const books = held.flatMap(({ party }) =>
      edition.terms.parties.filter(({ code }) => code === party).map(({ book }) => book),
    );
    return books.length === 0 ? wish : { ...wish, leaveOut: [...new Set([...(wish.leaveOut ?? []), ...books])] };
  }

  private async passOn(
    tx: EntityManager,
    actor: Officer,
    book: ClockBook,
    { agreement, period }: Cycle,
    view: SettlementView,
  ): Promise<void> {
    const parties = new Set(view.parts.filter(({ paidFen }) => paidFen > 0n).map(({ party }) => party));
    await startPassingOn(tx, actor, book, { agreement, period, parties });
    await meetPassingOn(tx, actor, { code: agreement, period });
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

interface Linked {
  readonly cycle: Cycle;
  readonly link: CycleSettlement;
  readonly edition: AgreementEdition;
}

async function linkOf(tx: EntityManager, settlementId: string): Promise<Linked> {
  const [link] = await listCycleSettlements(tx, { settlementId });
  if (!link) throw new CompensationMissing({ zh: '协议的结算', en: 'settlement of an agreement' }, settlementId);
  const [cycle] = await listCycles(tx, { id: link.cycleId });
  return { cycle, link, edition: (await findAgreement(tx, link.agreementId))! };
}

/** The period follows its settlements: confirmed with the result, advanced or settled when they are paid, back when they go back. */
async function stepWithSettlement(
  tx: EntityManager,
  actor: Officer,
  { cycle, link, view, wish, edition }: Linked & { readonly view: SettlementView; readonly wish: SettlementWish },
): Promise<void> {
  const isPaid = view.state === 'paid' || view.state === 'closed';
  const state = await stateOfCycle(tx, cycle);
  const step = (act: 'advance' | 'confirm' | 'settle' | 'return' | 'withdraw', reason?: string): Promise<TakenStep> =>
    takeStep(tx, actor, cycleSteps, { id: cycle.id, act, reason });
  if (link.kind === 'advance') {
    if (isPaid && (state === 'begun' || state === 'advanced')) await step('advance', link.advance ?? undefined);
    return;
  }
  if (view.gist.policyId !== edition.terms.policy.id) return;
  if (isConfirmed(view) && (state === 'computed' || state === 'reduced')) await step('confirm');
  if (isPaid && ['computed', 'reduced', 'confirmed'].includes(state)) await step('settle');
  const isOpen = ['computed', 'confirmed', 'reduced'].includes(state);
  if (isOpen && (wish.act === 'return' || wish.act === 'withdraw')) await step(wish.act, wish.reason);
}

async function viewCycle(tx: EntityManager, cycle: Cycle): Promise<CycleView> {
  const { state, steps } = await getSubject(tx, { kind: cycleSteps.kind, id: cycle.id });
  const settlements = [];
  for (const link of await listCycleSettlements(tx, { cycleId: cycle.id }))
    settlements.push({ ...link, view: await viewSettlement(tx, link.settlementId) });
  return { ...cycle, state: state as CycleState, steps, settlements };
}

/** @throws DeedNotAgreed while somebody who was paid has not passed it on */
async function requirePassedOn(tx: EntityManager, code: string, period: Period): Promise<void> {
  const open = (await listPassedOn(tx)).filter((one) => one.from === code && one.period === period && one.restFen > 0n);
  if (open.length === 0) return;
  const places = open.map(({ place }) => place);
  throw new DeedNotAgreed(
    code,
    {
      zh: `${period} 尚有资金未拨付到单位：${places.join('、')}（gep agreement passed-on 或 GET /api/v1/agreements/{id}/passed-on）`,
      en: `money of ${period} was received and not passed on by ${places.join(', ')} (gep agreement passed-on, GET /api/v1/agreements/{id}/passed-on)`,
    },
    { places },
  );
}
