/** Credit on the demonstration: a list put in force, twenty subjects, a year of entries, an objection upheld, loans, goods for points. */
import path from 'node:path';
import { operator } from '@gep/access';
import { type CreditServices, creditServicesOn, listEvents, SealedIdentifiers } from '@gep/credit';
import { type Bilingual, DomainError } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { ClockBooks, todayOf } from '@gep/procedure';
import { loadPolicy, PolicyService, RulebookFolder } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';
import { keyOf, paperDigest } from '../money/people';
import { CreditEffects } from './effects.service';
import { creditPeopleOf } from './people';
import {
  countyPath,
  inventedSubjects,
  scoredMonths,
  sheetOf,
  singleEntries,
  type Village,
  villagePath,
  villages,
} from './subjects';

type Say = (text: Bilingual) => void;

const place = countyPath.split('.').at(-1)!;
const people = creditPeopleOf(countyPath);
const list = 'demonstration-credit';
/** Since when a record is kept, and the list holds. */
const since = '2025-01-01';
/** Notices of what the sheets found bad. */
const noticesServedOn = '2025-05-06';

/**
 * What a user has changed meanwhile may stand in the way: that is told.
 * @param creditKeys by which the platform seals identifiers
 */
export async function demonstrateCredit(
  database: Database,
  { rulebookDir, creditKeys }: { readonly rulebookDir: string; readonly creditKeys: string },
  say: Say,
): Promise<void> {
  const clocks = new ClockBooks(new RulebookFolder(rulebookDir));
  const services = creditServicesOn(database, new SealedIdentifiers(creditKeys), clocks);
  try {
    await new CreditDemonstration(database, rulebookDir, services, say).run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { zh, en } = error.text;
    say({ zh: `演示信用到此为止：${zh}`, en: `the demonstration of credit ends here: ${en}` });
  }
}

class CreditDemonstration {
  constructor(
    private readonly database: Database,
    private readonly rulebookDir: string,
    private readonly services: CreditServices,
    private readonly say: Say,
  ) {}

  async run(): Promise<void> {
    const effects = new CreditEffects(this.services, people);
    if (await effects.areDone()) return;
    const file = path.join(this.rulebookDir, 'territories', 'demonstration-villages.yaml');
    await new TerritoryService(this.database).importTerritories(operator, await loadTerritoryFile(file));
    await this.adopt();
    const ids = await this.register();
    for (const month of scoredMonths) for (const village of villages) await this.scoreMonth(village, month, ids);
    await this.tellOfSheets();
    const entries = new Map<string, string>();
    for (const { key, behaviour, ...more } of singleEntries)
      entries.set(`${key} ${behaviour}`, await this.enter(ids.get(key)!, behaviour, more));
    await effects.run(ids, entries, await this.database.snapshot(people.officer, (tx) => todayOf(tx)));
    this.say({
      zh: `演示信用：${place} 二十个虚构主体，两月村评分、一项异议成立并解除惩戒、积分兑换（gep credit catalogue ${place}；npm start 之外的步骤见 docs/how-to-run-credit.md）`,
      en: `demonstration credit: twenty invented subjects in ${place}, two months of village sheets, an objection upheld that lifted a measure, goods for points (gep credit catalogue ${place}; docs/how-to-run-credit.md goes on)`,
    });
  }

  private async adopt(): Promise<void> {
    const policies = new PolicyService(this.database);
    const rule = await loadPolicy(list, this.rulebookDir);
    await policies.propose(people.officer, rule, keyOf('credit-propose'));
    const wish = {
      ...{ edition: rule.edition, territoryPath: countyPath, from: since, reason: '演示 demonstration' },
      confirming: '演示：分值均为虚构 · invented points, for the demonstration',
    };
    await policies.adopt(people.approver, wish, keyOf('credit-adopt'));
  }

  /** @returns ids by key */
  private async register(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (const { key, kind, village, name, number } of inventedSubjects) {
      const consent = kind === 'person' ? { consentDigest: paperDigest(`consent to collect ${key}`) } : {};
      const wish = { kind, territoryPath: villagePath(village), name, number, since, ...consent };
      const { result } = await this.services.subjects.register(people.officer, wish, keyOf(`credit-${key}`));
      ids.set(key, result.id);
    }
    return ids;
  }

  /** The team hands in its sheet, another person checks it. */
  private async scoreMonth(village: Village, month: string, ids: ReadonlyMap<string, string>): Promise<void> {
    const rows = sheetOf(village, month).map(({ key, ...row }) => {
      const evidence = `演示巡查照片 ${month}（虚构） · photograph of the team, invented`;
      return { ...row, subject: ids.get(key)!, evidence, evidenceDigest: paperDigest(`${village} ${month} ${key}`) };
    });
    const wish = { territoryPath: villagePath(village), month, rows };
    const { result } = await this.services.sheets.hand(people.team, wish, keyOf(`credit-sheet-${village}-${month}`));
    await this.services.sheets.check(people.checker, result.id);
  }

  /** Bad rows of the sheets are told to their subjects; they count when the notice has run out. */
  private async tellOfSheets(): Promise<void> {
    const waiting = await this.database.snapshot(people.officer, (tx) =>
      listEvents(tx, { within: countyPath, state: 'confirmed', page: { limit: 100 } }),
    );
    for (const { id } of waiting.filter(({ reference }) => reference.startsWith('sheet')))
      await this.notify(id, noticesServedOn);
  }

  private async notify(id: string, on: string): Promise<void> {
    const served = { on, documentDigest: paperDigest(`proof of service ${on}`) };
    await this.services.events.act(people.officer, { id, act: 'notify', ...served }, keyOf(`credit-notify-${id}`));
  }

  private async enter(
    subject: string,
    behaviour: string,
    { day, evidence, served }: { readonly day: string; readonly evidence: string; readonly served?: string },
  ): Promise<string> {
    const key = keyOf(`credit-entry-${subject}-${behaviour}`);
    const wish = { subject, behaviour, day, evidence, evidenceDigest: paperDigest(evidence) };
    const { id } = (await this.services.events.report(people.team, wish, key)).result;
    const act = served === undefined ? 'accept' : 'confirm';
    await this.services.events.act(people.checker, { id, act }, `${key}-check`);
    if (served !== undefined) await this.notify(id, served);
    return id;
  }
}
