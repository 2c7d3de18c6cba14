/** Nest wiring of the territory subject; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { TerritoryService } from './territory.service';

@Module({ providers: [TerritoryService], exports: [TerritoryService] })
export class TerritoryModule {}
