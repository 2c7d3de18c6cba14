/** Nest wiring of the rulebook; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { RulebookService } from './rulebook.service';

@Module({ providers: [RulebookService], exports: [RulebookService] })
export class RulebookModule {}
