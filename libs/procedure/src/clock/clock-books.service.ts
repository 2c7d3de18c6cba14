/** The legal clocks of the rulebook, read once per process. */
import { Injectable } from '@nestjs/common';
import { type ClockBook, loadClockBook, RulebookFolder } from '@gep/rulebook';

@Injectable()
export class ClockBooks {
  private book?: Promise<ClockBook>;

  constructor(private readonly folder: RulebookFolder) {}

  /** Read it before the transaction begins. @throws RulebookFileUnreadable */
  read(): Promise<ClockBook> {
    this.book ??= loadClockBook(this.folder.path);
    return this.book;
  }
}
