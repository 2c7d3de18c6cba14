/** Nest wiring of evaluation; the database handle and the rulebook folder are provided globally by the program. */
import { Module, type Type } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { SettlementModule } from '@gep/settlement';

const services: Type[] = [];

@Module({ imports: [AccountingModule, ProcedureModule, SettlementModule], providers: services, exports: services })
export class EvaluationModule {}
