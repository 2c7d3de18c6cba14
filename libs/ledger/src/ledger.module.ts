/** Nest wiring of the ledger; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { FundService } from './fund/fund.service';
import { ProposalService } from './proposal/proposal.service';
import { LedgerService } from './ledger.service';

@Module({
  providers: [LedgerService, FundService, ProposalService],
  exports: [LedgerService, FundService, ProposalService],
})
export class LedgerModule {}
