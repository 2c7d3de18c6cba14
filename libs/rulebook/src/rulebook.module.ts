/** Nest wiring of the rulebook; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { PolicyService } from './adoption/policy.service';
import { RulebookService } from './rulebook.service';

@Module({ providers: [RulebookService, PolicyService], exports: [RulebookService, PolicyService] })
export class RulebookModule {}
