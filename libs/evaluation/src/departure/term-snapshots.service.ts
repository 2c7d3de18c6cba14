/** Freezes the ends of a term of office: the published stocks and flows as they were known then (rule E27). */
import { Injectable } from '@nestjs/common';
import { findAccount } from '@gep/accounting';
import { canonicalJson, digestOf } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Done } from '../done';
import type { FrozenAccount, SnapshotContent, TermSnapshot } from './departure';
import { TermAccountUnpublished, TermFrozen } from './errors';
import { requireAt } from './required-permission';
import { dividedYear, stockYear, type TermEnd } from './term-days';
import { holdTermEnd, insertSnapshot, listSnapshots, type SnapshotFilter } from './term-snapshot.store';

export interface FreezeWish {
  readonly territory: string;
  readonly norm: string;
  readonly end: TermEnd;
  readonly day: string;
  /** Why an end that is frozen is frozen anew. */
  readonly reason?: string;
}

@Injectable()
export class TermSnapshots {
  constructor(private readonly database: Database) {}

  /**
   * Freezes an end of a term. The closing stock needs only the last year that has ended; a year that the day divides may be
   * added later, once it is published, beside the same stock.
   * @throws TermAccountUnpublished, TermFrozen, StepNotYours, TerritoryMissing
   */
  freeze(actor: Officer, wish: FreezeWish, key: string): Promise<Done<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'evaluation.term.freeze', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, () => freezeEnd(tx, actor, wish));
      return { result, replayed };
    });
  }

  list(actor: Officer, filter: SnapshotFilter): Promise<TermSnapshot[]> {
    return this.database.snapshot(actor, (tx) => listSnapshots(tx, filter));
  }
}

async function freezeEnd(tx: EntityManager, actor: Officer, wish: FreezeWish): Promise<{ readonly id: string }> {
  const { territory, norm, end, day } = wish;
  const { path: territoryPath } = await getTerritory(tx, territory, day);
  requireAt(actor, 'evaluation.prepare', territoryPath, territory);
  const frozenAt = await holdTermEnd(tx, `${territory} ${norm} ${end} ${day}`);
  const [last] = await listSnapshots(tx, { territory, norm, end, day });
  const reason = wish.reason?.trim() || undefined;
  const isWaiting = last !== undefined && last.content.dividedYear !== null && last.content.divided === null;
  if (last && !reason && !isWaiting) throw new TermFrozen(territory, day, last.id);
  const account = (period: string): Promise<FrozenAccount | undefined> =>
    frozenAccount(tx, { territory, norm, period, asOf: frozenAt });
  const kept = last && !reason ? last.content.stock : undefined;
  const stockPeriod = stockYear(end, day);
  const stock = kept ?? (await account(stockPeriod));
  if (!stock) throw new TermAccountUnpublished(territory, stockPeriod, norm);
  const year = dividedYear(end, day);
  const divided = year === undefined ? undefined : await account(year);
  if (kept && !divided) throw new TermAccountUnpublished(territory, year!, norm);
  const content: SnapshotContent = {
    ...{ territory, norm, end, day, stock },
    ...{ divided: divided ?? null, dividedYear: year ?? null },
  };
  const digest = digestOf(canonicalJson(content));
  const id = await insertSnapshot(tx, actor, {
    ...{ territoryPath, content, digest, frozenAt, round: (last?.round ?? 0) + 1 },
    reason: last ? (reason ?? `${year} is published`) : null,
  });
  await appendAudit(tx, {
    ...{ actor, action: 'evaluation.term.freeze', subject: `${territory} ${end} ${day}`, territoryPath },
    after: { id, digest, stock: stock.accountId, divided: divided?.accountId ?? null, reason: reason ?? null },
  });
  return { id };
}

async function frozenAccount(
  tx: EntityManager,
  of: { readonly territory: string; readonly norm: string; readonly period: string; readonly asOf: Date },
): Promise<FrozenAccount | undefined> {
  const { territory, period, norm, asOf } = of;
  const found = await findAccount(tx, { territory, period, norm: { id: norm }, asOf, published: true });
  if (!found) return undefined;
  const fenText = (map: Readonly<Record<string, bigint>>): Record<string, string> =>
    Object.fromEntries(Object.entries(map).map(([code, fen]) => [code, fen.toString()]));
  return {
    ...{ period, accountId: found.id, vintage: found.vintage, digest: found.digest, normEdition: found.norm.edition },
    totalFen: found.totals.totalFen.toString(),
    byService: fenText(found.totals.byService),
    byType: fenText(found.totals.byType),
    areaByType: Object.fromEntries(Object.entries(found.areaByType).map(([code, area]) => [code, String(area)])),
    areaUnit: found.areaUnit,
  };
}
