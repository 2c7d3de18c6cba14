/** Use cases of objections: filed by the subject or for it, handled in time by somebody who had no hand in the entry, reviewed. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import {
  ClockBooks,
  holdsAt,
  listClocks,
  meetClock,
  type Officer,
  openSubject,
  startClock,
  takeStep,
  todayOf,
  waiveClocks,
} from '@gep/procedure';
import type { ClockBook } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditMissing, CreditRefused } from '../errors';
import { measureSteps } from '../measure/measure-steps';
import { listMeasures } from '../measure/measure.store';
import { stateOfMeasure } from '../measure/standing-measures.service';
import { ScoreService } from '../score/score.service';
import { getSubjectRow, listOwnSubjects } from '../subject/subject.store';
import { CorrectionEffects } from './correction-effects.service';
import type { CreditDone } from './event.service';
import { getEvent, insertEventStep, listEventSteps, lockEvent } from './event.store';
import { objectionSteps, type ObjectionAct, type ObjectionState } from './objection-steps';
import { getObjection, insertObjection, insertObjectionEnd, listObjections, type Objection } from './objection.store';

export interface NewObjectionWish {
  /** One of the two. */
  readonly event?: string;
  readonly measure?: string;
  readonly grounds: string;
  readonly documentDigest?: string | null;
}

export interface ObjectionActWish {
  readonly id: string;
  readonly act: ObjectionAct;
  readonly reason?: string | null;
  readonly documentDigest?: string | null;
}

type ObjectionDone = { readonly id: string; readonly state: string; readonly dueOn: string | null };

@Injectable()
export class ObjectionService {
  constructor(
    private readonly database: Database,
    private readonly scores: ScoreService,
    private readonly effects: CorrectionEffects,
    private readonly clocks: ClockBooks,
  ) {}

  /**
   * By the subject at its own login, or by the credit officer for it. What it is about is paused until it is handled, and
   * nothing else.
   * @throws CreditMissing, CreditRefused
   */
  async file(actor: Officer, wish: NewObjectionWish, key: string): Promise<CreditDone<ObjectionDone>> {
    const book = await this.clocks.read();
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: 'credit.objection', body: wish },
        () => this.fileOnce(tx, actor, book, wish),
      );
      return { result, replayed };
    });
  }

  private async fileOnce(tx: EntityManager, actor: Officer, book: ClockBook, wish: NewObjectionWish) {
    const about = await this.aboutOf(tx, wish);
    const { subjectId, territoryPath } = about;
    await this.requireOwner(tx, actor, { subjectId, territoryPath, id: (wish.event ?? wish.measure)! });
    const open = await listObjections(tx, { ...about, open: true, page: { limit: 1 } });
    if (open.length > 0 || about.isOver)
      throw new CreditRefused(
        about.isOver
          ? { zh: '该记录或措施不起作用，无须异议', en: 'it has no effect, so there is nothing to object to' }
          : { zh: `已有未处理的异议 ${open[0].id}`, en: `there is an open objection to it, ${open[0].id}` },
        { subject: subjectId },
      );
    const id = randomUUID();
    const { grounds, documentDigest = null } = wish;
    const { eventId, measureId } = about;
    await insertObjection(
      tx,
      { id, subjectId, territoryPath, eventId, measureId, grounds, documentDigest },
      actor.name,
    );
    await openSubject(tx, actor, objectionSteps, { id, territoryPath, documentDigest });
    const subject = { kind: objectionSteps.kind, id };
    const from = await todayOf(tx);
    const { dueOn } = await startClock(tx, actor, book, { subject, territoryPath, code: 'credit-objection', from });
    await startClock(tx, actor, book, { subject, territoryPath, code: 'credit-answer', from });
    if (eventId) await this.scores.rescore(tx, await getSubjectRow(tx, subjectId), 'objection');
    await appendAudit(tx, {
      ...{ actor, action: 'credit.objection.filed', subject: id, territoryPath },
      after: { eventId, measureId, dueOn },
    });
    return { id, state: 'filed', dueOn };
  }

  /** @throws CreditMissing, CreditRefused, StepRefused */
  async act(actor: Officer, wish: ObjectionActWish, key: string): Promise<CreditDone<ObjectionDone>> {
    const book = await this.clocks.read();
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: `credit.objection.${wish.act}`, body: wish },
        () => this.actOnce(tx, actor, book, wish),
      );
      return { result, replayed };
    });
  }

  /** Of a subject, or all that the actor may see; open ones only, where asked. */
  list(
    actor: Officer,
    filter: {
      readonly subjectId?: string;
      readonly open?: boolean;
      readonly page: { readonly limit: number; readonly after?: string };
    },
  ): Promise<Objection[]> {
    return this.database.snapshot(actor, (tx) => listObjections(tx, filter));
  }

  private async actOnce(
    tx: EntityManager,
    actor: Officer,
    book: ClockBook,
    wish: ObjectionActWish,
  ): Promise<ObjectionDone> {
    const objection = await getObjection(tx, wish.id);
    if (wish.act === 'review' || wish.act === 'withdraw') await this.requireOwner(tx, actor, objection);
    else await requireNoHand(tx, actor, objection);
    const { id, act, reason, documentDigest } = wish;
    const { to } = await takeStep(tx, actor, objectionSteps, { id, act, reason, documentDigest });
    const state = to as ObjectionState;
    await this.runClocks(tx, actor, book, objection, act);
    await this.follow(tx, actor, objection, { state, reason: reason ?? null });
    const { territoryPath } = objection;
    await appendAudit(tx, { actor, action: `credit.objection.${act}`, subject: id, territoryPath, after: { state } });
    const [running] = await listClocks(tx, { subject: { kind: objectionSteps.kind, id }, open: true });
    return { id, state, dueOn: running?.dueOn ?? null };
  }

  /** What ends the pause; an objection that is upheld takes away what it was about. */
  private async follow(
    tx: EntityManager,
    actor: Officer,
    objection: Objection,
    { state, reason }: { readonly state: ObjectionState; readonly reason: string | null },
  ): Promise<void> {
    const { eventId, measureId, subjectId, outcome } = objection;
    if (state !== 'upheld' && state !== 'rejected' && state !== 'withdrawn') return;
    if (outcome === null) await insertObjectionEnd(tx, objection, state);
    if (eventId && state === 'upheld') {
      await lockEvent(tx, eventId);
      const event = await getEvent(tx, eventId);
      const step = {
        eventId,
        act: 'void',
        from: event.state,
        to: 'voided',
        effectiveFrom: null,
        documentDigest: null,
      } as const;
      await insertEventStep(tx, { ...step, reason: reason ?? `objection ${objection.id}` }, actor.name);
      await waiveClocks(tx, { subject: { kind: 'credit-event', id: eventId }, because: 'the entry was voided' });
      await this.effects.follow(tx, actor, event, 'objection');
    } else if (eventId) await this.scores.rescore(tx, await getSubjectRow(tx, subjectId), 'objection');
    if (measureId && state === 'upheld')
      await takeStep(tx, actor, measureSteps, {
        id: measureId,
        act: 'fall',
        reason: `objection ${objection.id} upheld`,
      });
  }

  private async runClocks(
    tx: EntityManager,
    actor: Officer,
    book: ClockBook,
    { id, territoryPath, filedAt }: Objection,
    act: ObjectionAct,
  ): Promise<void> {
    const subject = { kind: objectionSteps.kind, id };
    const today = await todayOf(tx);
    const day = new Date(filedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    if (act === 'extend') {
      // The days run from the filing in all; the written answer keeps its own clock.
      await meetClock(tx, actor, { subject, code: 'credit-objection', on: today });
      await startClock(tx, actor, book, { subject, territoryPath, code: 'credit-objection-longest', from: day });
    } else if (act === 'review') {
      await startClock(tx, actor, book, { subject, territoryPath, code: 'credit-review', from: today });
    } else if (act === 'withdraw') await waiveClocks(tx, { subject, because: 'withdrawn' });
    else
      for (const { code } of await listClocks(tx, { subject, open: true }))
        await meetClock(tx, actor, { subject, code, on: today });
  }

  /** @throws CreditMissing, CreditRefused unless exactly one thing is named */
  private async aboutOf(tx: EntityManager, { event, measure }: NewObjectionWish) {
    if ((event === undefined) === (measure === undefined))
      throw new CreditRefused({
        zh: '请写明 event 或 measure 之一',
        en: 'name an entry (event) or a measure, one of the two',
      });
    if (event !== undefined) {
      const { id, subjectId, territoryPath, state } = await getEvent(tx, event);
      return {
        eventId: id,
        measureId: null,
        subjectId,
        territoryPath,
        isOver: ['reported', 'voided', 'returned'].includes(state),
      };
    }
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
    const [row] = uuid.test(measure!) ? await listMeasures(tx, { id: measure }) : [];
    if (!row) throw new CreditMissing({ zh: '措施', en: 'measure' }, measure!);
    const isOver = ['lifted', 'ended', 'refused', 'withdrawn'].includes(await stateOfMeasure(tx, row.id));
    return { eventId: null, measureId: row.id, subjectId: row.subjectId, territoryPath: row.territoryPath, isOver };
  }

  /** @throws CreditMissing as if it were not there */
  private async requireOwner(
    tx: EntityManager,
    actor: Officer,
    { id: wanted, subjectId, territoryPath }: Pick<Objection, 'id' | 'subjectId' | 'territoryPath'>,
  ): Promise<void> {
    if (holdsAt(actor, 'credit.manage', territoryPath)) return;
    const own = await listOwnSubjects(tx, actor.id);
    if (!own.some(({ id }) => id === subjectId)) throw new CreditMissing({ zh: '信用记录', en: 'entry' }, wanted);
  }
}

/** Whoever took a step of the entry does not judge the objection to it. @throws CreditRefused */
async function requireNoHand(tx: EntityManager, actor: Officer, { eventId }: Objection): Promise<void> {
  const steps = eventId ? await listEventSteps(tx, eventId) : [];
  if (steps.every(({ actorId }) => actorId !== actor.id)) return;
  throw new CreditRefused(
    {
      zh: `${actor.name} 办理过该记录，不能处理对它的异议；请由另一人办理`,
      en: `${actor.name} took a step of the entry and does not judge the objection to it; somebody else must`,
    },
    { event: eventId },
  );
}
