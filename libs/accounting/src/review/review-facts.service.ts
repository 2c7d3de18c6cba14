/** Collects what bears on an act: the steps, the vintages, who made them, the tree, and the findings. */
import { periodEnd } from '@gep/kernel';
import { findObservation, getBatch } from '@gep/observation';
import type { Database } from '@gep/platform';
import { listChildren as listTerritoriesBelow } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { findAccount, findAccountById, listChildren, type AccountRecord } from '../account/account.store';
import { findDisclosure } from '../restatement/disclosure.store';
import { accountingActor } from '../recompute/system-actor';
import { findRun } from '../recompute/run.store';
import type { ChildInTheWay } from './errors';
import type { FindingsOfAccount } from './findings.service';
import type { ReviewCase } from './judge-act';
import { positionOf, type ReviewedVintage, type ReviewKey } from './review-step';
import { lockedStates, openStates } from './review-table';
import { listLastSteps, listParents, listSteps } from './review.store';

/** What only the platform sees: makers may have worked for a wider area, and a parent lies above the person who asks. */
type SeenFromAbove = Pick<ReviewCase, 'makers' | 'heldBy'>;

/** Reads makers and what holds the account from above, with the eyes of the platform. Call it before the transaction. */
export async function seenFromAbove(database: Database, key: ReviewKey): Promise<SeenFromAbove> {
  return database.snapshot(accountingActor, async (tx) => {
    const current = await currentAccount(tx, key);
    const { last } = positionOf(await listSteps(tx, key));
    const accounts = [current, last && (await findAccountById(tx, last.vintage.accountId))];
    const makers = await Promise.all(accounts.flatMap((account) => (account ? [makersOf(tx, account)] : [])));
    return { makers: [...new Set(makers.flat())], heldBy: last && (await holderOf(tx, key, last.vintage.accountId)) };
  });
}

export async function currentAccount(tx: EntityManager, key: ReviewKey): Promise<AccountRecord | undefined> {
  return findAccount(tx, { territory: key.territory, period: key.period, norm: { id: key.normId } });
}

export const vintageOf = ({ id, vintage, digest }: AccountRecord): ReviewedVintage => ({
  accountId: id,
  vintage,
  digest,
});

/** The facts as the running transaction sees them. */
export async function gatherCase(
  tx: EntityManager,
  key: ReviewKey,
  above: SeenFromAbove,
  quality: FindingsOfAccount | undefined,
): Promise<ReviewCase> {
  const [steps, current, published] = [
    await listSteps(tx, key),
    await currentAccount(tx, key),
    await findDisclosure(tx, key),
  ];
  const { last } = positionOf(steps);
  const isJudged = last && [...openStates, ...lockedStates].includes(last.state);
  const weighed = isJudged ? await findAccountById(tx, last.vintage.accountId) : current;
  return {
    ...{ key, steps, ...above },
    current: current && vintageOf(current),
    published: published && vintageOf((await findAccountById(tx, published.accountId))!),
    children: weighed ? await childrenInTheWay(tx, key, weighed) : [],
    findings: quality && weighed ? await quality.openFindings(tx, weighed.id) : [],
  };
}

/** Who asked for the computation, and who uploaded what it was made from. */
async function makersOf(tx: EntityManager, account: AccountRecord): Promise<string[]> {
  const { territory, period, norm, observationDigest: digest, runId, origin } = account;
  const run = runId === null ? undefined : await findRun(tx, runId);
  const observed =
    origin === 'observed' ? await findObservation(tx, { territory, period, normId: norm.id, digest }) : undefined;
  const batches = observed?.deliveries.map(({ batchId }) => batchId) ?? [];
  const uploaders: string[] = [];
  for (const id of new Set(batches)) uploaders.push((await getBatch(tx, id)).importedBy);
  return [...(run ? [run.requestedBy] : []), ...uploaders];
}

/** The approved account above that was added up from this vintage; published ones hold nothing, they are restated in turn. */
async function holderOf(tx: EntityManager, key: ReviewKey, accountId: string): Promise<ReviewCase['heldBy']> {
  const parents = await listParents(tx, accountId);
  const last = await listLastSteps(
    tx,
    key.period,
    key.normId,
    parents.map(({ territory }) => territory),
  );
  const held = parents.flatMap(({ territory, accountId: parent }) => {
    const step = last.get(territory);
    return step?.state === 'approved' && step.vintage.accountId === parent ? [step] : [];
  })[0];
  return held && { territory: held.territory, state: held.state, by: held.by.name, at: held.at.toISOString() };
}

/** Children by the tree of the end of the period, sites apart; an account observed or divided as a whole waits for nobody. */
async function childrenInTheWay(tx: EntityManager, key: ReviewKey, account: AccountRecord): Promise<ChildInTheWay[]> {
  if (account.origin !== 'aggregated') return [];
  const below = await listTerritoriesBelow(tx, key.territory, periodEnd(key.period));
  const codes = below.filter(({ level }) => level !== 'site').map(({ code }) => code);
  const added = new Map((await listChildren(tx, account.id)).map((child) => [child.territory, child.accountId]));
  const last = await listLastSteps(tx, key.period, key.normId, codes);
  return codes.flatMap((territory): ChildInTheWay[] => {
    const step = last.get(territory);
    const state = step?.state ?? 'draft';
    if (!step && !added.has(territory)) return [{ territory, state, because: 'no-account' }];
    if (!step || (state !== 'approved' && state !== 'published'))
      return [{ territory, state, because: 'not-approved' }];
    return step.vintage.accountId === added.get(territory) ? [] : [{ territory, state, because: 'other-vintage' }];
  });
}
