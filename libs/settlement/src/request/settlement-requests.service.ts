/** Settlements by the queue: asked for, computed once however often the job comes, and issued again when it was lost. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digestOfValue, DomainError } from '@gep/kernel';
import { type Actor, announce, answerOnce, appendAudit, Database } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { computeSettlement } from '../compute/compute-settlement.service';
import type { SettlementDraft } from '../draft/settlement-draft';
import { SettlementMissing } from '../errors';
import { settlementRequested } from '../events';
import { SettlementTools } from '../settlement-tools.service';
import { findRequest, insertOutcome, insertRequest, listQuietRequests, type SettlementRequest } from './request.store';

const systemActor: Actor = { id: 'system:settlement', name: 'settlement', scope: ['CN'] };

@Injectable()
export class SettlementRequests {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
  ) {}

  /** Asks for a settlement, which a worker computes in the name of whoever asked. */
  async request(
    actor: Actor,
    draft: SettlementDraft,
    key: string,
  ): Promise<{ readonly requestId: string; readonly replayed: boolean }> {
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action: 'settlement.request', body: draft }, async () => {
        const id = randomUUID();
        await insertRequest(tx, actor, { id, draft, bodyDigest: digestOfValue(draft) });
        await announce(tx, { event: settlementRequested, key: id, payload: { requestId: id } });
        const { territoryPath, code, agreement, period } = draft;
        const after = { code, agreement, period, kind: draft.kind };
        await appendAudit(tx, { actor, action: 'settlement.request', subject: id, territoryPath, after });
        return { requestId: id };
      }),
    );
    return { ...response, replayed };
  }

  /** Computes what was asked for; a second time does nothing. What refuses it is its outcome. */
  async compute(requestId: string): Promise<void> {
    const request = await this.database.snapshot(systemActor, (tx) => findRequest(tx, requestId));
    if (!request || isEnded(request)) return;
    const { requestedBy: id, requestedName: name, scope, territoryPath } = request;
    const actor: Officer = { id, name, scope };
    try {
      await this.database.transaction(actor, async (tx) => {
        const now = await getRequest(tx, requestId);
        if (isEnded(now)) return;
        const settlement = await computeSettlement(tx, actor, this.tools, request.draft);
        await insertOutcome(tx, request, { settlementId: settlement.id });
        const after = { code: settlement.code, decisionDigest: settlement.decisionDigest, request: requestId };
        await appendAudit(tx, { actor, action: 'settlement.compute', subject: settlement.id, territoryPath, after });
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, kind, text, facts } = error;
      await this.database.transaction(actor, (tx) =>
        insertOutcome(tx, request, { refusal: { code, kind, text, facts } }),
      );
    }
  }

  /** @throws SettlementMissing */
  get(actor: Actor, requestId: string): Promise<SettlementRequest> {
    return this.database.snapshot(actor, (tx) => getRequest(tx, requestId));
  }

  /** Announces again what was asked for and has no outcome for so long; for the schedule. @returns how many */
  reconcile(quietSeconds: number): Promise<number> {
    return this.database.transaction(systemActor, async (tx) => {
      const quiet = await listQuietRequests(tx, quietSeconds);
      for (const { id, issue } of quiet)
        await announce(tx, { event: settlementRequested, key: `${id} ${issue}`, payload: { requestId: id } });
      return quiet.length;
    });
  }
}

const isEnded = ({ settlementId, refusal }: SettlementRequest): boolean => settlementId !== null || refusal !== null;

async function getRequest(tx: EntityManager, id: string): Promise<SettlementRequest> {
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findRequest(tx, id) : undefined;
  if (!found) throw new SettlementMissing({ zh: '结算申请', en: 'request of a settlement' }, id);
  return found;
}
