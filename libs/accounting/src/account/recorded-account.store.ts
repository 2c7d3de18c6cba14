/** Reads recorded accounts whole: with their lines, and with the observation that they were computed from. */
import { assert, Fraction } from '@gep/kernel';
import { decodeChunk, findObservation } from '@gep/observation';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { AccountMissing } from '../errors';
import { absenceOf } from '../succession/absent-account.store';
import { AccountOnlyInPart } from '../succession/errors';
import { Account, AccountChild } from './account';
import { AccountQuery, AccountRecord, findAccount, findAccountsById, listChildren, listLines } from './account.store';
import { ObservedPeriod } from './observed-period';

/** The account that is meant. @throws AccountMissing when there is none, or none that may be seen, and as `absenceOf` tells */
export async function getAccount(tx: EntityManager, query: AccountQuery): Promise<AccountRecord> {
  const found = await findAccount(tx, query);
  if (found) return found;
  throw await absenceOf(tx, query);
}

/**
 * The accounts that an account was added up from: observed ones, and those of successors that were divided from predecessors;
 * itself when it is one of these.
 * @param refuse what is thrown when there are more than `most`
 * @throws AccountMissing when the reader may not see one of them: what was published may have parts that were not
 */
export async function unitsBelow(
  tx: EntityManager,
  whole: AccountRecord,
  most: number,
  refuse: () => Error,
): Promise<AccountRecord[]> {
  const units: AccountRecord[] = [];
  const waiting: AccountRecord[] = [whole];
  for (let record = waiting.pop(); record; record = waiting.pop()) {
    if (record.origin !== 'aggregated') units.push(record);
    else waiting.push(...(await seenAccounts(tx, whole, await listChildren(tx, record.id))));
    if (units.length + waiting.length > most) throw refuse();
  }
  return units;
}

/**
 * The observed accounts that an account was added up from; itself when it was observed. One that was divided among successors
 * stands for all of them, and is there once.
 * @param refuse what is thrown when there are more than `most`
 * @throws AccountMissing as `unitsBelow`, AccountOnlyInPart when some of the successors of an observed account are not in the account
 */
export async function observedBelow(
  tx: EntityManager,
  whole: AccountRecord,
  most: number,
  refuse: () => Error,
): Promise<AccountRecord[]> {
  const units = await unitsBelow(tx, whole, most, refuse);
  const sources = new Map<string, AccountChild & { readonly accountId: string; readonly taken: Fraction }>();
  for (const { id } of units.filter(({ origin }) => origin === 'divided')) {
    for (const child of await listChildren(tx, id)) {
      const shares = child.division?.map(({ share }) => Fraction.parse(share)!) ?? [Fraction.one];
      const before = sources.get(child.accountId)?.taken ?? Fraction.zero;
      sources.set(child.accountId, { ...child, taken: shares.reduce((sum, share) => sum.plus(share), before) });
    }
  }
  const parted = [...sources.values()].find(({ taken }) => !taken.equals(Fraction.one));
  if (parted) throw new AccountOnlyInPart(whole.territory, whole.period, parted.territory);
  const observed = units.filter(({ origin }) => origin === 'observed');
  return [...observed, ...(await seenAccounts(tx, whole, [...sources.values()]))];
}

/** @throws AccountMissing when the reader may not see one of them */
async function seenAccounts(
  tx: EntityManager,
  { period, norm }: AccountRecord,
  children: readonly (AccountChild & { readonly accountId: string })[],
): Promise<AccountRecord[]> {
  const ids = children.map(({ accountId }) => accountId);
  const present = await findAccountsById(tx, ids);
  const hidden = children.find(({ accountId }) => present.every(({ id }) => id !== accountId));
  if (hidden) throw new AccountMissing({ territory: hidden.territory, period, norm: norm.id });
  return present;
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

/** The observation that an account was computed from, and no newer one. @throws AccountOnlyInPart for one that was divided */
export async function observedOf(tx: EntityManager, record: AccountRecord): Promise<ObservedPeriod> {
  const { territory, period, norm, observationDigest: digest, path } = record;
  if (record.origin === 'divided') {
    const [source] = await listChildren(tx, record.id);
    throw new AccountOnlyInPart(territory, period, source.territory);
  }
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
