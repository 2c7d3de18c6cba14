/** How a mechanism lets its figures be looked up, so that an appeal is about a figure that is there and as it was shown. */
import { Injectable } from '@nestjs/common';
import type { Bilingual, Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { StepTable, Subject } from '../step/step-table';

/** A figure as it stands. */
export interface StandingFigure {
  /** Absent where the figure is no money. */
  readonly amountFen?: Fen;
  /** Parties of the book that may dispute it; anybody when absent. */
  readonly parties?: readonly string[];
  /** What of it was paid before: an objection does not hold that back. */
  readonly paid?: PaidAlready | null;
}

export interface PaidAlready {
  readonly paidFen: Fen;
  /** What an objection that is upheld leads to; what was paid is never edited. */
  readonly remedy: Bilingual;
}

/** Finds a figure of a subject; undefined when it has none of that code. The transaction sees the territories of the subject and of the party. */
export type FigureReader = (tx: EntityManager, subject: Subject, figure: string) => Promise<StandingFigure | undefined>;

/** The words of a table. */
export type DisputedTable = Pick<StepTable<string, string>, 'kind' | 'name' | 'nameOfAct'>;

/** One per program; each mechanism gives its reader when the program starts. */
@Injectable()
export class DisputedFigures {
  private readonly readers = new Map<string, FigureReader>();
  private readonly tables = new Map<string, DisputedTable>();

  /** @param of the steps of such subjects, so that refusals tell them in words; or their kind alone */
  add(of: DisputedTable | string, reader: FigureReader): void {
    if (typeof of !== 'string') this.tables.set(of.kind, of);
    this.readers.set(typeof of === 'string' ? of : of.kind, reader);
  }

  tableOf(kind: string): DisputedTable | undefined {
    return this.tables.get(kind);
  }

  of(kind: string): FigureReader | undefined {
    return this.readers.get(kind);
  }
}
