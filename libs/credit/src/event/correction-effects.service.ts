/** What follows when an entry turns out wrong: a new score, measures lifted, and word to whoever had asked for the score (E28). */
import { Injectable } from '@nestjs/common';
import { announce } from '@gep/platform';
import { type Officer, takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { creditCorrected, creditMeasureChanged } from '../events';
import { measureSteps } from '../measure/measure-steps';
import { listMeasures, listCausesOf } from '../measure/measure.store';
import { stateOfMeasure } from '../measure/standing-measures.service';
import { takeBackPoints } from '../points/points-book.service';
import { ScoreService } from '../score/score.service';
import { noticeReaders } from '../subject/consent.store';
import { getSubjectRow } from '../subject/subject.store';
import type { CreditEvent } from './event.store';

@Injectable()
export class CorrectionEffects {
  constructor(private readonly scores: ScoreService) {}

  /** In the transaction of the correction. */
  async follow(
    tx: EntityManager,
    actor: Officer,
    event: Pick<CreditEvent, 'id' | 'subjectId'>,
    cause: 'correction' | 'objection',
  ): Promise<void> {
    const subject = await getSubjectRow(tx, event.subjectId);
    const { score, asOf } = await this.scores.rescore(tx, subject, cause);
    await takeBackPoints(tx, actor, event.id);
    const lifted = await this.liftWhatRested(tx, actor, event.id);
    const readers = await noticeReaders(tx, subject, event.id);
    const payload = { subjectId: subject.id, eventId: event.id, asOf, score, readers, lifted };
    await announce(tx, { event: creditCorrected, key: event.id, payload });
  }

  /** A measure falls when no entry that caused it stands any more. */
  private async liftWhatRested(tx: EntityManager, actor: Officer, eventId: string): Promise<string[]> {
    const lifted: string[] = [];
    for (const measure of await listMeasures(tx, { causedBy: eventId })) {
      const state = await stateOfMeasure(tx, measure.id);
      const causes = await listCausesOf(tx, measure.id);
      const isOver = ['lifted', 'ended', 'refused', 'withdrawn'].includes(state);
      if (isOver || causes.some(({ state: cause }) => cause === 'effective')) continue;
      await takeStep(tx, actor, measureSteps, { id: measure.id, act: 'fall', reason: `entry ${eventId} was voided` });
      await announce(tx, {
        event: creditMeasureChanged,
        key: `${measure.id} lifted`,
        payload: { measureId: measure.id, subjectId: measure.subjectId, item: measure.item, state: 'lifted' },
      });
      lifted.push(measure.id);
    }
    return lifted;
  }
}
