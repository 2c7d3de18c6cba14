/** The report of a departing audit: drafted from what is frozen and declared, sent for comment, issued, and packed. */
import { Injectable } from '@nestjs/common';
import { canonicalJson, digestOf } from '@gep/kernel';
import { answerOnce, Database } from '@gep/platform';
import { ClockBooks, listClocks, type Officer, owePublication, startClock, takeStep, todayOf } from '@gep/procedure';
import { RulebookService } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Departure, DepartureReport } from './departure';
import { departureSteps } from './departure-steps';
import {
  commentClock,
  type DepartureView,
  noted,
  requireEnds,
  requireState,
  viewDeparture,
} from './departure-standing.service';
import { findPlan, findReport, getDeparture, insertReport, listAttributions, listRecords } from './departure.store';
import { DepartureRefused } from './errors';
import { readFundUse } from './fund-use.service';
import { TermFiguresService } from './term-figures.service';
import { buildTermReport, publicReport, type TermPack, type TermReport, type VerdictDraft } from './term-report';
import type { Done } from '../done';
import { ProgressService } from '../target/progress/progress.service';
import { readTermRecord } from './term-record.service';

@Injectable()
export class DepartureReports {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    private readonly figures: TermFiguresService,
    private readonly clocks: ClockBooks,
    private readonly progress: ProgressService,
  ) {}

  /** The pack as it stands: the last report that was sent, else a draft of now. @throws as `draft` */
  async pack(actor: Officer, departure: string): Promise<TermPack> {
    const { view, sent } = await this.database.snapshot(actor, async (tx) => {
      const found = await getDeparture(tx, departure);
      return { view: await viewDeparture(tx, found), sent: await findReport(tx, found.id) };
    });
    const report = sent ? (JSON.parse(sent.content) as TermReport) : await this.draft(actor, departure, null);
    return packOf(report, view, sent ?? null);
  }

  /**
   * The report that would be sent now.
   * @throws DepartureMissing, DepartureRefused before there is a plan, and as TermFiguresService
   */
  async draft(actor: Officer, wanted: string, verdict: VerdictDraft | null): Promise<TermReport> {
    const read = await this.database.snapshot(actor, async (tx) => {
      const departure = await getDeparture(tx, wanted);
      const { territory, departedOn, normId, territoryPath, appointedOn } = departure;
      const plan = await findPlan(tx, departure.id);
      if (!plan)
        throw new DepartureRefused(departure.code, {
          zh: '尚未制定方案，没有可比较的端点；请先 gep departure plan（POST …/plan）',
          en: 'there is no plan yet, so no ends to compare; plan it first: gep departure plan (POST …/plan)',
        });
      const ends = await requireEnds(tx, departure, plan);
      const norm = await this.rulebook.getNorm(tx, normId, ends.departure.content.stock.normEdition);
      const place = await getTerritory(tx, territory, departedOn);
      const years = yearsOf(appointedOn, departedOn);
      return {
        ...{ departure, plan, ends, norm, place },
        declared: await listAttributions(tx, departure.id),
        funds: await readFundUse(tx, { territoryPath, years }),
        ...(await readTermRecord(tx, this.progress, departure, years)),
      };
    });
    const { departure, plan, ends, norm, place, declared, funds, targets, incidents } = read;
    const { flows, quantities, areas, condition } = await this.figures.compute(actor, {
      departure,
      plan,
      ends,
      declared,
    });
    return buildTermReport({
      ...{ departure, plan, ends, flows, quantities, areas, condition, funds, targets, incidents, verdict },
      territoryName: { zh: place.nameZh, en: place.nameEn ?? place.nameZh },
      norm: { id: norm.id, edition: norm.edition, title: norm.title },
      attributions: declared,
      nameOf: (what, code) =>
        (what === 'service' ? norm.services : norm.types).find((each) => each.code === code)?.name ??
        (code === 'unassigned' ? { zh: '不分类型', en: 'no type' } : { zh: `代码 ${code}`, en: code }),
    });
  }

  /**
   * Fixes the report and sends it for comment: ten days, by the Audit Law.
   * @throws DepartureRefused, StepRefused, and as `draft`
   */
  async report(
    actor: Officer,
    wish: { readonly departure: string; readonly verdict: VerdictDraft; readonly sentOn?: string },
    key: string,
  ): Promise<Done<{ readonly digest: string; readonly commentsUntil: string }>> {
    const book = await this.clocks.read();
    const { departure, verdict } = wish;
    const report = await this.draft(actor, departure, verdict);
    return this.once(actor, { key, action: 'report', body: wish }, async (tx) => {
      const found = await getDeparture(tx, departure);
      await requireState(tx, found, ['fieldwork'], { zh: '送达征求意见稿', en: 'to send the report' });
      await requireUnchanged(tx, found, report);
      const today = await todayOf(tx);
      const sentOn = wish.sentOn ?? today;
      if (sentOn > today)
        throw new DepartureRefused(found.code, { zh: '送达日在今天以后', en: 'it cannot be sent on a day to come' });
      const content = canonicalJson(report);
      const digest = digestOf(content);
      const round = ((await findReport(tx, found.id))?.round ?? 0) + 1;
      await takeStep(tx, actor, departureSteps, { id: found.id, act: 'report', documentDigest: digest });
      await insertReport(tx, found, { round, content, digest, sentOn });
      const subject = { kind: departureSteps.kind, id: found.id };
      const { territoryPath } = found;
      const clock = await startClock(tx, actor, book, { subject, territoryPath, code: commentClock, from: sentOn });
      await noted(tx, actor, found, 'report', { round, digest, sentOn, verdict: verdict.level });
      return { digest, commentsUntil: clock.dueOn };
    });
  }

  /**
   * Issues the report as it was sent, once comments came or their ten days are over; it is then owed to the public.
   * @throws DepartureRefused, StepRefused
   */
  async issue(actor: Officer, departure: string, key: string): Promise<Done<{ readonly publishBy: string }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: 'issue', body: { departure } }, async (tx) => {
      const found = await getDeparture(tx, departure);
      const { id, territoryPath } = found;
      const subject = { kind: departureSteps.kind, id };
      const sent = await findReport(tx, id);
      if (sent) await requireHeard(tx, found, sent);
      await takeStep(tx, actor, departureSteps, { id, act: 'issue', documentDigest: sent?.digest });
      const document = publicReport(JSON.parse(sent!.content) as TermReport);
      const duty = await owePublication(tx, actor, book, { subject, territoryPath, rule: 'result', document });
      await noted(tx, actor, found, 'issue', { digest: sent!.digest });
      return { publishBy: duty.dueOn };
    });
  }

  private once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { key, body } = command;
      const action = `evaluation.departure.${command.action}`;
      const { response: result, replayed } = await answerOnce(tx, { actor, key, action, body }, () => work(tx));
      return { result, replayed };
    });
  }
}

const yearsOf = (from: string, to: string): string[] => {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
};

/** The figures were computed before the transaction; what they rest on has to be what stands there now. @throws DepartureRefused */
async function requireUnchanged(tx: EntityManager, found: Departure, report: TermReport): Promise<void> {
  const plan = await findPlan(tx, found.id);
  const declared = await listAttributions(tx, found.id);
  const same =
    plan?.appointmentSnapshot === report.ends.appointment.snapshot &&
    plan.departureSnapshot === report.ends.departure.snapshot &&
    declared.length === report.attributions.length;
  if (same) return;
  throw new DepartureRefused(found.code, {
    zh: '计算期间方案或原因认定有变动；请再次送达',
    en: 'the plan or a declared cause changed while it was computed; send it again',
  });
}

function packOf(
  report: TermReport,
  { state, steps, records }: DepartureView,
  sent: { readonly digest: string; readonly round: number } | null,
): TermPack {
  return {
    report,
    ...{ reportDigest: sent?.digest ?? null, round: sent?.round ?? null, state },
    steps: steps.map(({ act, to, at }) => ({ act, to, at: at.toISOString() })),
    records: records.map(({ recordedAt: _, ...record }) => record),
  };
}

/** A comment on this very report was recorded, or its ten days are over. @throws DepartureRefused */
async function requireHeard(tx: EntityManager, { id, code }: Departure, { writtenAt }: DepartureReport): Promise<void> {
  const isHeard = (await listRecords(tx, id)).some(
    ({ kind, recordedAt }) => kind === 'comment' && recordedAt > writtenAt,
  );
  const clocks = await listClocks(tx, { subject: { kind: departureSteps.kind, id }, code: commentClock });
  // Of a report that was taken back and sent again, the last ten days count.
  const running = clocks.at(-1);
  if (isHeard || !running || running.dueOn < (await todayOf(tx))) return;
  throw new DepartureRefused(
    code,
    {
      zh: `征求意见至 ${running.dueOn}（${running.law.zh}）；期满或登记书面意见后方可出具（gep departure record … comment；POST /api/v1/evaluation/departures/…/records）`,
      en: `comments may come until ${running.dueOn} (${running.law.en}); it is issued when that has passed, or when a written comment is recorded (gep departure record … comment; POST /api/v1/evaluation/departures/…/records)`,
    },
    { until: running.dueOn },
  );
}
