/** Nest wiring of settlement; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { SettlementRequests } from './request/settlement-requests.service';
import { TrueUpService } from './restatement/true-up.service';
import { ShadowService } from './shadow/shadow.service';
import { SettlementTools } from './settlement-tools.service';
import { SettlementService } from './settlement.service';

const services = [SettlementTools, SettlementService, SettlementRequests, TrueUpService, ShadowService];

@Module({ imports: [AccountingModule, ProcedureModule], providers: services, exports: services })
export class SettlementModule {}
