/** The use cases of departing audits at the terminal, over an opened database. */
import { AccountingService, ChangeService, ConditionService } from '@gep/accounting';
import { DepartureReports, DepartureService, TermFiguresService, TermSnapshots } from '@gep/evaluation';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { readSettings } from '../machine/settings.loader';

export interface DepartureServices {
  readonly departures: DepartureService;
  readonly reports: DepartureReports;
  readonly terms: TermSnapshots;
}

export function departureServices(database: Database): DepartureServices {
  const rulebook = new RulebookService(database);
  const figures = new TermFiguresService(
    database,
    new ChangeService(database, rulebook),
    new AccountingService(database, rulebook),
    new ConditionService(database, rulebook),
  );
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  return {
    departures: new DepartureService(database, rulebook),
    reports: new DepartureReports(database, rulebook, figures, clocks),
    terms: new TermSnapshots(database),
  };
}
