/** Scores on the demonstration: two years of ten counties, an objection that is upheld, and a falsification that takes a place away. */
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import { IncidentService, listScores, ScoreDeliveryService, ScoreRunService } from '@gep/evaluation';
import { type Bilingual, DomainError } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { AppealService, ClockBooks, DisputedFigures, todayOf } from '@gep/procedure';
import { loadPolicy, PolicyService, RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import { loadTerritoryFile } from '@gep/territory';
import { keyOf, paperDigest } from '../money/people';
import { evaluationPeopleOf, partyAt } from './people';
import { deliveredYears, falsified, figuresOfDepartments, objecting, scoredYears, tableOf } from './score-figures';

type Say = (text: Bilingual) => void;

const place = '990000';
const provincePath = 'CN.990000';
const card = 'demonstration-scorecard';
const people = evaluationPeopleOf(provincePath);

/** What a user has changed meanwhile may stand in the way: that is told. */
export async function demonstrateScores(database: Database, rulebookDir: string, say: Say): Promise<void> {
  try {
    await new ScoresDemonstration(database, rulebookDir, say).run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { zh, en } = error.text;
    say({ zh: `演示考评到此为止：${zh}`, en: `the demonstration of scores ends here: ${en}` });
  }
}

class ScoresDemonstration {
  private readonly deliveries: ScoreDeliveryService;
  private readonly runs: ScoreRunService;
  private readonly incidents: IncidentService;
  private readonly appeals: AppealService;

  constructor(
    private readonly database: Database,
    private readonly rulebookDir: string,
    private readonly say: Say,
  ) {
    const folder = new RulebookFolder(rulebookDir);
    const clocks = new ClockBooks(folder);
    const tools = new SettlementTools(folder, clocks, new ChangeService(database, new RulebookService(database)));
    const figures = new DisputedFigures();
    this.deliveries = new ScoreDeliveryService(database, tools);
    this.runs = new ScoreRunService(database, tools, clocks, figures);
    this.incidents = new IncidentService(database);
    this.appeals = new AppealService(database, clocks, figures);
  }

  async run(): Promise<void> {
    if (await this.isDone()) return;
    const places = await loadTerritoryFile(path.join(this.rulebookDir, 'territories', 'demonstration.yaml'));
    const counties = places.filter(({ level }) => level === 'county');
    const pathOf = (code: string): string =>
      `${provincePath}.${counties.find((county) => county.code === code)!.parentCode}.${code}`;
    await this.adopt();
    for (const year of deliveredYears)
      for (const department of Object.keys(figuresOfDepartments))
        await this.deliver(
          `${department}-${year}`,
          department,
          year,
          tableOf(
            department,
            year,
            counties.map(({ code }) => code),
          ),
        );
    const [first, second] = scoredYears;
    await this.answerObjection(await this.compute(first), pathOf(objecting));
    await this.answerFalsification(await this.compute(second), second);
    this.say({
      zh: `演示考评：十县 ${first}、${second} 两年评分已生效并公开；${objecting} 的异议获支持，${falsified} 因弄虚作假不列名次（gep score standings ${place} ${second}、gep score list ${place}）`,
      en: `demonstration scores: ${first} and ${second} of ten counties final and disclosed; an objection of ${objecting} was upheld, ${falsified} lost its place for falsification (gep score standings ${place} ${second}, gep score list ${place})`,
    });
  }

  /** The last deed of all: what somebody made of it since is theirs. */
  private async isDone(): Promise<boolean> {
    const year = scoredYears[scoredYears.length - 1];
    const found = await this.database.snapshot(people.officer, (tx) =>
      listScores(tx, { territoryPath: provincePath, year, final: true }),
    );
    return found.some(({ detail }) => detail.vetoes.includes('falsification'));
  }

  private async adopt(): Promise<void> {
    const policies = new PolicyService(this.database);
    const rule = await loadPolicy(card, this.rulebookDir);
    await policies.propose(people.officer, rule, keyOf('scorecard-propose'));
    const wish = {
      edition: rule.edition,
      territoryPath: provincePath,
      from: '2020-01-01',
      reason: '演示 demonstration',
    };
    await policies.adopt(people.approver, wish, keyOf('scorecard-adopt'));
  }

  private async deliver(
    name: string,
    department: string,
    year: number,
    table: ReturnType<typeof tableOf>,
  ): Promise<void> {
    const documentName = `演示报送 ${name}（虚构） · demonstration figures ${name}, invented`;
    const document = { documentName, documentDigest: paperDigest(documentName) };
    const wish = { place, period: String(year), scorecard: card, department, supplier: place, table, ...document };
    const { id } = (await this.deliveries.supply(people.statistics, wish, keyOf(`score-${name}`))).result;
    await this.deliveries.judge(people.checker, { id, act: 'verify' }, keyOf(`score-${name}-verify`));
  }

  private async compute(year: number): Promise<string> {
    const wish = { place, period: String(year), scorecard: card };
    const { id } = (await this.runs.compute(people.officer, wish, keyOf(`scores-${year}`))).result;
    await this.tell(id, year);
    return id;
  }

  /** Verified, scored and served on a day of the year after, each by its hand. */
  private async tell(id: string, year: number): Promise<void> {
    const served = `演示送达回证 ${id} · proof of service`;
    await this.runs.act(people.checker, { id, act: 'verify' }, keyOf(`${id}-verify`));
    await this.runs.act(people.approver, { id, act: 'score' }, keyOf(`${id}-score`));
    const notice = { on: `${year + 1}-09-01`, documentDigest: paperDigest(served) };
    await this.runs.act(people.officer, { id, act: 'notify', ...notice }, keyOf(`${id}-notify`));
  }

  private async end(id: string): Promise<void> {
    await this.runs.act(people.approver, { id, act: 'finalise' }, keyOf(`${id}-final`));
    await this.runs.act(people.officer, { id, act: 'disclose' }, keyOf(`${id}-disclose`));
  }

  /** The county shows that planted forest was left out; the figure is supplied anew, and the next version answers it. */
  private async answerObjection(id: string, partyPath: string): Promise<void> {
    const [year] = scoredYears;
    const knownOn = await this.database.snapshot(people.officer, (tx) => todayOf(tx));
    const about = {
      subject: { kind: 'score-run', id },
      figure: `${objecting}:forestCover`,
      party: objecting,
      partyPath,
    };
    const draft = { ...about, knownOn, grounds: '新造林未计入（虚构） · planted forest was left out, invented' };
    const filed = await this.appeals.file(partyAt(partyPath), draft, keyOf(`${id}-appeal`));
    const reason = '核对后计入 · it counts, as was checked';
    await this.appeals.act(people.officer, { id: filed.id, act: 'admit', reason }, keyOf(`${id}-admit`));
    const county = Number(objecting.slice(-1)) - 1;
    const cover = figuresOfDepartments['forestry']['forestCover'](county, year);
    const table = { header: ['unit', 'forestCover'], rows: [[objecting, cover]] };
    await this.deliver(`forestry-${year}-corrected`, 'forestry', year, table);
    await this.next(id, year, '异议获支持 · an objection was upheld');
  }

  /** An inspection finds out later what was reported without a survey. */
  private async answerFalsification(id: string, year: number): Promise<void> {
    await this.end(id);
    const documentName = '演示认定书（虚构） · finding of an inspection, invented';
    const found = {
      ...({ territory: falsified, kind: 'proven-falsification', period: String(year) } as const),
      ...{ happenedOn: `${year + 1}-02-20`, foundOn: `${year + 1}-10-15`, authority: '演示督察组 · Inspection' },
      ...{ finding: '森林覆盖率未经调查即上报（虚构） · cover reported without a survey, invented' },
      ...{ documentName, documentDigest: paperDigest(documentName) },
    };
    const incident = (await this.incidents.record(people.officer, found, keyOf('incident'))).result.id;
    await this.incidents.act(people.checker, { id: incident, act: 'confirm' }, keyOf('incident-confirm'));
    await this.next(id, year, '查实弄虚作假 · a proven falsification');
  }

  private async next(id: string, year: number, reason: string): Promise<void> {
    const version = (await this.runs.rescore(people.officer, { id, reason }, keyOf(`${id}-rescore`))).result.id;
    await this.tell(version, year);
    await this.end(version);
  }
}
