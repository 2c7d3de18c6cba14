/** What follows from a step of an appeal: clocks that start and end, a pause, the end with its announcement and publication. */
import { announce } from '@gep/platform';
import { type ClockBook, clockRuleOn, lastDayOf } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { extendClock, listClocks, meetClock, startClock, todayOf, waiveClocks } from '../clock/clock.store';
import { AppealRefused } from '../errors';
import { appealDecided } from '../events';
import type { Officer } from '../officer';
import { owePublication } from '../publication/publication.store';
import { complaintFrom, complaintTooEarly, decisionDocument, type Appeal } from './appeal';
import { appealKind, isOutcome, type AppealAct, type AppealOutcome, type AppealState } from './appeal-table';
import { insertEnd, insertPause } from './appeal.store';

/** What somebody wishes to do with an appeal. */
export interface AppealWish {
  readonly id: string;
  readonly act: AppealAct;
  readonly reason: string;
  readonly documentDigest?: string | null;
  /** Last day of a pause, which lasts thirty days at most; those when absent. */
  readonly until?: string;
  /** Days that an inspection takes, which the time to decide does not count. */
  readonly days?: number;
}

/** The step taken: how the appeal stood before it, and where it led. */
interface TakenWish {
  readonly wish: AppealWish;
  readonly before: Appeal;
  readonly to: AppealState;
}

/** @throws AppealRefused, ClockRefused */
export async function carryOut(tx: EntityManager, actor: Officer, book: ClockBook, taken: TakenWish): Promise<void> {
  const { wish, before, to } = taken;
  const subject = { kind: appealKind, id: before.id };
  const today = await todayOf(tx);
  const replyDue = async () => (await listClocks(tx, { subject, code: 'query-reply' }))[0].dueOn;
  const startComplaint = async (repliedOn: string | null) => {
    const from = complaintFrom(await replyDue(), repliedOn);
    await startClock(tx, actor, book, { subject, territoryPath: before.territoryPath, code: 'complaint', from });
  };
  switch (wish.act) {
    case 'reply':
      await meetClock(tx, actor, { subject, code: 'query-reply', on: today, book });
      await startComplaint(today);
      break;
    case 'admit':
      await meetClock(tx, actor, { subject, code: 'query-reply', on: today, book });
      break;
    case 'complain': {
      const early = complaintTooEarly(before.state, await replyDue(), today);
      if (early) throw new AppealRefused(before.id, early);
      if (before.state === 'queried') await startComplaint(null);
      await meetClock(tx, actor, { subject, code: 'complaint', on: today, book });
      const { superiorPath: territoryPath } = before;
      await startClock(tx, actor, book, { subject, territoryPath, code: 'complaint-decision', from: today });
      break;
    }
    case 'pause':
      await pause(tx, book, before, { today, until: wish.until });
      break;
    case 'inspect':
      if (wish.days === undefined)
        throw new AppealRefused(before.id, {
          zh: '请写明检验、评审所需天数',
          en: 'say how many days the inspection takes',
        });
      await extendClock(tx, book, { subject, code: 'complaint-decision', days: wish.days, reason: wish.reason });
      break;
    case 'uphold':
    case 'uphold-partly':
    case 'reject':
      await meetClock(tx, actor, { subject, code: 'complaint-decision', on: today, book });
      break;
    default:
  }
  if (isOutcome(to)) await end(tx, actor, book, { ...taken, to }, today);
}

async function pause(
  tx: EntityManager,
  book: ClockBook,
  appeal: Appeal,
  { today, until }: { readonly today: string; readonly until?: string },
): Promise<void> {
  const code = 'complaint-pause';
  const rule = clockRuleOn(book, code, today);
  const last = rule ? lastDayOf(book, rule, today).day : today;
  const chosen = until ?? last;
  if (appeal.pausedUntil !== null || chosen <= today || chosen > last)
    throw new AppealRefused(
      appeal.id,
      {
        zh: `程序只能暂停一次，至多到 ${last}${rule ? `（${rule.law.zh}）` : ''}`,
        en: `a procedure is paused once, and until ${last} at most${rule ? ` (${rule.law.en})` : ''}`,
      },
      { last, pausedUntil: appeal.pausedUntil },
    );
  await insertPause(tx, appeal, today, chosen);
}

/** By decision it is published, however it ends it is announced, and nothing runs on. */
async function end(
  tx: EntityManager,
  actor: Officer,
  book: ClockBook,
  { wish, before, to }: TakenWish & { readonly to: AppealOutcome },
  today: string,
): Promise<void> {
  const subject = { kind: appealKind, id: before.id };
  await insertEnd(tx, before, to);
  await waiveClocks(tx, { subject, because: `the appeal ended: ${to}` });
  if (before.state === 'complained' && to !== 'withdrawn') {
    const document = decisionDocument(before, to, { reason: wish.reason, on: today });
    await owePublication(tx, actor, book, { subject, territoryPath: before.superiorPath, rule: 'decision', document });
  }
  const { figure, subject: about, territoryPath } = before;
  const payload = { appealId: before.id, kind: about.kind, subjectId: about.id, figure, outcome: to, territoryPath };
  await announce(tx, { event: appealDecided, key: before.id, payload });
}
