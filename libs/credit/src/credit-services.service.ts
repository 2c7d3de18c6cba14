/** The use cases of credit on one database, for programs without a container: the terminal and the first start. */
import type { Database } from '@gep/platform';
import type { ClockBooks } from '@gep/procedure';
import { CreditEditions } from './catalogue/credit-editions.service';
import { CorrectionEffects } from './event/correction-effects.service';
import { CreditEventService } from './event/event.service';
import { ObjectionService } from './event/objection.service';
import { CreditMeasureService } from './measure/measure.service';
import { PointsOrderService } from './points/order.service';
import { PointsService } from './points/points.service';
import { RescoreService } from './rescore/rescore.service';
import { GradeTables } from './score/aggregate.service';
import { ScoreService } from './score/score.service';
import { OwnRecords } from './subject/own-record.service';
import { CreditQueryService } from './subject/query.service';
import type { SealedIdentifiers } from './subject/sealed-identifiers.service';
import { CreditSubjectService } from './subject/subject.service';
import { VillageSheetService } from './village/village.service';

export type CreditServices = ReturnType<typeof creditServicesOn>;

/** @param sealed opens and seals identifiers by the keys of the platform */
export function creditServicesOn(database: Database, sealed: SealedIdentifiers, clocks: ClockBooks) {
  const editions = new CreditEditions();
  const scores = new ScoreService(database, editions);
  const effects = new CorrectionEffects(scores);
  const subjects = new CreditSubjectService(database, sealed);
  const events = new CreditEventService(database, editions, scores, effects, clocks);
  return {
    ...{
      subjects,
      events,
      scores,
      own: new OwnRecords(database, subjects, scores),
      tables: new GradeTables(database, editions),
    },
    objections: new ObjectionService(database, scores, effects, clocks),
    measures: new CreditMeasureService(database, editions, scores, clocks),
    queries: new CreditQueryService(database, sealed, scores, editions),
    sheets: new VillageSheetService(database, editions, events),
    ...{ points: new PointsService(database), orders: new PointsOrderService(database) },
    rescores: new RescoreService(database, editions),
  };
}
