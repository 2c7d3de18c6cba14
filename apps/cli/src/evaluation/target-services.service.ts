/** The use cases of targets at the terminal, for whoever reads and for a person who signs in. */
import { availableParallelism } from 'node:os';
import { operator, type Permission } from '@gep/access';
import { ChangeService, IntervalComputer, IntervalService, SeriesService } from '@gep/accounting';
import { ForecastService, OutsideFigureService, PlanService, ProgressService } from '@gep/evaluation';
import type { Actor, Database } from '@gep/platform';
import { ClockBooks, type DisputedFigures } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { type DeedSubject, tellDeed } from '../deed/told-deed.service';
import { withDatabase } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import type { Terminal } from '../terminal/terminal.service';

export interface TargetServices {
  readonly plans: PlanService;
  readonly progress: ProgressService;
  readonly figures: OutsideFigureService;
}

/** @param disputed takes their readers of figures that may be disputed */
export function targetServices(database: Database, disputed?: DisputedFigures): TargetServices {
  const rulebook = new RulebookService(database);
  const tools = [new SeriesService(database, rulebook), new ChangeService(database, rulebook), rulebook] as const;
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  return {
    plans: new PlanService(database, ...tools, clocks, disputed),
    progress: new ProgressService(database, ...tools, clocks, disputed),
    figures: new OutsideFigureService(database),
  };
}

/** As the operator, who reads. */
export const readingTargets = <T>(work: (services: TargetServices, actor: Actor) => Promise<T>): Promise<T> =>
  withDatabase(({ database }) => work(targetServices(database), operator));

/** Forecasts with threads for the draws, which end with it. */
export const forecasting = <T>(work: (forecasts: ForecastService, actor: Actor) => Promise<T>): Promise<T> =>
  withDatabase(async ({ database }) => {
    const rulebook = new RulebookService(database);
    const computer = new IntervalComputer(availableParallelism());
    const tools = [new SeriesService(database, rulebook), new ChangeService(database, rulebook), rulebook] as const;
    try {
      const intervals = new IntervalService(database, rulebook, computer);
      return await work(new ForecastService(database, ...tools, intervals), operator);
    } finally {
      await computer.close();
    }
  });

type Deed = (
  services: TargetServices,
  actor: Actor,
) => Promise<{ readonly replayed: boolean; readonly result: { readonly id: string } }>;

/** Does a deed as the person, and tells what it changed. @throws Forbidden, LoginRefused and what `work` throws */
export const tellTarget = (
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  about: DeedSubject,
  work: Deed,
): Promise<void> =>
  deedAs(options, permission, (deed) =>
    tellDeed(terminal, deed, about, async () => {
      const { result, replayed } = await work(targetServices(deed.database), deed.actor);
      return { ...result, replayed };
    }),
  );
