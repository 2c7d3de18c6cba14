/** Scores everybody of a territory anew: asked for, done in parts by a worker, and gone on with where it stopped. */
import { randomUUID } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { DomainError } from '@gep/kernel';
import { type Actor, announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { creditRescored, rescoreRequested } from '../events';
import type { CreditEdition } from '../score/scorer';
import { countPart } from './part-count.service';
import { getLastNumber, insertScores, lockAllScores } from './rescore-part.store';
import {
  findLastPart,
  getRun,
  insertEnd,
  insertPart,
  insertRun,
  listQuietRuns,
  listRuns,
  lockRun,
  type RescoreRun,
  tryLockRun,
} from './rescore.store';

const systemActor: Actor = { id: 'system:credit', name: 'credit', scope: ['CN'] };

/** A part is read in one pass over all entries; its columns take some 40 bytes a subject. */
const subjectsOfOnePart = 2_000_000;

@Injectable()
export class RescoreService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
    @Optional() private readonly subjectsOfPart = subjectsOfOnePart,
  ) {}

  /** @throws CreditRefused when the day is yet to come */
  request(
    actor: Officer,
    wish: { readonly territoryPath: string; readonly asOf?: string },
    key: string,
  ): Promise<CreditDone<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.rescore', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const { territoryPath } = wish;
        const today = await todayOf(tx);
        const { asOf = today } = wish;
        // What is stored last is the score of today: an older day would take its place.
        if (asOf !== today)
          throw new CreditRefused(
            {
              zh: `只能重算今天（${today}）的分数；某日的分数见 gep credit score --day`,
              en: `scores are made anew as of today, ${today}; gep credit score --day shows that of another day`,
            },
            { asOf, today },
          );
        const id = randomUUID();
        await insertRun(tx, { id, territoryPath, asOf, scope: [...actor.scope], requestedName: actor.name });
        await announce(tx, { event: rescoreRequested, key: id, payload: { runId: id } });
        await appendAudit(tx, {
          ...{ actor, action: 'credit.rescore-requested', subject: id, territoryPath },
          after: { asOf },
        });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** Goes on until the run has ended; a second worker waits for the first. What refuses it is its end. @throws CreditMissing */
  async run(id: string): Promise<RescoreRun> {
    const run = await this.database.snapshot(systemActor, (tx) => getRun(tx, id));
    const { requestedBy, requestedName: name, scope } = run;
    const actor: Actor = { id: requestedBy, name, scope };
    const known = new Map<string, CreditEdition>();
    try {
      while (await this.database.transaction(actor, (tx) => this.doPart(tx, actor, id, known)));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code.startsWith('platform.')) throw error;
      const { code, text } = error;
      await this.database.transaction(actor, async (tx) => {
        await lockRun(tx, id);
        if ((await getRun(tx, id)).endedAt === null) await insertEnd(tx, run, { code, text });
      });
    }
    return this.database.snapshot(systemActor, (tx) => getRun(tx, id));
  }

  /** @throws CreditMissing */
  get(actor: Actor, id: string): Promise<RescoreRun> {
    return this.database.snapshot(actor, (tx) => getRun(tx, id));
  }

  list(actor: Actor, limit: number): Promise<RescoreRun[]> {
    return this.database.snapshot(actor, (tx) => listRuns(tx, { limit }));
  }

  /** Announces again runs on which nothing happened for so long and nobody works. @returns how many */
  reconcile(quietSeconds: number): Promise<number> {
    return this.database.transaction(systemActor, async (tx) => {
      const quiet = await listQuietRuns(tx, quietSeconds);
      let left = 0;
      for (const { id, issue } of quiet) {
        if (!(await tryLockRun(tx, id))) continue;
        await announce(tx, { event: rescoreRequested, key: `${id} ${issue}`, payload: { runId: id } });
        left++;
      }
      return left;
    });
  }

  /**
   * Reads and counts without holding anybody up; what is scored meanwhile keeps its place (`insertScores`). That holds because the
   * part is read after the last number was noted, when no deed was in the middle of scoring.
   * @returns whether there may be more
   */
  private async doPart(
    tx: EntityManager,
    actor: Actor,
    id: string,
    known: Map<string, CreditEdition>,
  ): Promise<boolean> {
    await lockRun(tx, id);
    const run = await getRun(tx, id);
    if (run.endedAt !== null) return false;
    const from = await findLastPart(tx, id);
    const after = await this.database.transaction(actor, async (other) => {
      await lockAllScores(other);
      return getLastNumber(other);
    });
    const span = { territoryPath: run.territoryPath, from, most: this.subjectsOfPart };
    const part = await this.database.snapshot(actor, (other) => countPart(other, { run, span }, this.editions, known));
    if (!part) {
      await endRun(tx, actor, run);
      return false;
    }
    await lockAllScores(tx);
    const since = { after, till: await getLastNumber(tx) };
    let changed = 0;
    for (const scores of part.changed) changed += await insertScores(tx, run, since, scores);
    await insertPart(tx, run, { no: (from?.no ?? 0) + 1, ...part.last, subjects: part.subjects, changed });
    return true;
  }
}

async function endRun(tx: EntityManager, actor: Actor, run: RescoreRun): Promise<void> {
  const { id, subjects, changed, territoryPath } = run;
  await insertEnd(tx, run, null);
  await announce(tx, { event: creditRescored, key: id, payload: { runId: id, subjects, changed } });
  await appendAudit(tx, {
    ...{ actor, action: 'credit.rescored', subject: id, territoryPath },
    after: { subjects, changed },
  });
}
