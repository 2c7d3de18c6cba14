/** Reads recorded accounts whole: with their lines, and with the observation that they were computed from. */
import { assert } from '@gep/kernel';
import { decodeChunk, findObservation } from '@gep/observation';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from './account';
import { AccountRecord, listLines } from './account.store';
import { ObservedPeriod } from './observed-period';

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
