/** Targets on the demonstration: a five-year plan over ten counties, negotiated and issued, with two years confirmed and published. */
import path from 'node:path';
import { ChangeService, SeriesService } from '@gep/accounting';
import { OutsideFigureService, PlanService, ProgressService } from '@gep/evaluation';
import { type Bilingual, DomainError, formatYuan, Fraction } from '@gep/kernel';
import type { Actor, Database } from '@gep/platform';
import { ClockBooks, listDuties, PublicationService, type Subject } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { loadTerritoryFile } from '@gep/territory';
import { inventDemonstration } from '../../generate/demonstration';
import { keyOf, paperDigest } from '../money/people';
import { publishAccounts } from '../money/published-accounts.service';
import { evaluationPeopleOf, partyAt } from './people';
import { baseYear, followedYears, planCode, planDocument, planPlace } from './target-plan';

type Say = (text: Bilingual) => void;

const provincePath = 'CN.990000';
const people = evaluationPeopleOf(provincePath);
/** The county that says what it can reach instead, and gets it. */
const reluctant = '991104';
const wholes = ['991100', '991200', planPlace];

/** What a user has changed meanwhile may stand in the way: that is told. */
export async function demonstrateTargets(database: Database, rulebookDir: string, say: Say): Promise<void> {
  try {
    await new TargetsDemonstration(database, rulebookDir, say).run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { zh, en } = error.text;
    say({ zh: `演示目标到此为止：${zh}`, en: `the demonstration of targets ends here: ${en}` });
  }
}

class TargetsDemonstration {
  private readonly plans: PlanService;
  private readonly progress: ProgressService;
  private readonly figures: OutsideFigureService;
  private readonly publications: PublicationService;

  constructor(
    private readonly database: Database,
    private readonly rulebookDir: string,
    private readonly say: Say,
  ) {
    const rulebook = new RulebookService(database);
    const tools = [new SeriesService(database, rulebook), new ChangeService(database, rulebook), rulebook] as const;
    const clocks = new ClockBooks(new RulebookFolder(rulebookDir));
    this.plans = new PlanService(database, ...tools, clocks);
    this.progress = new ProgressService(database, ...tools, clocks);
    this.figures = new OutsideFigureService(database);
    this.publications = new PublicationService(database);
  }

  async run(): Promise<void> {
    if (await this.isDone()) return;
    const places = await loadTerritoryFile(path.join(this.rulebookDir, 'territories', 'demonstration.yaml'));
    const counties = places.filter(({ level }) => level === 'county');
    const units = counties.map(({ code }) => code);
    const accounts = [baseYear, baseYear + 1, ...followedYears].flatMap((year) =>
      [...units, ...(year === baseYear ? wholes : [])].map((territory) => ({ territory, period: String(year) })),
    );
    await publishAccounts(this.database, this.rulebookDir, accounts, this.say);
    await this.supplyGdp(units);
    await this.negotiate(
      units,
      new Map(counties.map(({ code, parentCode }) => [code, `${provincePath}.${parentCode}.${code}`])),
    );
    for (const year of followedYears) await this.confirmYear(year);
    this.say({
      zh: `演示目标：十县 2022—2026 年目标已下达，两年进展已核实（gep target show ${planCode}、gep target progress ${planCode} 2024）`,
      en: `demonstration targets: plan of ten counties for 2022 to 2026 issued, two years confirmed (gep target show ${planCode}, gep target progress ${planCode} 2024)`,
    });
  }

  /** The last deed of all: what somebody made of it since is theirs. */
  private async isDone(): Promise<boolean> {
    const last = followedYears[followedYears.length - 1];
    try {
      const records = await this.progress.listOf(people.officer, { plan: planCode, year: last, limit: 1 });
      return records.some(({ state }) => state !== 'recorded');
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** As the statistics of the province give it, in 10⁸ yuan. */
  private async supplyGdp(units: readonly string[]): Promise<void> {
    const rows = inventDemonstration()
      .factsCsv.split('\n')
      .map((line) => line.split(','));
    for (const [territory, period, fact, value] of rows) {
      const year = Number(period);
      if (fact !== 'gdp' || !units.includes(territory) || year < baseYear) continue;
      const yuan = Fraction.parse(value)!.times(Fraction.of(100_000_000n)).toExactText();
      const document = `演示统计年鉴 ${year}（虚构） · demonstration yearbook ${year}, invented`;
      const wish = {
        ...({ territory, measure: 'gdp', year, pricesOf: null, value: yuan, supplier: planPlace } as const),
        ...{ suppliedByBody: '演示省统计局 · Statistics', document, documentDigest: paperDigest(document) },
      };
      const name = `gdp-${territory}-${year}`;
      const { id } = (await this.figures.supply(people.statistics, wish, keyOf(name))).result;
      await this.figures.judge(people.checker, { id, act: 'confirm' }, keyOf(`${name}-confirm`));
    }
  }

  /** One county counters, its proposal is taken up, all accept, and the plan is issued and published. */
  private async negotiate(units: readonly string[], pathOf: ReadonlyMap<string, string>): Promise<void> {
    const { officer, checker, approver } = people;
    const { id } = (await this.plans.draft(officer, planDocument(units), keyOf('plan-draft'))).result;
    const { targets } = await this.plans.show(officer, id);
    const base = targets.find(({ unit, indicator }) => unit === reluctant && indicator === 'gep')!.base.fen;
    const target = formatYuan((base * 107n) / 100n);
    const none = { plan: id, documentDigest: null };
    const counter = { answer: 'countered', counter: { gep: target }, reason: '湖泊退养尚需两年（虚构）' } as const;
    await this.plans.reply(
      partyAt(pathOf.get(reluctant)!),
      { ...none, unit: reluctant, ...counter },
      keyOf('plan-counter'),
    );
    const own = [{ indicator: 'gep', path: 'compound', unit: reluctant, target }];
    const revised = {
      plan: id,
      document: planDocument(units, own),
      reason: '采纳丁湖县的反提案 · as the county proposed',
    };
    await this.plans.revise(officer, revised, keyOf('plan-revise'));
    for (const unit of units) {
      const accepted = { ...none, unit, answer: 'accepted', counter: {}, reason: '' } as const;
      await this.plans.reply(partyAt(pathOf.get(unit)!), accepted, keyOf(`plan-accept-${unit}`));
    }
    await this.plans.act(checker, { plan: id, act: 'negotiate' }, keyOf('plan-negotiate'));
    await this.plans.act(approver, { plan: id, act: 'issue' }, keyOf('plan-issue'));
    await this.publish(officer, { kind: 'target-plan', id }, 'plan-publish');
  }

  private async confirmYear(year: number): Promise<void> {
    const { officer, checker } = people;
    const wish = { plan: planCode, year };
    const { id } = (await this.progress.record(officer, wish, keyOf(`progress-${year}`))).result;
    await this.progress.judge(checker, { id, act: 'confirm' }, keyOf(`progress-${year}-confirm`));
    await this.publish(officer, { kind: 'target-progress', id }, `progress-${year}-publish`);
  }

  private async publish(actor: Actor, subject: Subject, deed: string): Promise<void> {
    const [duty] = await this.database.snapshot(actor, (tx) => listDuties(tx, { subject, open: true }));
    if (duty) await this.publications.publish(people.officer, duty.id, keyOf(deed));
  }
}
