/** Nest wiring of departing audits and their term packs. */
import { Module } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { RulebookModule } from '@gep/rulebook';
import { EvaluationModule } from '../evaluation.module';
import { DepartureReports } from './departure-reports.service';
import { DepartureService } from './departure.service';
import { PackWriter } from './pack/pack-writer.pool';
import { TermFiguresService } from './term-figures.service';
import { TermSnapshots } from './term-snapshots.service';

const useCases = [DepartureService, DepartureReports, TermSnapshots, PackWriter];

@Module({
  imports: [AccountingModule, ProcedureModule, RulebookModule, EvaluationModule],
  providers: [...useCases, TermFiguresService],
  exports: useCases,
})
export class DepartureModule {}
