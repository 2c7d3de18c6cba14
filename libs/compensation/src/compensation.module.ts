/** Nest wiring of eco-compensation; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { SettlementModule } from '@gep/settlement';
import { AgreementService } from './agreement/agreement.service';
import { BreachService } from './breach/breach.service';
import { CycleService } from './cycle/cycle.service';
import { MeasurementService } from './measurement/measurement.service';

const services = [AgreementService, MeasurementService, CycleService, BreachService];

@Module({ imports: [AccountingModule, ProcedureModule, SettlementModule], providers: services, exports: services })
export class CompensationModule {}
