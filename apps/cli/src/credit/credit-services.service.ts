/** The use cases of credit at the terminal: every one by a person who signs in, since records are personal. */
import { type Permission, rolesWith } from '@gep/access';
import {
  CreditEditions,
  creditServicesOn,
  type CreditServices,
  eventActs,
  eventSteps,
  fitsEntry,
  keptCreditKeys,
  listEvents,
  type MeasureView,
  measureSteps,
  type Objection,
  objectionSteps,
  orderSteps,
  SealedIdentifiers,
} from '@gep/credit';
import type { Bilingual } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { ClockBooks, listClocks, nextSteps, type StepTable } from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { type Deed, deedAs, type DeedOptions } from '../machine/person-deed.service';
import { type ItemNames, itemKey, labelOf } from '../rendering/credit/credit-words';
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

/** What has steps in credit: its table, the verb that takes them, and permissions of acts whose row names none. */
const stepped = {
  entry: { table: eventSteps, verb: 'act', permissions: {} },
  objection: {
    table: objectionSteps,
    verb: 'objection',
    permissions: { review: 'credit.own', withdraw: 'credit.own' },
  },
  measure: { table: measureSteps, verb: 'measure-act', permissions: {} },
  order: { table: orderSteps, verb: 'order-act', permissions: { void: 'credit.manage' } },
} as const;

/** Names of the items that measures were taken from. */
export const itemNamesOf = ({ database, actor }: Deed, measures: readonly MeasureView[]): Promise<ItemNames> =>
  database.snapshot(actor, async (tx) => {
    const names = new Map<string, Bilingual>();
    const editions = new CreditEditions();
    for (const measure of measures) {
      const { catalogue } = await editions.of(tx, measure.edition);
      const item = catalogue.measures.find(({ code }) => code === measure.item);
      if (item) names.set(itemKey(measure), item.name);
    }
    return names;
  });

/** Days by which objections that are open have to be handled, by id. */
export const dueDaysOf = (
  { database, actor }: Deed,
  objections: readonly Objection[],
): Promise<ReadonlyMap<string, string>> =>
  database.snapshot(actor, async (tx) => {
    const days = new Map<string, string>();
    for (const { id } of objections) {
      const [clock] = await listClocks(tx, { subject: { kind: objectionSteps.kind, id }, open: true });
      if (clock) days.set(id, clock.dueOn);
    }
    return days;
  });

/** Acts that are for an entry of its sign and item. */
const actsFitting = ({ database, actor }: Deed, id: string): Promise<readonly string[]> =>
  database.snapshot(actor, async (tx) => {
    const [entry] = await listEvents(tx, { ids: [id], page: { limit: 1 } });
    if (!entry) return eventActs;
    const { catalogue } = await new CreditEditions().of(tx, entry.edition);
    const repairable = catalogue.behaviours.some(
      ({ code, repair }) => code === entry.behaviour && repair !== undefined,
    );
    return eventActs.filter((act) => fitsEntry(act, { negative: entry.negative, repairable }));
  });

/** What may be done next with something that has steps; nothing at its end. */
function nextOf(
  what: keyof typeof stepped,
  { id, state }: { readonly id: string; readonly state?: string },
  fitting: readonly string[] | undefined,
) {
  const { table, verb, permissions } = stepped[what];
  const steps = nextSteps(table as unknown as StepTable<string, string>, state ?? table.first, [], permissions);
  const fit = steps.filter(({ act }) => fitting?.includes(act) ?? true);
  return fit.map(({ act, name, permission, reasonNeeded }) => ({
    ...{ act, name, reasonNeeded, roles: rolesWith(permission) },
    command: `gep credit ${verb} ${id} ${act}${reasonNeeded ? ' --reason …' : ''}`,
  }));
}

/** Does a deed as the person, and says what it made; of what has steps, who may do what next. */
export async function tellCredit(
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  work: Work,
  what?: keyof typeof stepped,
): Promise<void> {
  const { result, replayed, fitting } = await creditDeed(options, permission, async (services, deed) => {
    const done = await work(services, deed);
    const { id } = done.result as { readonly id: string };
    return { ...done, fitting: what === 'entry' ? await actsFitting(deed, id) : undefined };
  });
  const { language } = terminal.options;
  const names: Readonly<Record<string, Bilingual>> = what ? stepped[what].table.nameOfState : {};
  const { id, state, ...rest } = result as Readonly<Record<string, unknown>>;
  const told = Object.entries({ id, state: names[String(state)]?.[language] ?? state, ...rest })
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${labelOf(name)[language]}: ${String(value)}`);
  const next = what && nextOf(what, result as { readonly id: string; readonly state?: string }, fitting);
  const follows = (next ?? []).map(
    ({ command, name, roles }) =>
      `${terminal.say({ zh: '下一步', en: 'next' })}: ${command} · ${name[language]} — ${roles.join('/')}`,
  );
  terminal.result({ ...result, replayed, ...(next && { next }) }, () => [told.join('  '), ...follows].join('\n'));
}
