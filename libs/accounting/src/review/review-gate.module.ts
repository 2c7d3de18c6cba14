/** Puts the gate of reviews before uploads, wherever in the program they come in. */
import { Global, Module } from '@nestjs/common';
import { ImportGate } from '@gep/observation';
import { ReviewGate } from './review-gate.service';

@Global()
@Module({ providers: [{ provide: ImportGate, useClass: ReviewGate }], exports: [ImportGate] })
export class ReviewGateModule {}
