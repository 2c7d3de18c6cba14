/** Nest wiring of evaluation; the database handle and the rulebook folder are provided globally by the program. */
import { Module, type Type } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { SettlementModule } from '@gep/settlement';
import { PlanService } from './target/plan/plan.service';
import { ProgressService } from './target/progress/progress.service';
import { OutsideFigureService } from './target/value/outside-figure.service';

const services: Type[] = [PlanService, ProgressService, OutsideFigureService];

@Module({ imports: [AccountingModule, ProcedureModule, SettlementModule], providers: services, exports: services })
export class EvaluationModule {}
