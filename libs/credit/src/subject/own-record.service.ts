/** What a subject sees at its own login: its record with every reason, objections, measures, consents, and who looked. */
import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '@gep/platform';
import { todayOf } from '@gep/procedure';
import { listObjections, type Objection } from '../event/objection.store';
import { listMeasures } from '../measure/measure.store';
import { type MeasureView, viewMeasures } from '../measure/standing-measures.service';
import type { ExplainedScore } from '../score/explain-score';
import { ScoreService } from '../score/score.service';
import { type Consent, listConsents, listReadings, type Reading } from './consent.store';
import { CreditSubjectService, type SubjectIdentity } from './subject.service';
import { listOwnSubjects } from './subject.store';

export interface OwnRecord {
  readonly subject: SubjectIdentity;
  readonly score: ExplainedScore;
  readonly measures: readonly MeasureView[];
  readonly objections: readonly Objection[];
  readonly consents: readonly Consent[];
  readonly readings: readonly Reading[];
}

const most = 1000;

@Injectable()
export class OwnRecords {
  constructor(
    private readonly database: Database,
    private readonly subjects: CreditSubjectService,
    private readonly scores: ScoreService,
  ) {}

  /** Records of the subjects that the person is linked to, and of nobody else. */
  list(actor: Actor): Promise<OwnRecord[]> {
    return this.database.snapshot(actor, async (tx) => {
      const today = await todayOf(tx);
      const records: OwnRecord[] = [];
      for (const row of await listOwnSubjects(tx, actor.id)) {
        const subjectId = row.id;
        records.push({
          subject: await this.subjects.open(tx, row),
          score: await this.scores.scoreOf(tx, row, today),
          measures: await viewMeasures(tx, await listMeasures(tx, { subjectId })),
          objections: await listObjections(tx, { subjectId, page: { limit: most } }),
          consents: await listConsents(tx, { subjectId }),
          readings: await listReadings(tx, { subjectId, page: { limit: most } }),
        });
      }
      return records;
    });
  }
}
