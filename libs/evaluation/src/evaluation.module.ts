/** Nest wiring of evaluation; the database handle and the rulebook folder are provided globally by the program. */
import { Module, type Type } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { RulebookModule } from '@gep/rulebook';
import { SettlementModule } from '@gep/settlement';
import { IncidentService } from './incident/incident.service';
import { IntegrityService } from './integrity/integrity.service';
import { ScoreDeliveryService } from './scorecard/delivery.service';
import { ScoreRequests } from './scorecard/score-requests.service';
import { ScoreRunService } from './scorecard/score-run.service';
import { PlanService } from './target/plan/plan.service';
import { ForecastService } from './target/progress/forecast.service';
import { ProgressService } from './target/progress/progress.service';
import { OutsideFigureService } from './target/value/outside-figure.service';

const services: Type[] = [
  ...[PlanService, ProgressService, ForecastService, OutsideFigureService],
  ...[ScoreDeliveryService, ScoreRunService, ScoreRequests, IncidentService, IntegrityService],
];

@Module({
  imports: [AccountingModule, RulebookModule, ProcedureModule, SettlementModule],
  providers: services,
  exports: services,
})
export class EvaluationModule {}
