/** Runs of scores by the queue: asked for, computed once however often the job comes, and issued again when it was lost. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@gep/kernel';
import { type Actor, announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { holdsAt, type Officer, StepNotYours } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import type { Done } from '../done';
import { scorecardOf } from './delivery.service';
import { ScoreMissing } from './errors';
import { scoringRequested } from './events';
import {
  findScoreRequest,
  insertScoreOutcome,
  insertScoreRequest,
  listQuietScoreRequests,
  type ScoreRequest,
} from './score-request.store';
import { ScoreRunService, type ScoringWish } from './score-run.service';
import { scoreRunSteps } from './score-steps';

const systemActor: Actor = { id: 'system:evaluation', name: 'evaluation', scope: ['CN'] };
const asking = { zh: '申请评分', en: 'ask for scores' };
const prepares = 'evaluation.prepare';

@Injectable()
export class ScoreRequests {
  constructor(
    private readonly database: Database,
    private readonly runs: ScoreRunService,
  ) {}

  /** Asks for a run, which a worker computes in the name of whoever asked. @throws PolicyNotInForce, StepNotYours */
  async request(actor: Officer, wish: ScoringWish, key: string): Promise<Done<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'evaluation.scores.request', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const { rule, placePath: territoryPath } = await scorecardOf(tx, wish);
        if (!holdsAt(actor, prepares, territoryPath))
          throw new StepNotYours({ kind: scoreRunSteps.kind, name: scoreRunSteps.name, id: rule.id }, asking, prepares);
        const id = randomUUID();
        const { period } = wish;
        await insertScoreRequest(tx, actor, { id, territoryPath, scorecard: rule.id, period, wish });
        await announce(tx, { event: scoringRequested, key: id, payload: { requestId: id } });
        const subject = `${rule.id} ${period}`;
        await appendAudit(tx, {
          actor,
          action: 'evaluation.scores-requested',
          subject,
          territoryPath,
          after: { id, ...wish },
        });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** Computes what was asked for; a second time does nothing. What refuses it is its outcome. */
  async compute(id: string): Promise<void> {
    const request = await this.database.snapshot(systemActor, (tx) => findScoreRequest(tx, id));
    if (!request || isEnded(request)) return;
    const { requestedBy, requestedName: name, scope, wish } = request;
    // What they may do was judged when they asked.
    const permissions = new Map([[prepares, scope]]);
    const actor: Officer = { id: requestedBy, name, scope, permissions };
    try {
      await this.database.transaction(actor, async (tx) => {
        if (isEnded(await getRequest(tx, id))) return;
        const run = await this.runs.computeIn(tx, actor, wish);
        await insertScoreOutcome(tx, request, { runId: run.id });
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, kind, text, facts } = error;
      await this.database.transaction(actor, (tx) =>
        insertScoreOutcome(tx, request, { refusal: { code, kind, text, facts } }),
      );
    }
  }

  /** @throws ScoreMissing */
  get(actor: Actor, id: string): Promise<ScoreRequest> {
    return this.database.snapshot(actor, (tx) => getRequest(tx, id));
  }

  /** Announces again what was asked for and has no outcome for so long; for the schedule. @returns how many */
  reconcile(quietSeconds: number): Promise<number> {
    return this.database.transaction(systemActor, async (tx) => {
      const quiet = await listQuietScoreRequests(tx, quietSeconds);
      for (const { id, issue } of quiet)
        await announce(tx, { event: scoringRequested, key: `${id} ${issue}`, payload: { requestId: id } });
      return quiet.length;
    });
  }
}

const isEnded = ({ runId, refusal }: ScoreRequest): boolean => runId !== null || refusal !== null;

async function getRequest(tx: EntityManager, id: string): Promise<ScoreRequest> {
  const found = /^[0-9a-f-]{36}$/i.test(id) ? await findScoreRequest(tx, id) : undefined;
  if (!found) throw new ScoreMissing({ zh: '评分申请', en: 'request of scores' }, id);
  return found;
}
