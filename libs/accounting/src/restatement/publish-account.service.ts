/** Publishes a vintage in the transaction of the act: the disclosure, its difference to the one before, and the event. */
import { randomUUID } from 'node:crypto';
import { assert, periodEnd } from '@gep/kernel';
import { listObservationIds } from '@gep/observation';
import { announce, type Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Account } from '../account/account';
import { findAccountById, listChildren, listLines, type AccountRecord } from '../account/account.store';
import type { ReviewKey } from '../review/review-step';
import { differenceOf } from './account-difference';
import { currentFormat, disclosureDocument, documentDigest } from './disclosure-document';
import { findDisclosure, insertDisclosure, nextMoment, type Disclosure } from './disclosure.store';
import { accountPublished, accountRestated, type AccountPublished, type AccountRestated } from './events';

/** What is published, and why it replaces what was published before. */
export interface Publication {
  readonly key: ReviewKey;
  readonly accountId: string;
  readonly round: number;
  /** Why the account was restated; empty for a first publication. */
  readonly reason: string;
}

/** The caller has judged the act and holds the lock of the territory. */
export async function publishAccount(tx: EntityManager, actor: Actor, publication: Publication): Promise<Disclosure> {
  const { key, accountId, round } = publication;
  const before = await findDisclosure(tx, key);
  const account = await wholeAccount(tx, accountId);
  const { nameZh, nameEn } = await getTerritory(tx, key.territory, periodEnd(key.period));
  const reason = before ? publication.reason : null;
  const since = await nextMoment(tx, key);
  const head = { ...key, nameZh, nameEn, round, since, publisherName: actor.name, reason };
  const disclosure: Disclosure = {
    ...head,
    id: randomUUID(),
    path: account.path,
    normEdition: account.norm.edition,
    accountId,
    accountDigest: account.digest,
    publishedBy: actor.id,
    documentFormat: currentFormat,
    documentDigest: documentDigest(disclosureDocument(currentFormat, head, account)),
    restates: before?.id ?? null,
    difference: before ? differenceOf(await wholeAccount(tx, before.accountId), account) : null,
  };
  await insertDisclosure(tx, disclosure, await inputsOf(tx, account));
  await announcePublication(tx, disclosure, account);
  return disclosure;
}

/** The observation with the uploads that it was joined from; nothing for an account that was added up. */
async function inputsOf(
  tx: EntityManager,
  { territory, period, norm, origin, ...account }: AccountRecord,
): Promise<string[]> {
  if (origin !== 'observed') return [];
  return listObservationIds(tx, { territory, period, normId: norm.id, digest: account.observationDigest });
}

async function announcePublication(tx: EntityManager, disclosure: Disclosure, account: AccountRecord): Promise<void> {
  const { id, territory, period, restates, difference, reason, round } = disclosure;
  const published: AccountPublished = {
    ...{ disclosureId: id, territory, period, norm: account.norm, accountId: account.id, digest: account.digest },
    totalFen: account.totals.totalFen.toString(),
  };
  if (restates === null || difference === null) {
    await announce(tx, { event: accountPublished, key: id, payload: published });
    return;
  }
  const payload: AccountRestated = { ...published, restates, round, reason: reason ?? '', difference };
  await announce(tx, { event: accountRestated, key: id, payload });
}

/** The document of a disclosure, byte for byte as it was published. A difference would be a broken invariant. */
export async function renderDisclosure(tx: EntityManager, disclosure: Disclosure): Promise<string> {
  const { documentFormat, accountId, documentDigest: noted } = disclosure;
  const document = disclosureDocument(documentFormat, disclosure, await wholeAccount(tx, accountId));
  assert(documentDigest(document) === noted, `disclosure ${disclosure.id} no longer renders as it was published`);
  return document;
}

/** A vintage with its lines and children. */
export async function wholeAccount(tx: EntityManager, id: string): Promise<Account & AccountRecord> {
  const record = await findAccountById(tx, id);
  assert(record, `the account ${id} is gone`);
  const lines = (await listLines(tx, [id])).get(id)!;
  const children = (await listChildren(tx, id)).map(({ territory, digest }) => ({ territory, digest }));
  return { ...record, lines, children, baseSums: null };
}
