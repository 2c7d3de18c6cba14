/** Nest wiring of credit; the database handle and the rulebook folder are provided globally by the program. */
import { type DynamicModule, Module } from '@nestjs/common';
import { ProcedureModule } from '@gep/procedure';
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
import { SealedIdentifiers } from './subject/sealed-identifiers.service';
import { CreditSubjectService } from './subject/subject.service';
import { VillageSheetService } from './village/village.service';

const services = [
  ...[CreditEditions, ScoreService, GradeTables, CorrectionEffects, CreditEventService, ObjectionService],
  ...[CreditMeasureService, CreditSubjectService, CreditQueryService, OwnRecords],
  ...[VillageSheetService, PointsService, PointsOrderService, RescoreService],
];

@Module({})
export class CreditModule {
  /** @param keys of the setting GEP_CREDIT_KEYS; without them nothing personal is written or read */
  static register(keys: string | undefined): DynamicModule {
    const sealed = { provide: SealedIdentifiers, useFactory: () => new SealedIdentifiers(keys) };
    return {
      module: CreditModule,
      imports: [ProcedureModule],
      providers: [sealed, ...services],
      exports: [SealedIdentifiers, ...services],
    };
  }
}
