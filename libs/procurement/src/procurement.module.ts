/** Nest wiring of procurement; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { RulebookModule } from '@gep/rulebook';
import { SettlementModule } from '@gep/settlement';
import { CompanyService } from './company/company.service';
import { ContractService } from './contract/contract.service';
import { SoldGainService } from './gain/sold-gain.service';
import { MarketPurchaseService } from './market/market-purchase.service';
import { SpendingService } from './spending/spending.service';

const services = [CompanyService, SoldGainService, ContractService, SpendingService, MarketPurchaseService];

@Module({ imports: [AccountingModule, RulebookModule, SettlementModule], providers: services, exports: services })
export class ProcurementModule {}
