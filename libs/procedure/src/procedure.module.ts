/** Nest wiring of procedures; the database handle and the rulebook folder are provided globally by the program. */
import { Module } from '@nestjs/common';
import { ClockBooks } from './clock/clock-books.service';

@Module({ providers: [ClockBooks], exports: [ClockBooks] })
export class ProcedureModule {}
