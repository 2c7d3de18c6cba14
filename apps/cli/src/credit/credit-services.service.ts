/** The use cases of credit at the terminal: every one by a person who signs in, since records are personal. */
import type { Permission } from '@gep/access';
import { creditServicesOn, type CreditServices, keptCreditKeys, SealedIdentifiers } from '@gep/credit';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { type Deed, deedAs, type DeedOptions } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import type { Terminal } from '../terminal/terminal.service';

function servicesOf(database: Database): CreditServices {
  const { creditKeys, databaseUrl, dataDir, rulebookDir } = readSettings();
  // The embedded server keeps its keys beside its data; another server has them where its programs have them.
  const sealed = new SealedIdentifiers(creditKeys ?? (databaseUrl === undefined ? keptCreditKeys(dataDir) : undefined));
  return creditServicesOn(database, sealed, new ClockBooks(new RulebookFolder(rulebookDir)));
}

/** @throws Forbidden, LoginRefused and what `work` throws */
export function creditDeed<T>(
  options: DeedOptions,
  permission: Permission,
  work: (services: CreditServices, deed: Deed) => Promise<T>,
): Promise<T> {
  return deedAs(options, permission, (deed) => work(servicesOf(deed.database), deed));
}

type Work = (services: CreditServices, deed: Deed) => Promise<{ readonly replayed: boolean; readonly result: object }>;

/** Does a deed as the person, and says what it made. */
export async function tellCredit(
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  work: Work,
): Promise<void> {
  const { result, replayed } = await creditDeed(options, permission, work);
  const words = Object.entries(result).map(([name, value]) => `${name}: ${String(value)}`);
  terminal.result({ ...result, replayed }, () => words.join('  '));
}
