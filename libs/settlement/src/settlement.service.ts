/** Use cases of settlement: each is one transaction, acts once per key, and leaves its row in the trail. */
import { Injectable, Optional } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { DisputedFigures, type Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { actOnSettlement, type SettlementWish } from './act/act-on-settlement.service';
import { computeSettlement } from './compute/compute-settlement.service';
import type { SettlementDraft } from './draft/settlement-draft';
import { SettlementGated } from './errors';
import { settlementTable } from './settlement-steps';
import { SettlementTools } from './settlement-tools.service';
import { getHead, listHeads, settlementIdOf, type SettlementFilter } from './settlement.store';
import type { SettlementHead, ShownSettlement } from './settlement';
import { disputedFigure } from './view/disputed-figure.service';
import { explainSettlement, type SettlementExplanation } from './view/explain-settlement.service';
import { listPayments } from './view/paid-sources.service';
import { verifySettlement, type SettlementVerdict } from './view/verify-settlement.service';
import { viewSettlement } from './view/settlement-view.service';

/** `replayed`: the same command had been carried out before. */
export interface SettlementAnswer {
  readonly id: string;
  readonly replayed: boolean;
}

/** What procurement does itself; compensation does everything itself, since its cycle follows each step. */
const gatedActs: readonly SettlementWish['act'][] = ['reserve', 'approve', 'pay', 'withdraw'];

@Injectable()
export class SettlementService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
    @Optional() figures?: DisputedFigures,
  ) {
    figures?.add(settlementTable, (tx, subject, figure) => disputedFigure(tx, subject.id, figure));
  }

  /** @throws what `computeSettlement` throws */
  compute(actor: Officer, draft: SettlementDraft, key: string): Promise<SettlementAnswer> {
    return this.once(actor, 'settlement.compute', draft, key, async (tx) => {
      const { id, code, territoryPath, decisionDigest, snapshotDigest, ruleEdition, replayed } =
        await computeSettlement(tx, actor, this.tools, draft);
      return { id, replayed, territoryPath, after: { code, ruleEdition, snapshotDigest, decisionDigest } };
    });
  }

  /**
   * Acts on a settlement. One that a mechanism gates is confirmed, reserved, approved and paid by that mechanism alone.
   * @throws SettlementGated, and what `actOnSettlement` throws
   */
  act(actor: Officer, wish: SettlementWish, key: string): Promise<SettlementAnswer> {
    return this.once(actor, `settlement.${wish.act}`, wish, key, async (tx) => {
      const { id, code, territoryPath, gatedBy } = await getHead(tx, await settlementIdOf(tx, wish.id));
      if (gatedBy === 'compensation' || (gatedBy !== null && gatedActs.includes(wish.act)))
        throw new SettlementGated(code, gatedBy, wish.act);
      await actOnSettlement(tx, actor, this.tools, { ...wish, id });
      return { id, replayed: false, territoryPath, after: { ...wish, id } };
    });
  }

  /** @throws SettlementMissing */
  view(actor: Actor, id: string): Promise<ShownSettlement> {
    return this.database.snapshot(actor, async (tx) => {
      const view = await viewSettlement(tx, await settlementIdOf(tx, id));
      return { ...view, payments: await listPayments(tx, view.gist.id, view.head) };
    });
  }

  /** Settlements whose territory the actor sees, the newest first. */
  list(actor: Actor, filter: SettlementFilter): Promise<SettlementHead[]> {
    return this.database.snapshot(actor, (tx) => listHeads(tx, filter));
  }

  /** What a unit or a party got, down to parameters, sources and vintages. @throws SettlementMissing */
  explain(
    actor: Actor,
    id: string,
    of: { readonly unit?: string; readonly party?: string },
  ): Promise<SettlementExplanation> {
    return this.database.snapshot(actor, async (tx) => explainSettlement(tx, await settlementIdOf(tx, id), of));
  }

  /** Decides anew from the snapshot and compares, bit for bit. @throws SettlementMissing */
  verify(actor: Actor, id: string): Promise<SettlementVerdict> {
    return this.database.snapshot(actor, async (tx) => verifySettlement(tx, await settlementIdOf(tx, id)));
  }

  /** All that the actor sees. */
  async verifyAll(actor: Actor): Promise<SettlementVerdict[]> {
    const verdicts: SettlementVerdict[] = [];
    for (const { id } of await this.list(actor, {})) verdicts.push(await this.verify(actor, id));
    return verdicts;
  }

  private async once(
    actor: Actor,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<SettlementAnswer & { readonly territoryPath: string; readonly after: object }>,
  ): Promise<SettlementAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const { response, replayed } = await answerOnce(tx, { actor, key, action, body }, async () => {
        const { id, replayed: before, territoryPath, after } = await work(tx);
        if (!before) await appendAudit(tx, { actor, action, subject: id, territoryPath, after });
        return { id, replayed: before };
      });
      return { id: response.id, replayed: replayed || response.replayed };
    });
  }
}
