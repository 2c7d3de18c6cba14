/** Nest wiring of procedures; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { AppealService } from './appeal/appeal.service';
import { DisputedFigures } from './appeal/disputed-figures.service';
import { ClockBooks } from './clock/clock-books.service';
import { OverdueService } from './clock/overdue.service';
import { PublicationService } from './publication/publication.service';

const parts = [ClockBooks, DisputedFigures, AppealService, PublicationService, OverdueService];

@Module({ providers: parts, exports: parts })
export class ProcedureModule {}
