/** Use cases of sold gains: record one, take one back. */
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { deedDay } from '../deed-day.service';
import { SoldGainMissing, SoldGainRefused } from './errors';
import { gainFacts } from './gain-facts.service';
import { overstated } from './judge-gain';
import type { SoldGain } from './sold-gain';
import { insertSoldGain, listSoldGains } from './sold-gain.store';

export type SoldGainDraft = Omit<SoldGain, 'id' | 'territoryPath' | 'cancels'>;

@Injectable()
export class SoldGainService {
  constructor(private readonly database: Database) {}

  /** @throws SoldGainRefused, TerritoryMissing */
  async record(actor: Actor, draft: SoldGainDraft, key: string): Promise<{ readonly id: string }> {
    return this.once(actor, 'procurement.sold-gain.record', draft, key, (tx) => retireGain(tx, actor, draft));
  }

  /** Takes a row back by one of the opposite amount, once. @throws SoldGainMissing, SoldGainRefused */
  async cancel(
    actor: Actor,
    { id, reason }: { readonly id: string; readonly reason: string },
    key: string,
  ): Promise<{ readonly id: string }> {
    return this.once(actor, 'procurement.sold-gain.cancel', { id, reason }, key, async (tx) => {
      const [found] = await listSoldGains(tx, { ids: [id] });
      if (!found) throw new SoldGainMissing(id);
      const opposite = { ...found, amountFen: -found.amountFen, cancels: found.id, reason };
      const made = found.cancels === null ? await insertSoldGain(tx, actor, opposite) : undefined;
      if (made === undefined)
        throw new SoldGainRefused(found.credit, { zh: '该登记已被撤销', en: 'the row was taken back before' });
      const { territoryPath } = found;
      await appendAudit(tx, {
        actor,
        action: 'procurement.sold-gain.cancel',
        subject: id,
        territoryPath,
        after: { reason },
      });
      return { id: made };
    });
  }

  private async once<T>(
    actor: Actor,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return response;
  }
}

/**
 * Records a gain as sold, in the transaction of the deed.
 * @param judge `overstated` for what was sold elsewhere, `unsellable` for what is sold here
 * @throws SoldGainRefused, TerritoryMissing
 */
export async function retireGain(
  tx: EntityManager,
  actor: Actor,
  draft: SoldGainDraft,
  judge: typeof overstated = overstated,
): Promise<{ readonly id: string }> {
  const { path: territoryPath } = await getTerritory(tx, draft.territory, await deedDay(tx, undefined));
  const refuse = (zh: string, en: string): SoldGainRefused => new SoldGainRefused(draft.credit, { zh, en });
  if (draft.amountFen <= 0n) throw refuse('金额应大于零', 'the amount is above zero');
  if (!/^(?:19|20|21)\d\d$/.test(draft.year)) throw refuse('年度应为四位数字', 'the year has four digits');
  const against = judge(draft, await gainFacts(tx, draft, territoryPath));
  if (against) throw refuse(against.zh, against.en);
  const id = await insertSoldGain(tx, actor, { ...draft, territoryPath, cancels: null });
  if (id === undefined)
    throw refuse(
      `该凭证的 ${draft.year} 年 ${draft.service} 已经注销，不能再次出售`,
      `the credit is retired for ${draft.service} of ${draft.year} already, so it is not sold again`,
    );
  await appendAudit(tx, {
    actor,
    action: 'procurement.sold-gain.record',
    subject: draft.credit,
    territoryPath,
    after: draft,
  });
  return { id };
}
