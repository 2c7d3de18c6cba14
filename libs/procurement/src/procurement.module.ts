/** Nest wiring of procurement; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { RulebookModule } from '@gep/rulebook';
import { ProcedureModule } from '@gep/procedure';
import { SettlementModule } from '@gep/settlement';
import { CompanyService } from './company/company.service';
import { ContractService } from './contract/contract.service';
import { CompanyBookService } from './income/company-book.service';
import { DividendRuns } from './dividend/dividend-runs.service';
import { DividendService } from './dividend/dividend.service';
import { LineMoneyService } from './dividend/line-money.service';
import { OwnAppeals } from './dividend/own-appeals.service';
import { OwnDividends } from './dividend/own-dividends.service';
import { SoldGainService } from './gain/sold-gain.service';
import { MarketPurchaseService } from './market/market-purchase.service';
import { HoldingService } from './owner/holding.service';
import { RegisterService } from './owner/register.service';
import { SpendingService } from './spending/spending.service';

const services = [
  ...[CompanyService, SoldGainService, ContractService, SpendingService, MarketPurchaseService],
  ...[RegisterService, HoldingService, CompanyBookService],
  ...[DividendService, DividendRuns, LineMoneyService, OwnDividends, OwnAppeals],
];

@Module({ imports: [ProcedureModule, RulebookModule, SettlementModule], providers: services, exports: services })
export class ProcurementModule {}
