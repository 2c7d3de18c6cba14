/** Nest wiring of yearly disclosures, apart from the rest of evaluation, because only who publishes needs the key. */
import { Module, type DynamicModule } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { ProcedureModule } from '@gep/procedure';
import { RulebookModule } from '@gep/rulebook';
import { DisclosureKey } from './disclosure-signature';
import { DisclosableFigures } from './gather-figures.service';
import { YearlyDisclosureService } from './yearly-disclosure.service';

@Module({})
export class DisclosureModule {
  /** @param secret of the platform; the key that disclosures are signed with follows from it */
  static register(secret: string): DynamicModule {
    const providers = [
      DisclosableFigures,
      YearlyDisclosureService,
      { provide: DisclosureKey, useFactory: () => new DisclosureKey(secret) },
    ];
    return {
      module: DisclosureModule,
      imports: [AccountingModule, ProcedureModule, RulebookModule],
      providers,
      exports: [YearlyDisclosureService, DisclosureKey],
    };
  }
}
