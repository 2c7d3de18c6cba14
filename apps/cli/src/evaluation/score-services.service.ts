/** The use cases of scores and incidents at the terminal, for whoever reads and for a person who signs in. */
import { operator, type Permission } from '@gep/access';
import { IncidentService, ScoreDeliveryService, ScoreRequests, ScoreRunService } from '@gep/evaluation';
import type { Actor, Database } from '@gep/platform';
import { ClockBooks, type DisputedFigures } from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { type DeedSubject, tellDeed } from '../deed/told-deed.service';
import { withDatabase } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import { toolsOf } from '../settlement/settlement-tools.service';
import type { Terminal } from '../terminal/terminal.service';

export interface ScoreServices {
  readonly deliveries: ScoreDeliveryService;
  readonly runs: ScoreRunService;
  readonly requests: ScoreRequests;
  readonly incidents: IncidentService;
}

/** @param disputed takes their reader of figures that may be disputed */
export function scoreServices(database: Database, disputed?: DisputedFigures): ScoreServices {
  const tools = toolsOf(database);
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  const runs = new ScoreRunService(database, tools, clocks, disputed);
  return {
    ...{ runs, deliveries: new ScoreDeliveryService(database, tools), requests: new ScoreRequests(database, runs) },
    incidents: new IncidentService(database),
  };
}

/** As the operator, who reads. */
export const readingScores = <T>(
  work: (services: ScoreServices, actor: Actor, database: Database) => Promise<T>,
): Promise<T> => withDatabase(({ database }) => work(scoreServices(database), operator, database));

type Deed = (
  services: ScoreServices,
  actor: Actor,
) => Promise<{ readonly replayed: boolean; readonly result: { readonly id: string } }>;

/** Does a deed as the person, and tells what it changed. @throws Forbidden, LoginRefused and what `work` throws */
export const tellScores = (
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  about: DeedSubject,
  work: Deed,
): Promise<void> =>
  deedAs(options, permission, (deed) =>
    tellDeed(terminal, deed, about, async () => {
      const { result, replayed } = await work(scoreServices(deed.database), deed.actor);
      return { ...result, replayed };
    }),
  );
