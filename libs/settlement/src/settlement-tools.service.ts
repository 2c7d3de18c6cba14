/** What computing needs beside the database: units, legal clocks, and changes between accounts. */
import { Injectable } from '@nestjs/common';
import { ChangeService } from '@gep/accounting';
import type { UnitTable } from '@gep/kernel';
import { ClockBooks } from '@gep/procedure';
import { type ClockBook, loadUnits, RulebookFolder } from '@gep/rulebook';

@Injectable()
export class SettlementTools {
  private readUnits?: Promise<UnitTable>;

  constructor(
    private readonly folder: RulebookFolder,
    private readonly clocks: ClockBooks,
    readonly changes: ChangeService,
  ) {}

  /** Read once per process. */
  units(): Promise<UnitTable> {
    this.readUnits ??= loadUnits(this.folder.path);
    return this.readUnits;
  }

  clockBook(): Promise<ClockBook> {
    return this.clocks.read();
  }
}
