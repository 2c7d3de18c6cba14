/** A departing audit on the demonstration: one invented county head, from the commission to the closed file. */
import { AccountingService, ChangeService, ConditionService, SeriesService } from '@gep/accounting';
import {
  DepartureReports,
  DepartureService,
  type PlainAct,
  ProgressService,
  TermFiguresService,
  TermSnapshots,
  type VerdictDraft,
} from '@gep/evaluation';
import { type Bilingual, DomainError } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { ClockBooks, todayOf } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { keyOf, paperDigest } from '../money/people';
import { evaluationPeopleOf } from './people';

type Say = (text: Bilingual) => void;

/** The county of the mine that is restored, which sells what it gains, and whose year of appointment is a dry one. */
const territory = '991103';
const code = 'demo-head-2024';
const normId = 'cn-terrestrial';
const term = { appointedOn: '2022-07-01', departedOn: '2024-12-31' };
const { officer: auditor, checker: head, approver: organisation } = evaluationPeopleOf('CN.990000');
/** The land is in a better state the more of it is covered. */
const conditionDefinition = JSON.stringify({
  title: { zh: '植被覆盖（虚构）', en: 'Cover of vegetation, invented' },
  source: 'invented for demonstration',
  variables: [
    {
      ...{ code: 'coverFactor', name: { zh: '植被覆盖与管理因子', en: 'Cover and management factor' }, class: 'B2' },
      ...{ unit: '1', direction: 'lower-better', low: 0, high: 0.3, reference: { kind: 'least-disturbed' } },
    },
  ],
});

/** What a user has changed meanwhile may stand in the way: that is told. */
export async function demonstrateDeparture(database: Database, rulebookDir: string, say: Say): Promise<void> {
  try {
    await new DepartureDemonstration(database, rulebookDir, say).run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { zh, en } = error.text;
    say({ zh: `演示离任审计到此为止：${zh}`, en: `the demonstration of a departing audit ends here: ${en}` });
  }
}

class DepartureDemonstration {
  private readonly audits: DepartureService;
  private readonly reports: DepartureReports;
  private readonly ends: TermSnapshots;

  constructor(
    private readonly database: Database,
    rulebookDir: string,
    private readonly say: Say,
  ) {
    const rulebook = new RulebookService(database);
    const changes = new ChangeService(database, rulebook);
    const clocks = new ClockBooks(new RulebookFolder(rulebookDir));
    const accounts = new AccountingService(database, rulebook);
    const figures = new TermFiguresService(database, changes, accounts, new ConditionService(database, rulebook));
    const progress = new ProgressService(database, new SeriesService(database, rulebook), changes, rulebook, clocks);
    this.audits = new DepartureService(database, rulebook);
    this.reports = new DepartureReports(database, rulebook, figures, clocks, progress);
    this.ends = new TermSnapshots(database);
  }

  async run(): Promise<void> {
    const [known] = await this.audits.list(auditor, { code });
    // The last deed of all: what somebody made of it since is theirs.
    if (known && (await this.audits.show(auditor, known.id)).state === 'closed') return;
    const audit = await this.begin();
    await this.declareCauses(audit);
    await this.report(audit);
    await this.act(audit, 'publish');
    await this.act(audit, 'close', '已归入干部档案（虚构） · taken into the files, invented');
    this.say({
      zh: `演示离任审计：${territory} 县长 2022 年 7 月至 2024 年底任期已办结（gep departure show ${code}、gep departure pack ${code}）`,
      en: `demonstration of a departing audit: the term of a head of ${territory}, July 2022 to the end of 2024, is closed (gep departure show ${code}, gep departure pack ${code})`,
    });
  }

  /** Commissioned by the one, planned and begun by the other. */
  private async begin(): Promise<string> {
    const commission = '演示委托书（虚构） · commission, invented';
    const draft = {
      ...{ territory, code, office: '县长 · county head（虚构 invented）', holder: 'D-01', ...term, normId },
      ...{ commissionedBy: '演示省委组织部 · Organisation', commissionDigest: paperDigest(commission) },
    };
    const { id } = (await this.audits.commission(organisation, draft, keyOf('departure-commission'))).result;
    const plan = {
      appointmentSnapshot: await this.freeze('appointment', term.appointedOn),
      departureSnapshot: await this.freeze('departure', term.departedOn),
      conditionAttributes: ['coverFactor'],
      weatherAttributes: ['precipitation'],
      conditionDefinition,
    };
    await this.audits.plan(auditor, id, plan, keyOf('departure-plan'));
    await this.act(id, 'begin');
    return id;
  }

  private async freeze(end: 'appointment' | 'departure', day: string): Promise<string> {
    const wish = { territory, norm: normId, end, day };
    return (await this.ends.freeze(auditor, wish, keyOf(`departure-${end}`))).result.id;
  }

  /** Every effect has its evidence, so that nothing is left undeclared and the other parts close by themselves. */
  private async declareCauses(audit: string): Promise<void> {
    for (const cause of causes) {
      const { effect, documentTitle } = cause;
      const draft = { ...cause, type: null, service: null, documentDigest: paperDigest(documentTitle) };
      await this.audits.declare(auditor, audit, draft, keyOf(`departure-${effect}`));
    }
  }

  /** Sent, answered by the county, issued by a third person, and what was found is put right. */
  private async report(departure: string): Promise<void> {
    const verdict: VerdictDraft = {
      level: 'fairly-good',
      reason: '矿山复绿使林草面积与供给增加（虚构） · the mine was restored, invented',
      findings: [{ code: 'F1', text: '复绿地块未及时登记（虚构） · restored land was not recorded in time, invented' }],
    };
    await this.reports.report(auditor, { departure, verdict }, keyOf('departure-report'));
    const notedOn = await this.database.snapshot(auditor, (tx) => todayOf(tx));
    const noted = { notedOn, documentDigest: null };
    const comment = { ...noted, kind: 'comment', finding: null, statement: '无异议（虚构） · none, invented' } as const;
    await this.audits.record(auditor, departure, comment, keyOf('departure-comment'));
    await this.reports.issue(head, departure, keyOf('departure-issue'));
    const mended = { kind: 'rectification', finding: 'F1', statement: '已补登记（虚构） · recorded since' } as const;
    await this.audits.record(auditor, departure, { ...noted, ...mended }, keyOf('departure-mended'));
    await this.act(departure, 'rectify', '已整改（虚构） · put right, invented');
  }

  private async act(departure: string, act: PlainAct, reason?: string): Promise<void> {
    const actor = act === 'close' ? organisation : auditor;
    await this.audits.act(actor, { departure, act, reason }, keyOf(`departure-${act}`));
  }
}

const causes = [
  {
    effect: 'area',
    natural: '0.1',
    human: '0.9',
    method: '0',
    reason: '矿山复绿工程（虚构） · the restoration',
    documentTitle: '演示验收报告（虚构） · acceptance of the restoration, invented',
  },
  {
    effect: 'condition',
    natural: '0.3',
    human: '0.7',
    method: '0',
    reason: '抚育与封育（虚构） · tending',
    documentTitle: '演示抚育台账（虚构） · records of tending, invented',
  },
  {
    effect: 'supply',
    natural: '0.4',
    human: '0.55',
    method: '0.05',
    reason:
      '对照样地：年景、经营与换用的遥感产品（虚构） · plots beside: the season, husbandry, another satellite product',
    documentTitle: '演示对照样地报告（虚构） · report of the plots beside, invented',
  },
] as const;
