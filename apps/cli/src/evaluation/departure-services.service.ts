/** The use cases of departing audits at the terminal, over an opened database. */
import { AccountingService, ChangeService, ConditionService, SeriesService } from '@gep/accounting';
import {
  DepartureReports,
  DepartureService,
  ProgressService,
  TermFiguresService,
  TermSnapshots,
} from '@gep/evaluation';
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
  const changes = new ChangeService(database, rulebook);
  const figures = new TermFiguresService(
    database,
    changes,
    new AccountingService(database, rulebook),
    new ConditionService(database, rulebook),
  );
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  const progress = new ProgressService(database, new SeriesService(database, rulebook), changes, rulebook, clocks);
  return {
    departures: new DepartureService(database, rulebook),
    reports: new DepartureReports(database, rulebook, figures, clocks, progress),
    terms: new TermSnapshots(database),
  };
}
