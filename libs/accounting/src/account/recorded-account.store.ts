/** Reads recorded accounts whole: with their lines, and with the observation that they were computed from. */
import { assert } from '@gep/kernel';
import { decodeChunk, findObservation } from '@gep/observation';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { AccountMissing } from '../errors';
import { Account } from './account';
import { AccountQuery, AccountRecord, findAccount, findAccountsById, listChildren, listLines } from './account.store';
import { ObservedPeriod } from './observed-period';

/** The account that is meant. @throws AccountMissing when there is none, or none that may be seen */
export async function getAccount(tx: EntityManager, query: AccountQuery): Promise<AccountRecord> {
  const found = await findAccount(tx, query);
  if (found) return found;
  const { territory, period, norm, asOf, published } = query;
  throw new AccountMissing({ territory, period, norm: norm.id, asOf: asOf?.toISOString(), published });
}

/**
 * The observed accounts that an account was added up from; itself when it was observed.
 * @param refuse what is thrown when there are more than `most`
 * @throws AccountMissing when the reader may not see one of them: what was published may have parts that were not
 */
export async function observedBelow(
  tx: EntityManager,
  whole: AccountRecord,
  most: number,
  refuse: () => Error,
): Promise<AccountRecord[]> {
  const observed: AccountRecord[] = [];
  const waiting: AccountRecord[] = [whole];
  for (let record = waiting.pop(); record; record = waiting.pop()) {
    if (record.origin === 'observed') observed.push(record);
    else {
      const children = await listChildren(tx, record.id);
      const ids = children.map(({ accountId }) => accountId);
      const present = await findAccountsById(tx, ids);
      const hidden = children.find(({ accountId }) => present.every(({ id }) => id !== accountId));
      if (hidden) throw new AccountMissing({ territory: hidden.territory, period: whole.period, norm: whole.norm.id });
      waiting.push(...present);
    }
    if (observed.length + waiting.length > most) throw refuse();
  }
  return observed;
}

/** Accounts with their lines, in the order of the records; without base sums and children. */
export async function withLines(
  tx: EntityManager,
  records: readonly AccountRecord[],
): Promise<(Account & AccountRecord)[]> {
  const lines = await listLines(
    tx,
    records.map(({ id }) => id),
  );
  return records.map((record) => ({ ...record, lines: lines.get(record.id)!, baseSums: null, children: [] }));
}

/** The observation that an account was computed from, and no newer one. */
export async function observedOf(tx: EntityManager, record: AccountRecord): Promise<ObservedPeriod> {
  const { territory, period, norm, observationDigest: digest, path } = record;
  const found = await findObservation(tx, { territory, period, normId: norm.id, digest });
  assert(found, `the observation ${digest} of ${territory} ${period} is gone`);
  return {
    territory,
    period,
    places: placesOfPath(path),
    chunks: found.chunks.map(({ bytes }) => decodeChunk(bytes)),
    batches: found.chunks.map(({ batchId }) => batchId),
    statistics: found.statistics,
    digest,
  };
}
