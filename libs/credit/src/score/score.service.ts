/** Scores of one subject: explained from its entries, and stored when they change. */
import { Injectable } from '@nestjs/common';
import { announce, type Actor, Database } from '@gep/platform';
import { todayOf } from '@gep/procedure';
import { assert } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { creditScored } from '../events';
import { insertReading } from '../subject/consent.store';
import { getSubjectRow, type SubjectRow } from '../subject/subject.store';
import { explainScore, type ExplainedScore } from './explain-score';
import {
  insertScore,
  listScoredEvents,
  listScores,
  lockScores,
  type ScoreCause,
  type StoredScore,
} from './score.store';

export interface ScoreView extends ExplainedScore {
  readonly subject: string;
  /** As stored last; null when nothing was ever scored. */
  readonly stored: StoredScore | null;
}

@Injectable()
export class ScoreService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
  ) {}

  /** The score of a day, with a reason for every entry. @throws CreditMissing, PolicyNotInForce */
  explain(actor: Actor, subjectId: string, day?: string): Promise<ScoreView> {
    return this.database.snapshot(actor, async (tx) => {
      const subject = await getSubjectRow(tx, subjectId);
      const [stored = null] = await listScores(tx, { subjectId, limit: 1 });
      return { subject: subjectId, stored, ...(await this.scoreOf(tx, subject, day ?? (await todayOf(tx)))) };
    });
  }

  /**
   * Like `explain`, for somebody of the administration: who looked and why is noted, and bad entries that have expired are out of
   * the file.
   * @throws CreditMissing, PolicyNotInForce
   */
  read(
    actor: Actor,
    { subject: id, purpose, day }: { readonly subject: string; readonly purpose: string; readonly day?: string },
  ): Promise<ScoreView> {
    return this.database.transaction(actor, async (tx) => {
      const subject = await getSubjectRow(tx, id);
      await insertReading(tx, subject, { purpose, what: 'record', consentId: null, readerName: actor.name });
      const [stored = null] = await listScores(tx, { subjectId: id, limit: 1 });
      const { lines, ...score } = await this.scoreOf(tx, subject, day ?? (await todayOf(tx)));
      const kept = lines.filter(({ points, reasons }) => !(points.startsWith('-') && reasons.includes('expired')));
      return { subject: id, stored, ...score, lines: kept };
    });
  }

  /** Replays all entries in the running transaction. */
  async scoreOf(tx: EntityManager, { id, territoryPath }: SubjectRow, day: string): Promise<ExplainedScore> {
    const events = await listScoredEvents(tx, id);
    const scorer = await this.editions.scorerOn(
      tx,
      territoryPath,
      day,
      events.map(({ edition }) => edition),
    );
    return explainScore(scorer, events, day);
  }

  /** Scores anew after a deed, in its transaction; what did not change is not stored again. */
  async rescore(tx: EntityManager, subject: SubjectRow, cause: Exclude<ScoreCause, 'run'>): Promise<ExplainedScore> {
    // Deeds on one subject come one after the other, so the last score stored is that of all entries.
    const today = await lockScores(tx, subject.id);
    const explained = await this.scoreOf(tx, subject, today);
    const { id: subjectId, territoryPath } = subject;
    const [before] = await listScores(tx, { subjectId, limit: 1 });
    const { asOf, edition, score, grade } = explained;
    const isSame = before?.score === score && before.grade === grade && before.edition === edition;
    // A run may be counting from entries of before this deed: it is told by the first row of a day that its score of that day is old.
    if (isSame && before.asOf === asOf) return explained;
    await insertScore(tx, { subjectId, territoryPath, asOf, edition, score, grade, cause });
    if (isSame) return explained;
    const [after] = await listScores(tx, { subjectId, limit: 1 });
    assert(after.score === score, 'the database keeps every digit of a score');
    const key = `${subjectId} ${after.scoredAt.toISOString()}`;
    await announce(tx, {
      event: creditScored,
      key,
      payload: { subjectId, asOf, score, before: before?.score ?? null, cause },
    });
    return explained;
  }
}
