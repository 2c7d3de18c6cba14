/** Use cases of restatements: show what one touches, draft corrections when it is announced, and compute anew what is not paid. */
import { Injectable } from '@nestjs/common';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { computeSettlement } from '../compute/compute-settlement.service';
import { settlementState } from '../compute/standing.service';
import type { SettlementHead } from '../settlement';
import { SettlementTools } from '../settlement-tools.service';
import { getHead, listHeads, settlementIdOf } from '../settlement.store';
import { SettlementGated } from '../errors';
import { nextVersionOf } from './correction-draft';
import { correctedOf, draftCorrection, wasPaid, withdraw } from './draft-correction.service';
import { NotToRecompute, RestatementFalsified } from './errors';
import type { Impact } from './impact';
import { gatherImpact, originalsOf } from './impact.service';
import { isFalsified } from './restatement-reason';
import { getRestatement } from './restated-vintages.store';
import { listRestatedFigures } from './stale.store';
import { listCodesLike, listTrueUps, type TrueUpRecord } from './true-up.store';

/** What was computed anew, and in whose place. */
export interface Recomputed {
  readonly id: string;
  readonly code: string;
  readonly replaces: string;
}

/** Asked for by a person; `replayed` where the correction was on its way before. */
type AskedTrueUp = TrueUpRecord & { readonly replayed: boolean };

@Injectable()
export class TrueUpService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
  ) {}

  /**
   * Everything that was decided, paid or shared out by the vintage before, and what it would come to now.
   * @param id of a disclosure or of an account. @throws RestatementMissing
   */
  impactOf(actor: Actor, id: string): Promise<Impact> {
    return this.database.snapshot(actor, (tx) => gatherImpact(tx, this.tools, id));
  }

  /**
   * Answers a restatement: each settlement that rests on it in a transaction of its own, so that one that cannot be decided
   * holds up no other. Told twice it does nothing the second time.
   * @throws RestatementMissing
   */
  async draft(actor: Officer, disclosureId: string): Promise<TrueUpRecord[]> {
    const { disclosure, originals } = await this.database.snapshot(actor, async (tx) => {
      const restatement = await getRestatement(tx, disclosureId);
      return { ...restatement, originals: await originalsOf(tx, restatement) };
    });
    if (disclosure.restates === null) return [];
    const cause = { disclosureId: disclosure.id, reason: disclosure.reason };
    const records: TrueUpRecord[] = [];
    for (const head of originals) {
      const record = await this.database.transaction(actor, async (tx) => {
        const [before] = await listTrueUps(tx, cause.disclosureId, head.id);
        return before ?? draftCorrection(tx, actor, this.tools, head, cause);
      });
      if (record) records.push(record);
    }
    return records;
  }

  /**
   * Drafts the correction of one settlement again: after an objection has ended, or what stood in the way is mended.
   * @throws SettlementMissing, NotToRecompute, RestatementFalsified
   */
  draftFor(actor: Officer, settlementId: string, key: string): Promise<AskedTrueUp> {
    return this.once(actor, 'settlement.true-up', { settlementId }, key, async (tx) => {
      const head = await getHead(tx, await settlementIdOf(tx, settlementId));
      const about = head.about === null ? head : await getHead(tx, head.about);
      const restated = await listRestatedFigures(tx, about.id);
      const last = restated.at(-1);
      if (!last) throw new NotToRecompute(about, 'fresh');
      refuseFalsified(about, restated);
      const before = await listHeads(tx, { about: about.id });
      const record = await draftCorrection(tx, actor, this.tools, about, {
        disclosureId: last.id,
        reason: last.reason,
      });
      if (!record) throw new NotToRecompute(about, 'withdrawn');
      return { ...record, replayed: before.some(({ id }) => id === record.correction) };
    });
  }

  /**
   * Answers the end of an objection: what it had held of a correction is drafted. Told twice it does nothing the second time.
   * @returns undefined where nothing had been restated, or what was restated goes another way
   */
  async resume(actor: Officer, settlementId: string): Promise<TrueUpRecord | undefined> {
    return this.database.transaction(actor, async (tx) => {
      const [head] = await listHeads(tx, { ids: [settlementId] });
      const about = head && head.about !== null ? await getHead(tx, head.about) : head;
      const last = about && (await listRestatedFigures(tx, about.id)).at(-1);
      if (!last || isFalsified(last.reason)) return undefined;
      return draftCorrection(tx, actor, this.tools, about, { disclosureId: last.id, reason: last.reason });
    });
  }

  /**
   * Takes back a settlement that nobody was paid by and whose figures were restated, and computes it anew under the next
   * version; that one goes the whole way of confirmation and approval again.
   * @throws SettlementMissing, SettlementGated, NotToRecompute, RestatementFalsified, and what computing throws
   */
  recompute(actor: Officer, settlementId: string, key: string): Promise<Recomputed> {
    return this.once(actor, 'settlement.recompute', { settlementId }, key, async (tx) => {
      const replaces = await settlementIdOf(tx, settlementId);
      const { id, code } = await recomputeSettlement(tx, actor, this.tools, replaces);
      return { id, code, replaces };
    });
  }

  private async once<T>(
    actor: Officer,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const answer = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return answer.response;
  }
}

async function recomputeSettlement(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  settlementId: string,
): Promise<SettlementHead> {
  const head = await getHead(tx, settlementId);
  // Its mechanism keeps the id: there it is withdrawn and computed again.
  if (head.gatedBy !== null) throw new SettlementGated(head.code, head.gatedBy, 'recompute');
  const restated = await listRestatedFigures(tx, head.id);
  if ((await settlementState(tx, head.id)) === 'withdrawn') throw new NotToRecompute(head, 'withdrawn');
  if (await wasPaid(tx, head.id)) throw new NotToRecompute(head, 'paid');
  if (restated.length === 0) throw new NotToRecompute(head, 'fresh');
  refuseFalsified(head, restated);
  const corrected = await correctedOf(tx, head);
  await withdraw(tx, actor, tools, head);
  const taken = await listCodesLike(tx, head.territoryPath, head.code.replace(/\.v\d+$/, ''));
  const settlement = await computeSettlement(tx, actor, tools, nextVersionOf(corrected, taken));
  await appendAudit(tx, {
    ...{ actor, action: 'settlement.recompute', subject: head.id, territoryPath: head.territoryPath },
    after: { id: settlement.id, code: settlement.code },
  });
  return settlement;
}

function refuseFalsified(head: SettlementHead, restated: readonly { readonly reason: string | null }[]): void {
  const proven = restated.find(({ reason }) => isFalsified(reason));
  if (proven) throw new RestatementFalsified(head.code, proven.reason!);
}
