/** The use cases of agreements at the terminal, for whoever reads and for a person who signs in. */
import { operator, type SignedInActor } from '@gep/access';
import { TreeAccountsService } from '@gep/accounting';
import { AgreementService, BreachService, CycleService, MeasurementService } from '@gep/compensation';
import type { Actor, Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { withDatabase } from '../machine/opened-database.service';
import { type DeedSubject, tellDeed } from '../deed/told-deed.service';
import type { DeedOptions } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import { actingAs, passwordOf } from '../machine/signed-in.service';
import type { Terminal } from '../terminal/terminal.service';
import { toolsOf } from '../settlement/settlement-tools.service';

export interface AgreementServices {
  readonly agreements: AgreementService;
  readonly measurements: MeasurementService;
  readonly cycles: CycleService;
  readonly breaches: BreachService;
}

function servicesOf(database: Database): AgreementServices {
  const trees = new TreeAccountsService(database, new RulebookService(database));
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  return {
    agreements: new AgreementService(database),
    measurements: new MeasurementService(database),
    cycles: new CycleService(database, toolsOf(database), trees, clocks),
    breaches: new BreachService(database),
  };
}

/** As the operator, who reads. */
export const readingAgreements = <T>(
  work: (services: AgreementServices, actor: Actor, database: Database) => Promise<T>,
): Promise<T> => withDatabase(({ database }) => work(servicesOf(database), operator, database));

/** As a person: duties apart bind persons. @throws LoginRefused and what `work` throws */
async function agreementDeed<T>(
  options: DeedOptions,
  work: (services: AgreementServices, actor: SignedInActor, database: Database) => Promise<T>,
): Promise<T> {
  const password = await passwordOf(options);
  return withDatabase(({ database }) =>
    actingAs(database, { login: options.as, password }, (actor) => work(servicesOf(database), actor, database)),
  );
}

type Deed = (
  services: AgreementServices,
  actor: SignedInActor,
) => Promise<{ readonly replayed: boolean; readonly result: { readonly id: string } }>;

/** Does a deed as the person, and tells what it changed. */
export const tell = (terminal: Terminal, options: DeedOptions, about: DeedSubject, deed: Deed): Promise<void> =>
  agreementDeed(options, (services, actor, database) =>
    tellDeed(terminal, { database, actor }, about, async () => {
      const { result, replayed } = await deed(services, actor);
      return { ...result, replayed };
    }),
  );
