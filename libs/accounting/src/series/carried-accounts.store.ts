/** Reads which accounts of predecessors a point of a series was made of, and in which way. */
import { periodEnd } from '@gep/kernel';
import type { Succession } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { findAccountsById, listChildren, type AccountRecord } from '../account/account.store';
import { lineageOf } from '../succession/left-accounts';
import type { SeriesWay } from './account-series';

/** The account of a predecessor, with what of it went in. */
export interface CarriedAccount {
  readonly record: AccountRecord;
  /** As exact text; empty when all of it did. */
  readonly shares: readonly string[];
  readonly ways: readonly SeriesWay[];
}

/** The accounts of predecessors that an account was made of; none where it has its own, or that of what lies below. */
export async function listCarriedInto(
  tx: EntityManager,
  { id, territory, period, origin }: AccountRecord,
  successions: readonly Succession[],
): Promise<CarriedAccount[]> {
  const earlier = successions.filter(({ effective }) => effective <= periodEnd(period));
  const lineage = lineageOf([territory], earlier);
  if (origin === 'observed' || (origin === 'aggregated' && lineage.length === 1)) return [];
  const added = await listChildren(tx, id);
  if (origin === 'aggregated' && added.some((part) => !lineage.includes(part.territory))) return [];
  const records = await findAccountsById(
    tx,
    added.map(({ accountId }) => accountId),
  );
  return records.map((record) => {
    const { division = [] } = added.find(({ accountId }) => accountId === record.id)!;
    const bases = division.flatMap(({ steps }) => steps.flatMap(({ basis }) => (basis === 'whole' ? [] : [basis])));
    return { record, shares: division.map(({ share }) => share), ways: bases };
  });
}
