/** Nest wiring of observation; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { RulebookModule } from '@gep/rulebook';
import { SheetTakeBack } from './delivery/take-back.service';
import { ObservationService } from './observation.service';

@Module({
  imports: [RulebookModule],
  providers: [ObservationService, SheetTakeBack],
  exports: [ObservationService, SheetTakeBack],
})
export class ObservationModule {}
