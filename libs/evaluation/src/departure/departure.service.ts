/** Use cases of departing audits but the report: commission, plan, declare causes, record, and the steps between. */
import { Injectable } from '@nestjs/common';
import { answerOnce, Database } from '@gep/platform';
import {
  listClocks,
  listDuties,
  meetClock,
  type Officer,
  openSubject,
  publishOwed,
  takeStep,
  todayOf,
} from '@gep/procedure';
import { type NormEdition, RulebookService } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { type AttributionDraft, sharesOf } from './attribution';
import type { CommissionDraft, Departure, PlanDraft, RecordDraft } from './departure';
import { departureSteps, type DepartureState } from './departure-steps';
import {
  type DepartureFilter,
  findPlan,
  findReport,
  getDeparture,
  insertAttribution,
  insertDeparture,
  insertPlan,
  insertRecord,
  listAttributions,
  listDepartures,
  listRecords,
} from './departure.store';
import {
  commentClock,
  type DepartureView,
  noted,
  requireEnds,
  requireFinding,
  requireRectified,
  requireState,
  viewDeparture,
} from './departure-standing.service';
import { AttributionRefused, DepartureRefused } from './errors';
import { requireAt } from './required-permission';
import type { Done } from '../done';

/** Acts that are a step and a reason, and need nothing more. */
export const plainActs = ['begin', 'suspend', 'resume', 'revise', 'rectify', 'publish', 'close', 'withdraw'] as const;
export type PlainAct = (typeof plainActs)[number];

/** States in which each kind of record is made. */
const recordedIn = {
  comment: ['reported'],
  rectification: ['issued', 'rectification', 'published'],
  'follow-up': ['closed'],
} as const satisfies Record<RecordDraft['kind'], readonly DepartureState[]>;

@Injectable()
export class DepartureService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /** The organisation department commissions an audit. @throws DepartureRefused, StepNotYours, TerritoryMissing */
  commission(actor: Officer, draft: CommissionDraft, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'commission', body: draft }, async (tx) => {
      const { path: territoryPath } = await getTerritory(tx, draft.territory, draft.departedOn);
      requireAt(actor, 'evaluation.approve', territoryPath, draft.code);
      if (draft.appointedOn > draft.departedOn)
        throw new DepartureRefused(draft.code, {
          zh: '离任日不得早于任职日',
          en: 'the last day in office comes before the first',
        });
      const id = await insertDeparture(tx, actor, territoryPath, draft);
      if (id === undefined)
        throw new DepartureRefused(draft.code, {
          zh: '该地域已有此代码的离任审计；请换一个代码',
          en: 'the territory has an audit of this code; choose another one',
        });
      await openSubject(tx, actor, departureSteps, { id, territoryPath, documentDigest: draft.commissionDigest });
      await noted(tx, actor, { id, territoryPath }, 'commission', draft);
      return { id };
    });
  }

  /** Says which frozen ends are compared, and by which attributes. @throws DepartureRefused, StepRefused */
  plan(actor: Officer, departure: string, plan: PlanDraft, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'plan', body: { departure, plan } }, async (tx) => {
      const found = await getDeparture(tx, departure);
      await requireEnds(tx, found, plan);
      await takeStep(tx, actor, departureSteps, { id: found.id, code: found.code, act: 'plan' });
      const before = await findPlan(tx, found.id);
      await insertPlan(tx, found, (before?.round ?? 0) + 1, plan);
      await noted(tx, actor, found, 'plan', plan);
      return { id: found.id };
    });
  }

  /** A step that is nothing but a step; publishing publishes what is owed. @throws StepRefused, DepartureRefused */
  act(
    actor: Officer,
    wish: { readonly departure: string; readonly act: PlainAct; readonly reason?: string; readonly afterStep?: number },
    key: string,
  ): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: wish.act, body: wish }, async (tx) => {
      const found = await getDeparture(tx, wish.departure);
      const { act, reason, afterStep } = wish;
      if (act === 'rectify') await requireRectified(tx, found);
      await takeStep(tx, actor, departureSteps, { id: found.id, code: found.code, act, reason, afterStep });
      const subject = { kind: departureSteps.kind, id: found.id };
      if (act === 'publish') {
        // What somebody has published by the general way is not published again.
        const [open] = await listDuties(tx, { subject, open: true });
        if (open) await publishOwed(tx, actor, { subject, rule: 'result' });
      }
      await noted(tx, actor, found, act, { reason: reason ?? null });
      return { id: found.id };
    });
  }

  /** Declares the cause of an effect, with evidence, during fieldwork. @throws AttributionRefused, DepartureRefused, StepNotYours */
  declare(
    actor: Officer,
    departure: string,
    draft: AttributionDraft,
    key: string,
  ): Promise<Done<{ readonly no: number }>> {
    return this.once(actor, { key, action: 'declare', body: { departure, draft } }, async (tx) => {
      if (!sharesOf(draft))
        throw new AttributionRefused(
          {
            zh: '份额应为零以上的小数或分数，三者之和不超过一',
            en: 'shares are decimals or fractions of zero or more, together at most one',
          },
          { natural: draft.natural, human: draft.human, method: draft.method },
        );
      const found = await getDeparture(tx, departure);
      requireKnown(await this.rulebook.getNorm(tx, found.normId), draft);
      requireAt(actor, 'evaluation.prepare', found.territoryPath, found.id);
      await requireState(tx, found, ['fieldwork'], { zh: '认定原因', en: 'to declare a cause' });
      const no = (await listAttributions(tx, found.id)).length + 1;
      await insertAttribution(tx, actor, found, no, draft);
      await noted(tx, actor, found, 'declare', { no, ...draft });
      return { no };
    });
  }

  /** Notes a comment, what was put right, or what came to light later. @throws DepartureRefused, StepNotYours */
  record(actor: Officer, departure: string, draft: RecordDraft, key: string): Promise<Done<{ readonly no: number }>> {
    return this.once(actor, { key, action: draft.kind, body: { departure, draft } }, async (tx) => {
      const found = await getDeparture(tx, departure);
      requireAt(actor, 'evaluation.prepare', found.territoryPath, found.id);
      await requireState(tx, found, recordedIn[draft.kind], { zh: '登记', en: 'to record this' });
      if (draft.kind === 'rectification') await requireFinding(tx, found, draft.finding);
      if (draft.notedOn > (await todayOf(tx)))
        throw new DepartureRefused(found.code, { zh: '日期在今天以后', en: 'the day lies in the future' });
      const no = (await listRecords(tx, found.id)).length + 1;
      await insertRecord(tx, actor, found, no, draft);
      if (draft.kind === 'comment') await meetComments(tx, actor, found, draft.notedOn);
      await noted(tx, actor, found, draft.kind, { no, ...draft });
      return { no };
    });
  }

  list(actor: Officer, filter: DepartureFilter): Promise<Departure[]> {
    return this.database.snapshot(actor, (tx) => listDepartures(tx, filter));
  }

  /** @throws DepartureMissing */
  show(actor: Officer, departure: string): Promise<DepartureView> {
    return this.database.snapshot(actor, async (tx) => viewDeparture(tx, await getDeparture(tx, departure)));
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

/** The first comment ends the wait. @throws DepartureRefused before the report was sent, ClockRefused after the ten days */
async function meetComments(tx: EntityManager, actor: Officer, { id, code }: Departure, on: string): Promise<void> {
  const sentOn = (await findReport(tx, id))?.sentOn;
  if (sentOn === undefined || on < sentOn)
    throw new DepartureRefused(code, {
      zh: `报告于 ${sentOn ?? '—'} 送达，意见不能早于该日`,
      en: `the report was sent on ${sentOn ?? '—'}, and no comment on it is earlier`,
    });
  const subject = { kind: departureSteps.kind, id };
  const [clock] = await listClocks(tx, { subject, code: commentClock, open: true });
  if (clock) await meetClock(tx, actor, { subject, code: commentClock, on });
}

/** @throws AttributionRefused for a type or service that the norm does not have */
function requireKnown({ types, services }: NormEdition, { type, service }: AttributionDraft): void {
  for (const [named, known, what] of [
    [type, types, { zh: '生态系统类型', en: 'ecosystem type' }],
    [service, services, { zh: '服务', en: 'service' }],
  ] as const) {
    const codes = known.map(({ code }) => code);
    if (named === null || codes.includes(named)) continue;
    throw new AttributionRefused(
      {
        zh: `规范没有${what.zh}“${named}”；可用：${codes.join('、')}`,
        en: `the norm has no ${what.en} "${named}"; it has ${codes.join(', ')}`,
      },
      { named, known: codes },
    );
  }
}
