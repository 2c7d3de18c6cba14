/** What is done for a whole dividend at once, by a worker: allotted by the register, declared and paid, each exactly once. */
import { randomBytes } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { daysOfPeriod, DomainError, formatYuan, periodEnd } from '@gep/kernel';
import { postRun } from '@gep/ledger';
import { type Actor, announce, answerOnce, appendAudit, Database, rootPath } from '@gep/platform';
import {
  ClockBooks,
  DisputedFigures,
  frozenFigures,
  getSubject,
  judgeStep,
  type Officer,
  owePublication,
  takeStep,
  wholeSubject,
} from '@gep/procedure';
import { getPolicyEdition } from '@gep/rulebook';
import { noteReliances } from '@gep/settlement';
import { isWithin } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { getCompany } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import { readWeights } from '../owner/owner-weights.store';
import { allotApart } from './allot-lines.pool';
import type { AllottedLines } from './allot-lines';
import { openBook } from '../income/company-book.store';
import { codeOfDividend, type Dividend } from './dividend';
import { readDisputedLine } from './disputed-line.service';
import { dividendTaskRequested } from './dividend-events';
import { insertLineDeeds, insertLines, listLines, readPayableLines } from './dividend-line.store';
import { declarationRun, paymentRun } from './dividend-run';
import { subjectOf } from './dividend.service';
import { dividendTable, type DividendState } from './dividend-steps';
import {
  beginTask,
  type DividendTask,
  endTask,
  insertTask,
  listQuietTasks,
  lockTask,
  noteProgress,
  type TaskAct,
} from './dividend-task.store';
import { getDividend, insertAllotment, insertStretches } from './dividend.store';
import { DividendRefused } from './errors';
import { payReleased } from './pay-released.store';
import { reliancesOf } from './reliances.store';
import { weightKindOf } from './share-dividend';

/** Keeps the book of tasks; the deeds themselves are those of the person who asked. */
const taskActor: Actor = { id: 'system:dividend', name: 'work on dividends', scope: [rootPath] };

const beatMs = 15_000;

export interface TaskWish {
  /** Or code. */
  readonly id: string;
  readonly act: TaskAct;
  readonly reason?: string;
}

@Injectable()
export class DividendRuns {
  constructor(
    private readonly database: Database,
    private readonly clocks: ClockBooks,
    @Optional() figures?: DisputedFigures,
  ) {
    figures?.add(dividendTable.kind, readDisputedLine);
  }

  /** Asks for the work; the person is judged now, and again when it is done. @throws DividendMissing, StepRefused, DividendRefused */
  request(
    officer: Officer,
    wish: TaskWish,
    key: string,
  ): Promise<{ readonly id: string; readonly taskId: string; readonly replayed: boolean }> {
    return this.database.transaction(officer, async (tx) => {
      const command = { actor: officer, key, action: `procurement.dividend.ask-${wish.act}`, body: wish };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const { id, territoryPath } = await getDividend(tx, wish.id);
        await judgeNow(tx, officer, { ...wish, id });
        const task = await insertTask(tx, officer, {
          dividendId: id,
          territoryPath,
          act: wish.act,
          reason: wish.reason,
        });
        if (!task)
          throw new DividendRefused(wish.id, {
            zh: '前一项工作尚未完成；请稍后再试（gep dividend show 或 GET /api/v1/dividends/{id}）',
            en: 'work asked for before is not done yet; ask again later (gep dividend show or GET /api/v1/dividends/{id})',
          });
        await announce(tx, { event: dividendTaskRequested, key: task.id, payload: { taskId: task.id } });
        await appendAudit(tx, {
          actor: officer,
          action: command.action,
          subject: id,
          territoryPath,
          after: { task: task.id },
        });
        return { id, taskId: task.id };
      });
      return { ...response, replayed };
    });
  }

  /** Announces work again in which nothing has moved. @returns how many */
  async reconcile(quietSeconds: number): Promise<number> {
    return this.database.transaction(taskActor, async (tx) => {
      const quiet = await listQuietTasks(tx, quietSeconds);
      for (const { id, begun } of quiet)
        await announce(tx, { event: dividendTaskRequested, key: `${id} ${begun}`, payload: { taskId: id } });
      return quiet.length;
    });
  }

  /** Does a task that is not done. A refusal ends it and is kept; whatever else goes wrong leaves it to be tried again. */
  async run(taskId: string): Promise<void> {
    const begun = await this.database.transaction(taskActor, (tx) => beginTask(tx, taskId));
    if (!begun) return;
    const { task, officer } = begun;
    // Work that is alive is not given to another worker.
    const beat = setInterval(() => void this.note(taskId).catch(() => undefined), beatMs);
    try {
      if (task.act === 'allot') await this.allot(officer, task);
      else await this.post(officer, task);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, text } = error;
      await this.database.transaction(taskActor, (tx) => endTask(tx, taskId, { code, text }));
    } finally {
      clearInterval(beat);
    }
  }

  private async allot(officer: Officer, task: DividendTask): Promise<void> {
    const noted = (stage: string, rows = 0) => this.note(task.id, stage, rows);
    await noted('register');
    const { dividend, rule, blocks } = await this.database.snapshot(officer, async (tx) => {
      const found = await getDividend(tx, task.dividendId);
      const { ruleEdition, counting, recordDate } = found.plan!;
      await deedDay(tx, recordDate);
      const edition = await getPolicyEdition(tx, ruleEdition);
      const held =
        counting === 'record-date'
          ? { from: recordDate, to: recordDate }
          : { from: daysOfPeriod(found.period)[0], to: periodEnd(found.period) };
      const weights = await readWeights(tx, weightKindOf(edition), { companyId: found.companyId, ...held });
      return { dividend: found, rule: edition, blocks: weights };
    });
    if (blocks.length === 0)
      throw new DividendRefused(codeOfDividend(dividend), {
        zh: '登记日没有持有人；请登记权利人与地块或股份（gep owner import）',
        en: 'nobody held anything on the record date; register owners with parcels or shares (gep owner import)',
      });
    await noted('sharing');
    const { period, incomeFen, costFen, plan } = dividend;
    const seed = randomBytes(32);
    const lines = await allotApart({
      ...{ file: rule.file, units: rule.units.definitions, edition: rule.edition, blocks, seed },
      earnings: { period, incomeFen, costFen, reserveShare: plan!.reserveShare },
    });
    await this.database.transaction(officer, async (tx) => {
      if (!(await lockTask(tx, task.id))) return;
      await takeStep(tx, officer, dividendTable, { id: dividend.id, act: 'allot', reason: task.reason });
      await this.keepLines(tx, dividend, lines, { seed, noted });
      await noteReliances(tx, await reliancesOf(tx, dividend, lines.dividendFen));
      const { owners, root, inputDigest, dividendFen, reserveFen, retainedFen } = lines;
      const after = { owners, root, inputDigest, dividendFen, reserveFen, retainedFen };
      await this.end(tx, officer, { dividend, task, after });
    });
  }

  private async keepLines(
    tx: EntityManager,
    dividend: Dividend,
    lines: AllottedLines,
    { seed, noted }: { readonly seed: Buffer; readonly noted: (stage: string, rows: number) => Promise<void> },
  ): Promise<void> {
    const { plan } = dividend;
    if (lines.dividendFen !== plan!.dividendFen || lines.reserveFen !== plan!.reserveFen)
      throw new DividendRefused(codeOfDividend(dividend), {
        zh: `规则按权利人分出 ${formatYuan(lines.dividendFen)} 元，与方案的 ${formatYuan(plan!.dividendFen)} 元不同；请核对规则`,
        en: `the rule gives owners ${formatYuan(lines.dividendFen)} yuan, and the plan says ${formatYuan(plan!.dividendFen)}; check the rule`,
      });
    let rows = 0;
    for (const block of lines.blocks) {
      await insertLines(tx, dividend, block);
      await noted('lines', (rows += block.rows));
    }
    await insertAllotment(tx, dividend, lines, { seed, tops: Buffer.from(lines.tops) });
    await insertStretches(tx, dividend, lines.stretches);
  }

  /** Declares or pays. */
  private async post(officer: Officer, task: DividendTask): Promise<void> {
    const clocks = await this.clocks.read();
    await this.note(task.id, 'posting', 0);
    await this.database.transaction(officer, async (tx) => {
      if (!(await lockTask(tx, task.id))) return;
      const dividend = await getDividend(tx, task.dividendId);
      const { from } = await takeStep(tx, officer, dividendTable, {
        id: dividend.id,
        act: task.act,
        reason: task.reason,
      });
      const book = await openBook(tx, await getCompany(tx, dividend.companyId));
      const on = await deedDay(tx, undefined);
      if (task.act === 'approve') {
        const blocks = await readPayableLines(tx, dividend.id);
        const { id: voucherId } = await postRun(tx, officer, declarationRun(dividend, book, blocks, on));
        await owePublication(tx, officer, clocks, { ...publicationOf(dividend), rule: 'result' });
        await this.end(tx, officer, { dividend, task, after: { voucherId } });
        return;
      }
      const frozen = await frozenFigures(tx, subjectOf(dividend.id));
      if (frozen.has(wholeSubject))
        throw new DividendRefused(codeOfDividend(dividend), {
          zh: '整项分红在争议中；争议了结后再支付（gep appeal list）',
          en: 'the whole dividend is disputed; pay when the dispute has ended (gep appeal list)',
        });
      if (from === 'paid') {
        const after = await payReleased(tx, officer, { dividend, book, frozen, on, reason: task.reason });
        await this.end(tx, officer, { dividend, task, after });
        return;
      }
      const held = (await listLines(tx, dividend.id, 'declared', { owners: [...frozen] })).filter(
        ({ amountFen }) => amountFen > 0n,
      );
      const blocks = await readPayableLines(
        tx,
        dividend.id,
        held.map(({ owner }) => owner),
      );
      const run = blocks.length > 0 && (await postRun(tx, officer, paymentRun(dividend, book, blocks, on)));
      const holds = held.map(({ owner, territoryPath, amountFen }) => ({
        ...{ owner, no: 1, territoryPath, act: 'hold' as const, claimant: null, amountFen },
      }));
      const why = { voucherId: null, reason: 'disputed', on };
      if (holds.length > 0) await insertLineDeeds(tx, officer, dividend.id, holds, why);
      await this.end(tx, officer, { dividend, task, after: { voucherId: run && run.id, held: holds.length } });
    });
  }

  private async end(
    tx: EntityManager,
    officer: Officer,
    { dividend, task, after }: { readonly dividend: Dividend; readonly task: DividendTask; readonly after: object },
  ): Promise<void> {
    await endTask(tx, task.id, null);
    const { id, territoryPath } = dividend;
    await appendAudit(tx, {
      ...{ actor: officer, action: `procurement.dividend.${task.act}`, subject: id, territoryPath },
      after: { ...after, task: task.id },
    });
  }

  private note(taskId: string, stage?: string, rows?: number): Promise<void> {
    return this.database.transaction(taskActor, (tx) => noteProgress(tx, taskId, stage, rows));
  }
}

async function judgeNow(tx: EntityManager, officer: Officer, { id, act, reason }: TaskWish): Promise<void> {
  const subject = subjectOf(id);
  const { state, steps, territoryPath } = await getSubject(tx, subject);
  judgeStep(dividendTable, state as DividendState, act, {
    ...{ subject, steps, reason: reason ?? null, actorId: officer.id, actorName: officer.name },
    holds: (permission) => (officer.permissions?.get(permission) ?? []).some((path) => isWithin(territoryPath, path)),
  });
}

/** Counts and totals for everybody; of owners only how many there are. */
function publicationOf(dividend: Dividend) {
  const { id, company, period, round, territoryPath, incomeFen, costFen, plan, allotment } = dividend;
  const { reserveFen, dividendFen, retainedFen, owners, root } = allotment!;
  const yuan = { income: incomeFen, cost: costFen, reserve: reserveFen, dividend: dividendFen, retained: retainedFen };
  return {
    ...{ subject: subjectOf(id), territoryPath },
    document: {
      ...{ kind: 'dividend', id, company, period, round, owners, recordDate: plan!.recordDate },
      ...{ rule: plan!.policy, ruleEdition: plan!.ruleEdition, reserveShare: plan!.reserveShare },
      yuan: Object.fromEntries(Object.entries(yuan).map(([name, fen]) => [name, formatYuan(fen)])),
      proof: { root, totalFen: dividendFen.toString(), check: 'gep dividend verify-proof' },
    },
  };
}
