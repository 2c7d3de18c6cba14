/** Use cases of a dividend up to the vote, its withdrawal and its end; and how it stands. */
import { Injectable } from '@nestjs/common';
import { Fraction, parsePeriod, type Period } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import {
  ClockBooks,
  getSubject,
  meetClock,
  type Officer,
  openSubject,
  startClock,
  takeStep,
  type TakenStep,
} from '@gep/procedure';
import { policyInForce } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { getCompany, lockRegister } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import { readClosedPeriod } from '../income/company-book.store';
import type { Counting, Dividend, DividendPlan, RecordedVote } from './dividend';
import { type DividendAct, type DividendState, dividendTable } from './dividend-steps';
import { countLinesApart, type LineCount } from './dividend-line.store';
import { findTask, type DividendTask } from './dividend-task.store';
import { getDividend, insertDividend, insertPlan, insertVote, listDividends } from './dividend.store';
import { DividendRefused } from './errors';
import { requireAllPaid } from '../income/paid-income.service';
import { judgeVote, type VoteFault } from './judge-vote';
import { shareDividend } from './share-dividend';

export interface PlanWish {
  /** Code or id. */
  readonly company: string;
  readonly period: Period;
  /** Id of the rule that is in force for the company's territory. */
  readonly policy: string;
  readonly reserveShare: string;
  readonly counting: Counting;
  readonly recordDate: string;
  readonly unclaimedAfter: number;
  readonly memo: string;
}

export interface DividendView extends Dividend {
  readonly state: DividendState;
  readonly steps: readonly TakenStep[];
  readonly apart: readonly LineCount[];
  /** What the worker is doing for it, or did last. */
  readonly task: DividendTask | null;
}

/** Kept with the answer: the id is enough to show it anew. */
interface Done {
  readonly id: string;
  /** It had been done before by the same key. */
  readonly replayed: boolean;
}

@Injectable()
export class DividendService {
  constructor(
    private readonly database: Database,
    private readonly clocks: ClockBooks,
  ) {}

  /** @param named id or code, as in all deeds below @throws DividendMissing */
  show(actor: Actor, named: string): Promise<DividendView> {
    return this.database.snapshot(actor, async (tx) => viewOf(tx, await getDividend(tx, named)));
  }

  /**
   * Takes income and cost from the closed book, and fixes how they are to be shared. A plan that was rejected, or that
   * members have not been told of, may be made anew.
   * @throws CompanyMissing, DividendRefused, IncomeNotPaid, PolicyNotInForce, StepRefused
   */
  plan(officer: Officer, wish: PlanWish, key: string): Promise<Done> {
    return this.once(officer, 'plan', wish, key, async (tx) => {
      const company = await getCompany(tx, wish.company);
      await lockRegister(tx, `dividends ${company.id}`);
      const period = parsePeriod(wish.period);
      const rounds = await listDividends(tx, { companyId: company.id, period });
      let dividend: Dividend | undefined;
      for (const each of rounds) if ((await getSubject(tx, subjectOf(each.id))).state !== 'withdrawn') dividend = each;
      if (!dividend) {
        const closed = await readClosedPeriod(tx, company, period);
        await requireAllPaid(tx, company);
        const id = await insertDividend(tx, company, { period, round: rounds.length + 1, ...closed });
        await openSubject(tx, officer, dividendTable, { id, territoryPath: company.territoryPath });
        dividend = await getDividend(tx, id);
      }
      await takeStep(tx, officer, dividendTable, { id: dividend.id, act: 'plan', reason: wish.memo });
      const plan = await this.planned(tx, dividend, wish);
      await insertPlan(tx, dividend, plan);
      return { dividend, after: { ...plan, company: company.code, period } };
    });
  }

  private async planned(tx: EntityManager, dividend: Dividend, wish: PlanWish): Promise<DividendPlan> {
    const { company, period, incomeFen, costFen, territoryPath } = dividend;
    const what = `${company} ${period}`;
    const share = Fraction.parse(wish.reserveShare);
    if (!share || share.numerator < 0n || share.compare(Fraction.one) > 0)
      throw new DividendRefused(what, {
        zh: `提取比例“${wish.reserveShare}”应在 0 与 1 之间，如 0.1`,
        en: `the share of the reserve "${wish.reserveShare}" must be between 0 and 1, such as 0.1`,
      });
    const { rule, edition } = await policyInForce(tx, { territoryPath, id: wish.policy, period });
    const everybody = [{ owner: 'all', weight: Fraction.one }];
    const shared = shareDividend(rule, { period, incomeFen, costFen, reserveShare: wish.reserveShare }, everybody);
    if (shared.dividendFen <= 0n)
      throw new DividendRefused(what, {
        zh: '收入不多于成本与提取，没有可分配的收益',
        en: 'income does not exceed cost and reserve, so there is nothing to share out',
      });
    const { reserveFen, dividendFen, retainedFen } = shared;
    const { policy, reserveShare, counting, recordDate, unclaimedAfter, memo } = wish;
    return {
      ...{ no: (dividend.plan?.no ?? 0) + 1, policy, ruleEdition: edition, reserveShare, counting, recordDate },
      ...{ unclaimedAfter, reserveFen, dividendFen, retainedFen, memo },
    };
  }

  /** Members are told of the plan; ten days later they may vote. @throws DividendMissing, StepRefused, ClockRefused */
  async notice(
    officer: Officer,
    wish: { readonly id: string; readonly on?: string; readonly documentDigest: string },
    key: string,
  ): Promise<Done> {
    const book = await this.clocks.read();
    return this.once(officer, 'notice', wish, key, async (tx) => {
      const dividend = await getDividend(tx, wish.id);
      const { id } = dividend;
      const { documentDigest } = wish;
      const on = await deedDay(tx, wish.on);
      await takeStep(tx, officer, dividendTable, { id, act: 'notice', documentDigest });
      const clock = {
        subject: subjectOf(id),
        territoryPath: dividend.territoryPath,
        code: 'dividend-notice',
        from: on,
      };
      const { dueOn } = await startClock(tx, officer, book, clock);
      return { dividend, after: { on, documentDigest, voteAfter: dueOn } };
    });
  }

  /** Records a meeting of members. Two thirds of all attend, and two thirds of all agree; else the plan is rejected. */
  vote(officer: Officer, wish: RecordedVote & { readonly id: string }, key: string): Promise<Done> {
    return this.once(officer, 'vote', wish, key, async (tx) => {
      const { id: named, ...vote } = wish;
      const dividend = await getDividend(tx, named);
      const { id } = dividend;
      const verdict = judgeVote(vote);
      if (verdict in faultTexts) throw new DividendRefused(named, faultTexts[verdict as VoteFault]);
      const heldOn = await deedDay(tx, vote.heldOn);
      await meetClock(tx, officer, { subject: subjectOf(id), code: 'dividend-notice', on: heldOn });
      const act = verdict === 'resolved' ? 'resolve' : 'reject';
      await takeStep(tx, officer, dividendTable, { id, act, reason: verdict, documentDigest: vote.documentDigest });
      await insertVote(tx, dividend, { ...vote, heldOn });
      return { dividend, after: { ...vote, verdict } };
    });
  }

  /** @throws DividendMissing, StepRefused */
  withdraw(officer: Officer, wish: { readonly id: string; readonly reason: string }, key: string): Promise<Done> {
    return this.once(officer, 'withdraw', wish, key, async (tx) => {
      const dividend = await getDividend(tx, wish.id);
      await takeStep(tx, officer, dividendTable, { ...wish, id: dividend.id, act: 'withdraw' });
      return { dividend, after: { reason: wish.reason } };
    });
  }

  /** Ends a dividend of which nothing is disputed or on its way back; what is set aside stays owed. */
  close(officer: Officer, named: string, key: string): Promise<Done> {
    return this.once(officer, 'close', { id: named }, key, async (tx) => {
      const dividend = await getDividend(tx, named);
      const { id } = dividend;
      await takeStep(tx, officer, dividendTable, { id, act: 'close' });
      const open = (await countLinesApart(tx, id)).filter(({ state }) => state !== 'set-aside');
      if (open.length > 0)
        throw new DividendRefused(named, {
          zh: `尚有 ${open.map(({ lines, state }) => `${lines} 行 ${state}`).join('、')}；请先了结争议，并将退回款转为未领`,
          en: `there are ${open.map(({ lines, state }) => `${lines} lines ${state}`).join(', ')}; end disputes, and set aside what came back`,
        });
      return { dividend, after: {} };
    });
  }

  private async once(
    actor: Actor,
    act: DividendAct | 'vote',
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<{ readonly dividend: Dividend; readonly after: object }>,
  ): Promise<Done> {
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action: `procurement.dividend.${act}`, body }, async () => {
        const { dividend, after } = await work(tx);
        const { id, territoryPath } = dividend;
        await appendAudit(tx, { actor, action: `procurement.dividend.${act}`, subject: id, territoryPath, after });
        return { id };
      }),
    );
    return { ...response, replayed };
  }
}

const faultTexts: Readonly<Record<VoteFault, { zh: string; en: string }>> = {
  members: { zh: '成员总数应大于零', en: 'there must be members' },
  attended: { zh: '参加人数应不多于成员总数', en: 'no more can attend than there are members' },
  votes: { zh: '赞成与反对之和不能多于参加人数', en: 'no more can vote than attend' },
};

/** The subject of procedures that a dividend is. */
export const subjectOf = (id: string) => ({ kind: dividendTable.kind, id });

export async function viewOf(tx: EntityManager, dividend: Dividend): Promise<DividendView> {
  const { state, steps } = await getSubject(tx, subjectOf(dividend.id));
  const apart = await countLinesApart(tx, dividend.id);
  return { ...dividend, state: state as DividendState, steps, apart, task: await findTask(tx, dividend.id) };
}

/** Where the money of all lines is that nothing happened to alone. @throws ProcedureMissing */
export async function standingOf(tx: EntityManager, id: string): Promise<'allotted' | 'declared' | 'paid'> {
  const { state } = await getSubject(tx, subjectOf(id));
  if (state === 'declared') return state;
  return state === 'paid' || state === 'closed' ? 'paid' : 'allotted';
}
