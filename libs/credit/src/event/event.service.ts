/** Use cases of entries: report with evidence, check, tell the subject, repair, and what a correction does. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fraction } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import { ClockBooks, holdsAt, judgeStep, type Officer, startClock, todayOf, waiveClocks } from '@gep/procedure';
import type { ClockBook } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditEditions, type ListedBehaviour } from '../catalogue/credit-editions.service';
import { CreditRefused } from '../errors';
import { addMonths, dayNumber, dayText } from '../score/calendar-day';
import { earnPoints } from '../points/points-book.service';
import { ScoreService } from '../score/score.service';
import { getSubjectRow } from '../subject/subject.store';
import { CorrectionEffects } from './correction-effects.service';
import { eventKind, eventSteps, fitsEntry, type EventAct } from './event-steps';
import { type CreditEvent, getEvent, insertEvent, insertEventStep, listEventSteps, lockEvent } from './event.store';

export interface ReportWish {
  readonly subject: string;
  readonly behaviour: string;
  /** Of the behaviour; of bad behaviour the day on which it was found or ended. */
  readonly day: string;
  readonly times?: number;
  readonly evidence: string;
  readonly evidenceDigest: string;
  /** Number of the paper, so that one thing is not reported twice. */
  readonly reference?: string;
  /** The voided entry whose place it takes. */
  readonly replaces?: string;
}

export interface EventActWish {
  readonly id: string;
  readonly act: EventAct;
  readonly reason?: string | null;
  readonly documentDigest?: string | null;
  /** Day on which a notice was served; today when absent, an earlier one with the digest of its proof of service. */
  readonly on?: string;
}

/** What a deed made, and whether it had been made before. */
export interface CreditDone<T> {
  readonly result: T;
  readonly replayed: boolean;
}

export interface EventDone {
  readonly id: string;
  readonly state: string;
  /** First day on which it counts. */
  readonly effectiveFrom: string | null;
}

@Injectable()
export class CreditEventService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
    private readonly scores: ScoreService,
    private readonly effects: CorrectionEffects,
    private readonly clocks: ClockBooks,
  ) {}

  /** Reports what somebody did, under the list in force on its day. @throws CreditMissing, BehaviourUnknown, CreditRefused */
  report(actor: Officer, wish: ReportWish, key: string): Promise<CreditDone<EventDone>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: 'credit.report', body: wish },
        () => this.reportOne(tx, actor, wish),
      );
      return { result, replayed };
    });
  }

  /**
   * In the running transaction, for many at once.
   * @param listed item of the list that was looked up for the place and day of the entry
   */
  async reportOne(tx: EntityManager, actor: Officer, wish: ReportWish, listed?: ListedBehaviour): Promise<EventDone> {
    const { subject: subjectId, behaviour: code, day, times = 1, reference = '' } = wish;
    const subject = await getSubjectRow(tx, subjectId);
    const { territoryPath } = subject;
    if (day > (await todayOf(tx)) || day < subject.since)
      throw new CreditRefused(
        {
          zh: `行为日期应在主体登记之日 ${subject.since} 与今天之间，不能是 ${day}`,
          en: `the day lies between ${subject.since}, since when the subject is registered, and today; it is not ${day}`,
        },
        { day, since: subject.since },
      );
    const { edition, behaviour } = listed ?? (await this.editions.behaviourOn(tx, { territoryPath, day, code }));
    if (!behaviour.subjects.includes(subject.kind))
      throw new CreditRefused(
        {
          zh: `行为“${code}”只适用于 ${behaviour.subjects.join('、')}`,
          en: `the behaviour "${code}" is for ${behaviour.subjects.join(', ')} alone`,
        },
        { behaviour: code, kind: subject.kind },
      );
    await this.requireReplaceable(tx, wish);
    const id = randomUUID();
    const negative = behaviour.points!.compare(Fraction.zero) < 0;
    const { severity } = behaviour;
    const { evidence, evidenceDigest, replaces = null } = wish;
    const draft = { id, subjectId, territoryPath, behaviour: code, edition, day, times, negative, severity };
    const isNew = await insertEvent(tx, { ...draft, evidence, evidenceDigest, reference, replaces }, actor.name);
    if (!isNew)
      throw new CreditRefused(
        {
          zh: `${day} 的“${code}”已以编号“${reference}”记录；另一件事请写另一编号（reference），次数请写 times`,
          en: `"${code}" of ${day} was reported with the reference "${reference}"; give another thing a reference of its own, and repetitions as times`,
        },
        { behaviour: code, day, reference },
      );
    const step = { eventId: id, act: 'open', from: null, to: 'reported', effectiveFrom: null } as const;
    await insertEventStep(tx, { ...step, reason: null, documentDigest: evidenceDigest }, actor.name);
    await appendAudit(tx, {
      ...{ actor, action: 'credit.reported', subject: id, territoryPath },
      after: { subject: subjectId, behaviour: code, day, times, edition, evidenceDigest },
    });
    return { id, state: 'reported', effectiveFrom: null };
  }

  /**
   * The next step of an entry. Bad behaviour counts from the day after its notice has run out; a repair needs the conditions of
   * its item; a correction scores anew, lifts what rested on the entry and tells who had asked.
   * @throws CreditMissing, CreditRefused, StepRefused
   */
  async act(actor: Officer, wish: EventActWish, key: string): Promise<CreditDone<EventDone>> {
    const book = await this.clocks.read();
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: `credit.event.${wish.act}`, body: wish },
        () => this.actOnce(tx, actor, book, wish),
      );
      return { result, replayed };
    });
  }

  private async actOnce(tx: EntityManager, actor: Officer, book: ClockBook, wish: EventActWish): Promise<EventDone> {
    await lockEvent(tx, wish.id);
    const event = await getEvent(tx, wish.id);
    const reason = wish.reason?.trim() || null;
    const { to } = judgeStep(eventSteps, event.state, wish.act, {
      ...{ subject: { kind: eventKind, id: event.id }, actorId: actor.id, actorName: actor.name, reason },
      steps: await listEventSteps(tx, event.id),
      holds: (permission) => holdsAt(actor, permission, event.territoryPath),
    });
    requireSign(event, wish.act);
    const today = await todayOf(tx);
    requireServed(event, wish, today);
    const effectiveFrom = await this.effectiveFrom(tx, actor, book, { event, wish, today });
    if (wish.act === 'repair') await this.requireRepairable(tx, event, wish, today);
    const { act, documentDigest = null, on } = wish;
    const servedOn = on === undefined || on === today ? null : on;
    await insertEventStep(
      tx,
      { eventId: event.id, act, from: event.state, to, effectiveFrom, reason, documentDigest, servedOn },
      actor.name,
    );
    if (wish.act === 'accept') await earnPoints(tx, actor, this.editions, event);
    if (wish.act === 'void') await this.effects.follow(tx, actor, event, 'correction');
    else if (to !== 'confirmed' && to !== 'returned')
      await this.scores.rescore(tx, await getSubjectRow(tx, event.subjectId), 'event');
    await appendAudit(tx, {
      ...{ actor, action: `credit.event.${wish.act}`, subject: event.id, territoryPath: event.territoryPath },
      after: { state: to, effectiveFrom, ...(servedOn !== null && { servedOn, documentDigest }) },
    });
    return { id: event.id, state: to, effectiveFrom: effectiveFrom ?? event.effectiveFrom };
  }

  /** Good behaviour counts from today; bad behaviour when the time of the notice has passed. */
  private async effectiveFrom(
    tx: EntityManager,
    actor: Officer,
    book: ClockBook,
    {
      event,
      today,
      wish: { act, on: from = today },
    }: { readonly event: CreditEvent; readonly today: string; readonly wish: EventActWish },
  ): Promise<string | null> {
    if (act === 'accept') return today;
    const subject = { kind: eventKind, id: event.id };
    if (act === 'void') await waiveClocks(tx, { subject, because: 'the entry was voided' });
    if (act !== 'notify') return null;
    const { territoryPath } = event;
    const { dueOn } = await startClock(tx, actor, book, { subject, territoryPath, code: 'credit-notice', from });
    return dayText(dayNumber(dueOn) + 1);
  }

  private async requireReplaceable(tx: EntityManager, { replaces, subject }: ReportWish): Promise<void> {
    if (replaces === undefined) return;
    const { state, subjectId } = await getEvent(tx, replaces);
    if (state === 'voided' && subjectId === subject) return;
    throw new CreditRefused(
      {
        zh: '只能代替同一主体已作废的记录；请先作废（act: void）',
        en: 'an entry takes the place of a voided one of the same subject alone; void that one first (act: void)',
      },
      { replaces, state },
    );
  }

  private async requireRepairable(
    tx: EntityManager,
    event: CreditEvent,
    { documentDigest }: EventActWish,
    today: string,
  ): Promise<void> {
    const { catalogue } = await this.editions.of(tx, event.edition);
    const { repair } = catalogue.behaviours.find(({ code }) => code === event.behaviour)!;
    const from = repair && dayText(addMonths(dayNumber(event.day), repair.afterMonths));
    if (event.negative && from !== undefined && from <= today && documentDigest) return;
    const facts = { behaviour: event.behaviour, from: from ?? null };
    if (!repair)
      throw new CreditRefused(
        {
          zh: `清单没有为“${event.behaviour}”规定修复条件，不能修复（浙江省公共信用信息管理条例第三十二条）`,
          en: `the list gives "${event.behaviour}" no conditions of repair, so it is not repaired (Zhejiang Regulation art. 32)`,
        },
        facts,
      );
    throw new CreditRefused(
      {
        zh: `修复须自 ${from} 起，并附改正材料的摘要：${repair.conditions.zh}`,
        en: `it is repaired from ${from} on, with the digest of what shows the correction: ${repair.conditions.en}`,
      },
      facts,
    );
  }
}

/** A notice may have been served before it is entered; then its proof says so, and the step keeps both days. */
function requireServed({ day }: CreditEvent, { act, on, documentDigest }: EventActWish, today: string): void {
  if (on === undefined || (act === 'notify' && on >= day && (on === today || (on < today && documentDigest)))) return;
  throw new CreditRefused(
    {
      zh: `只有告知（act: notify）写送达日 on，在行为之日 ${day} 与今天之间；早于今天的须附送达回证的摘要（documentDigest）`,
      en: `only a notice (act: notify) names the day on which it was served (on), between ${day}, the day of the entry, and today; a day before today needs the digest of its proof of service (documentDigest)`,
    },
    { act, on, day },
  );
}

function requireSign({ negative, behaviour }: CreditEvent, act: EventAct): void {
  // Why an entry is not repaired is told with the terms of its item.
  if (act === 'repair' || fitsEntry(act, { negative, repairable: false })) return;
  throw new CreditRefused(
    negative
      ? {
          zh: `“${behaviour}”是负面行为：核对用 confirm，告知期满后才生效`,
          en: `"${behaviour}" is bad behaviour: confirm it; it counts after the subject was told`,
        }
      : { zh: `“${behaviour}”是正面行为：核对用 accept`, en: `"${behaviour}" is good behaviour: accept it` },
    { behaviour, act },
  );
}
