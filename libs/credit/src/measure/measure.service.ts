/** Use cases of measures: propose one from the published list, tell, hear, decide, put in force, lift. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fraction } from '@gep/kernel';
import { announce, answerOnce, appendAudit, Database } from '@gep/platform';
import {
  ClockBooks,
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
import { CreditEditions } from '../catalogue/credit-editions.service';
import { CreditMissing, CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { listEvents } from '../event/event.store';
import { creditMeasureChanged } from '../events';
import { ScoreService } from '../score/score.service';
import { getSubjectRow, type SubjectRow } from '../subject/subject.store';
import { type CauseFacts, obstaclesOf } from './judge-measure';
import { measureSteps, type MeasureAct, type MeasureState } from './measure-steps';
import { insertMeasure, listMeasures, type MeasureRow } from './measure.store';
import { type MeasureView, viewMeasures } from './standing-measures.service';

export interface NewMeasureWish {
  readonly subject: string;
  /** Code of the published item. */
  readonly item: string;
  /** Entries that it rests on. */
  readonly causes: readonly string[];
  readonly reason: string;
  readonly untilDay?: string;
  /** Of a cut of a subsidy: the part that is taken away, `0.5` or `1/3`. */
  readonly share?: string;
}

export interface MeasureActWish {
  readonly id: string;
  readonly act: MeasureAct;
  readonly reason?: string | null;
  readonly documentDigest?: string | null;
}

@Injectable()
export class CreditMeasureService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
    private readonly scores: ScoreService,
    private readonly clocks: ClockBooks,
  ) {}

  /** @throws CreditMissing, CreditRefused with everything that stands in the way */
  propose(actor: Officer, wish: NewMeasureWish, key: string): Promise<CreditDone<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: 'credit.measure', body: wish },
        () => this.proposeOnce(tx, actor, wish),
      );
      return { result, replayed };
    });
  }

  private async proposeOnce(tx: EntityManager, actor: Officer, wish: NewMeasureWish): Promise<{ readonly id: string }> {
    const subject = await getSubjectRow(tx, wish.subject);
    const { territoryPath, kind: subjectKind } = subject;
    const today = await todayOf(tx);
    const { edition, catalogue } = await this.editions.inForce(tx, territoryPath, today);
    const item = catalogue.measures.find(({ code }) => code === wish.item);
    const share = wish.share === undefined ? null : (Fraction.parse(wish.share) ?? Fraction.zero);
    const causes = await this.causesOf(tx, subject, wish.causes);
    const untilDay = wish.untilDay ?? null;
    const obstacles = obstaclesOf({ item, subjectKind, today, untilDay, share, causes });
    if (obstacles.length > 0) throw notTaken(wish.item, obstacles);
    const id = randomUUID();
    const law = item!.law!;
    const severe = item!.kind === 'punishment' && causes.some(({ severity }) => severity === 'severe');
    await insertMeasure(
      tx,
      {
        ...{ id, subjectId: subject.id, territoryPath, item: wish.item, edition, kind: item!.kind, severe, untilDay },
        ...{ lawZh: law.zh, lawEn: law.en, share: share?.toString() ?? null },
      },
      wish.causes,
    );
    await openSubject(tx, actor, measureSteps, { id, territoryPath, reason: wish.reason });
    await appendAudit(tx, {
      ...{ actor, action: 'credit.measure.proposed', subject: id, territoryPath },
      after: { subject: subject.id, item: wish.item, edition, causes: wish.causes, untilDay },
    });
    return { id };
  }

  /** @throws CreditMissing, CreditRefused, StepRefused */
  async act(
    actor: Officer,
    wish: MeasureActWish,
    key: string,
  ): Promise<CreditDone<{ readonly id: string; readonly state: string }>> {
    const book = await this.clocks.read();
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: `credit.measure.${wish.act}`, body: wish },
        () => this.actOnce(tx, actor, book, wish),
      );
      return { result, replayed };
    });
  }

  /** Of a subject, or below a territory. */
  list(actor: Officer, filter: { readonly subjectId?: string; readonly within?: string }): Promise<MeasureView[]> {
    return this.database.snapshot(actor, async (tx) => viewMeasures(tx, await listMeasures(tx, filter)));
  }

  private async actOnce(tx: EntityManager, actor: Officer, book: ClockBook, wish: MeasureActWish) {
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
    const [row] = uuid.test(wish.id) ? await listMeasures(tx, { id: wish.id }) : [];
    if (!row) throw new CreditMissing({ zh: '措施', en: 'measure' }, wish.id);
    const [before] = await viewMeasures(tx, [row]);
    const today = await todayOf(tx);
    await this.requireReady(tx, before, wish.act, today);
    const { id, act, reason, documentDigest } = wish;
    const { to } = await takeStep(tx, actor, measureSteps, { id, act, reason, documentDigest });
    await this.runClocks(tx, actor, book, row, { act, today });
    await this.tell(tx, actor, row, { act, state: to as MeasureState });
    return { id, state: to };
  }

  /** A severe punishment waits for the statement of the subject; nothing that is disputed is carried on; an end has its day. */
  private async requireReady(tx: EntityManager, measure: MeasureView, act: MeasureAct, today: string): Promise<void> {
    const { id, item, paused, state, severe, untilDay } = measure;
    if ((act === 'decide' || act === 'enter') && paused)
      throw notTaken(item, [
        {
          zh: '所涉记录或措施有未处理的异议，措施暂停',
          en: 'an objection to it or to what it rests on is open, and pauses it',
        },
      ]);
    if (act === 'decide' && measure.kind === 'punishment' && state === 'notified') {
      const [clock] = await listClocks(tx, { subject: { kind: measureSteps.kind, id }, code: 'credit-statement' });
      if (severe || (clock && today <= clock.dueOn))
        throw notTaken(item, [
          severe
            ? {
                zh: '严重惩戒须先听取陈述、申辩（act: hear）',
                en: 'a severe one is decided after the subject was heard (act: hear)',
              }
            : { zh: `陈述、申辩期至 ${clock.dueOn}`, en: `the subject may state its case until ${clock.dueOn}` },
        ]);
    }
    if (act === 'end' && (untilDay === null || today <= untilDay))
      throw notTaken(item, [
        {
          zh: '尚未期满；提前终止请解除（act: lift）',
          en: 'its last day has not passed; before that it is lifted (act: lift)',
        },
      ]);
  }

  private async runClocks(
    tx: EntityManager,
    actor: Officer,
    book: ClockBook,
    { id, territoryPath, kind }: MeasureRow,
    { act, today }: { readonly act: MeasureAct; readonly today: string },
  ): Promise<void> {
    const subject = { kind: measureSteps.kind, id };
    const code = 'credit-statement';
    if (act === 'notify' && kind === 'punishment')
      await startClock(tx, actor, book, { subject, territoryPath, code, from: today });
    const [running] = await listClocks(tx, { subject, code, open: true });
    if (!running || act === 'notify') return;
    if (act === 'decide' && today > running.dueOn) await meetClock(tx, actor, { subject, code, on: today });
    else await waiveClocks(tx, { subject, because: `the measure: ${act}` });
  }

  private async tell(
    tx: EntityManager,
    actor: Officer,
    { id, subjectId, item, territoryPath }: MeasureRow,
    { act, state }: { readonly act: MeasureAct; readonly state: MeasureState },
  ): Promise<void> {
    if (state === 'in-force' || state === 'lifted')
      await announce(tx, {
        event: creditMeasureChanged,
        key: `${id} ${state}`,
        payload: { measureId: id, subjectId, item, state },
      });
    await appendAudit(tx, {
      actor,
      action: `credit.measure.${act}`,
      subject: id,
      territoryPath,
      after: { item, state },
    });
  }

  /** @throws CreditMissing when an entry is not one of the subject */
  private async causesOf(tx: EntityManager, subject: SubjectRow, ids: readonly string[]): Promise<CauseFacts[]> {
    if (ids.length === 0) return [];
    const events = await listEvents(tx, { ids, subjectId: subject.id, page: { limit: ids.length } });
    const strange = ids.find((id) => !events.some((event) => event.id === id));
    if (strange !== undefined) throw new CreditMissing({ zh: '该主体的记录', en: 'entry of the subject' }, strange);
    const { lines } = await this.scores.scoreOf(tx, subject, await todayOf(tx));
    return events.map(({ id, negative, severity }) => {
      const [reason] = lines.find(({ event }) => event === id)!.reasons;
      return { id, negative, severity, stands: ['counted', 'capped', 'cap-reached'].includes(reason) };
    });
  }
}

const notTaken = (item: string, obstacles: readonly { readonly zh: string; readonly en: string }[]): CreditRefused =>
  new CreditRefused(
    {
      zh: `措施“${item}”：${obstacles.map(({ zh }) => zh).join('；')}`,
      en: `the measure "${item}": ${obstacles.map(({ en }) => en).join('; ')}`,
    },
    { item, obstacles },
  );
