/** Does the tasks of a run: computes batches of observed territories, and adds up the levels above them. */
import { Injectable } from '@nestjs/common';
import { periodEnd } from '@gep/kernel';
import { currentObservations, CurrentObservation } from '@gep/observation';
import { Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import { levelOfCode, pathBelow, pathsOf, placesOfPath, TerritoryMissing } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from '../account/account';
import { accountId } from '../account/account-id';
import {
  AccountToRecord,
  lockPeriodAccounts,
  lockTerritoryAccounts,
  makeCurrent,
  recordAccounts,
  recordSources,
} from '../account/account-entry.store';
import { findRecordedIds, listLines } from '../account/account.store';
import type { PlacedFlow } from '../flow/declared-flow';
import { eliminatedBetween, FlowsByPlace, listFlowsByPlace } from '../flow/flows-between.store';
import { noteNewVintages, refusedByLock } from '../review/new-vintages.service';
import { listLocks } from '../review/review.store';
import { addCounts, nothingDone, TaskAttempts, type PartWork, type TaskOutcome } from '../task/task-attempts.service';
import { AccountOutcome, NormTexts, ObservedBytes, Refusal } from './compute-batch';
import { AccountComputer } from './account-computer.pool';
import { overtakesItself } from '../succession/carried-parts';
import { listCarried, pathsInRun, type Carried } from '../succession/carried.store';
import { carryAccount, digestOfCarried } from '../succession/carry-account';
import { listHeldBack } from '../succession/held-back.service';
import { insertFailures, NewFailure } from './failure.store';
import { Family, listFamilies, refuseOrphans } from './roll-up.store';
import { findBaseSums, findObservedTerritories } from './observed-account.store';
import type { Run } from './run.store';
import type { Task, TaskCounts } from './task.store';

/** Territories that are read first; their size tells how many may be read together after them. */
const firstAtOnce = 4;
/** Bytes of chunks that one task has in memory. */
const bytesAtOnce = 128 * 1024 * 1024;

/** Parents that are added up between two looks at the event loop. */
const parentsAtOnce = 16;

@Injectable()
export class RecomputeTasks {
  private readonly attempts: TaskAttempts;

  constructor(
    database: Database,
    private readonly rulebook: RulebookService,
    private readonly computer: AccountComputer,
  ) {
    this.attempts = new TaskAttempts(database);
  }

  /**
   * Computes the accounts of one batch. Territories whose observation and edition have an account are left as they are;
   * one that is refused becomes a failure of the run and does not stop the others.
   * @throws RunMissing; anything else that is thrown is worth another attempt
   */
  async runBatch(runId: string, taskNo: number): Promise<TaskOutcome> {
    return this.attempts.work(runId, taskNo, this.doPart);
  }

  /**
   * Adds up one part of a level from the accounts below it.
   * @throws RunMissing, RollUpTooEarly while a task below is unfinished
   */
  async runLevel(runId: string, taskNo: number): Promise<TaskOutcome> {
    return this.attempts.work(runId, taskNo, this.doPart);
  }

  /**
   * Does what is left of a task after its last attempt, one territory after the other: what fails alone as well is given
   * up with its reason, the others are done.
   * @throws RunMissing, RollUpTooEarly; anything else means that not even this can be tried
   */
  async runSingly(runId: string, taskNo: number): Promise<TaskOutcome> {
    return this.attempts.work(runId, taskNo, this.doPart, true);
  }

  /** Gives a whole task up, with the reason; the run goes on without it. @throws RunMissing */
  async deadLetter(runId: string, taskNo: number, reason: string): Promise<void> {
    return this.attempts.deadLetter(runId, taskNo, reason);
  }

  private readonly doPart: PartWork = async (tx, run, task) => {
    return task.level === null ? this.computeBatch(tx, run, task) : this.rollUp(tx, run, task);
  };

  private async computeBatch(tx: EntityManager, run: Run, task: Task): Promise<TaskCounts> {
    const { period, norm } = run;
    await lockTerritoryAccounts(tx, period, norm.id, task.territories);
    const carried = await listCarried(tx, run);
    const paths = await pathsInRun(tx, task.territories, period, carried);
    const edition = await this.rulebook.getNorm(tx, norm.id, norm.edition);
    let counts = nothingDone;
    let bytes = 0;
    for (let from = 0; from < task.territories.length;) {
      const atOnce = from === 0 ? firstAtOnce : Math.max(1, Math.floor((bytesAtOnce * from) / Math.max(bytes, 1)));
      const slice = task.territories.slice(from, from + atOnce);
      await this.computer.lendRoom(async (roomFor) => {
        const observed = await currentObservations(tx, { period, normId: norm.id, territories: slice }, roomFor);
        counts = addCounts(
          counts,
          await this.computeSlice(tx, run, task, { edition, paths, territories: slice, observed, carried }),
        );
        bytes += observed.reduce(
          (sum, { chunks }) => sum + chunks.reduce((size, chunk) => size + chunk.bytes.byteLength, 0),
          0,
        );
      });
      from += slice.length;
    }
    return counts;
  }

  private async computeSlice(tx: EntityManager, run: Run, task: Task, slice: Slice): Promise<TaskCounts> {
    const { period, norm } = run;
    const { edition, paths, territories, observed, carried } = slice;
    // What is within a boundary that is no more is computed to be divided or added, and does not become current.
    const isSource = (territory: string): boolean => overtakesItself(carried.parts, territory);
    const idOf = ({ territory, digest }: CurrentObservation): string =>
      accountId({ territory, period, norm, observationDigest: digest }, paths.get(territory) ?? '');
    const locks = await listLocks(tx, period, norm.id, territories);
    const locked = observed
      .filter(({ territory }) => paths.has(territory))
      .flatMap((one) => {
        const refusal = !isSource(one.territory) && refusedByLock(locks.get(one.territory), idOf(one));
        return refusal ? [{ territory: one.territory, refusal }] : [];
      });
    const held = new Set(locked.map(({ territory }) => territory));
    const free = observed.filter(({ territory }) => !held.has(territory));
    const recorded = await findRecordedIds(tx, free.map(idOf));
    const changed = free.filter((one) => paths.has(one.territory) && !recorded.has(idOf(one)));
    const kept = await findBaseSums(tx, period, norm.id, changed);
    const bytes = changed.map((one): ObservedBytes => {
      const places = placesOfPath(paths.get(one.territory)!);
      const { territory, statistics, refusedRows, digest } = one;
      const chunks = one.chunks.map((chunk) => chunk.bytes);
      const sources = one.chunks.map((chunk) => ({ batchId: chunk.batchId, digest: chunk.digest }));
      const shared = { territory, period, places, statistics, refusedRows, digest };
      return { ...shared, chunks, sources, kept: kept.get(territory) ?? null };
    });
    const outcomes = await this.computer.compute(textsOf(edition), bytes);
    const strays = observed.filter(({ territory }) => !paths.has(territory));
    const refusals = [
      ...locked,
      ...strays.map(({ territory }) => ({ territory, refusal: new TerritoryMissing(territory, periodEnd(period)) })),
      ...outcomes.flatMap((outcome) => ('refusal' in outcome ? [outcome] : [])),
    ];
    const failures = refusals.map((each) => failureOf(each, paths.get(each.territory) ?? run.path));
    await insertFailures(tx, run.id, task, failures);
    const standing = free.filter(({ territory }) => !isSource(territory)).map(idOf);
    const restored = await makeCurrent(
      tx,
      standing.filter((id) => recorded.has(id)),
      run.id,
    );
    const accounts = outcomes.flatMap((outcome) => recordOf(outcome, paths));
    const made = await recordAccounts(
      tx,
      accounts.filter(({ account }) => !isSource(account.territory)),
      run.id,
    );
    const sources = await recordSources(
      tx,
      accounts.filter(({ account }) => isSource(account.territory)),
      run.id,
    );
    await noteNewVintages(tx, [...made, ...restored], run.id);
    const computed = made.length + restored.length + sources;
    return { computed, unchanged: territories.length - computed - refusals.length, refused: refusals.length };
  }

  private async rollUp(tx: EntityManager, run: Run, task: Task): Promise<TaskCounts> {
    const { period, norm } = run;
    await lockPeriodAccounts(tx, period, norm.id);
    const edition = await this.rulebook.getNorm(tx, norm.id, norm.edition);
    const carried = await listCarried(tx, run);
    const own = await findObservedTerritories(tx, period, norm.id, task.territories);
    const paths = await pathsOf(tx, task.territories, periodEnd(period));
    const parents = task.territories.filter(
      (code) => paths.has(code) && (!own.has(code) || overtakesItself(carried.parts, code)),
    );
    const flows = await listFlowsByPlace(tx, norm.id, period, carried);
    let counts: TaskCounts = { ...nothingDone, unchanged: task.territories.length - parents.length };
    for (let from = 0; from < parents.length; from += parentsAtOnce) {
      const slice = parents.slice(from, from + parentsAtOnce);
      counts = addCounts(counts, await this.addUp(tx, run, task, { edition, parents: slice, paths, flows, carried }));
    }
    return counts;
  }

  private async addUp(
    tx: EntityManager,
    run: Run,
    task: Task,
    { edition, parents, paths, flows, carried }: ParentSlice,
  ): Promise<TaskCounts> {
    const { period, norm } = run;
    const flowsOf = (family: Family) => flowsWithin(family, paths.get(family.parent)!, flows);
    const families = await listFamilies(tx, run, carried, parents);
    const orphans = families.filter(({ present }) => present.length === 0);
    const idOf = (family: Family): string => {
      const { parent: territory, expected: expectedChildren, present, parts } = family;
      const eliminated = { flows: flowsOf(family).map(({ flow }) => flow.id), lines: [] };
      const observationDigest = digestOfCarried(parts, present, { expectedChildren, eliminated });
      return accountId({ territory, period, norm, observationDigest }, paths.get(territory)!);
    };
    const locks = await listLocks(tx, period, norm.id, parents);
    const heldBack = await listHeldBack(tx, run, carried, families);
    const locked = families.flatMap((family) => {
      const { parent: territory, present } = family;
      const refusal =
        present.length > 0 && (refusedByLock(locks.get(territory), idOf(family)) ?? heldBack.get(territory));
      return refusal ? [{ territory, refusal }] : [];
    });
    const held = new Set(locked.map(({ territory }) => territory));
    const able = families.filter(({ parent, present }) => present.length > 0 && !held.has(parent));
    const recorded = await findRecordedIds(tx, able.map(idOf));
    const changed = able.filter((family) => !recorded.has(idOf(family)));
    const lines = await listLines(
      tx,
      changed.flatMap(({ present }) => present.map(({ id }) => id)),
    );
    const accounts: AccountToRecord[] = [];
    for (const family of changed) {
      const { parent: territory, expected: expectedChildren, present, parts } = family;
      const path = paths.get(territory)!;
      const added = { path, period, norm: edition, children: present, lines };
      const eliminated = await eliminatedBetween(tx, added, flowsOf(family));
      const target = { territory, period, norm: edition, expectedChildren, eliminated };
      const children = present.map((child): Account => {
        return { ...child, lines: lines.get(child.id)!, baseSums: null, children: [] };
      });
      accounts.push({ account: carryAccount(target, parts, children), path, level: levelOfCode(territory) });
    }
    const missing = await refuseOrphans(tx, run, orphans, paths);
    const refusals = [...missing, ...locked];
    await insertFailures(
      tx,
      run.id,
      task,
      refusals.map((each) => failureOf(each, paths.get(each.territory)!)),
    );
    const restored = await makeCurrent(tx, [...recorded], run.id);
    const made = await recordAccounts(tx, accounts, run.id);
    await noteNewVintages(tx, [...made, ...restored], run.id);
    const computed = made.length + restored.length;
    return { computed, unchanged: able.length - computed, refused: refusals.length };
  }
}

/** Territories of a batch that are in memory together. */
interface Slice {
  readonly edition: NormEdition;
  readonly paths: ReadonlyMap<string, string>;
  readonly territories: readonly string[];
  readonly observed: readonly CurrentObservation[];
  readonly carried: Carried;
}

/** Parents that are in memory together. */
interface ParentSlice {
  readonly edition: NormEdition;
  readonly parents: readonly string[];
  readonly paths: ReadonlyMap<string, string>;
  readonly flows: FlowsByPlace;
  readonly carried: Carried;
}

/** Flows taken back in a territory; also those of a child that waits to take over, which are so far taken back above it. */
function flowsWithin({ waiting }: Family, path: string, flows: FlowsByPlace): readonly PlacedFlow[] {
  return [path, ...waiting.map((code) => pathBelow(path, code))].flatMap((place) => flows.get(place) ?? []);
}

function textsOf({ edition, files, units }: NormEdition): NormTexts {
  return { edition, files, units: units.definitions };
}

function recordOf(outcome: AccountOutcome, paths: ReadonlyMap<string, string>): AccountToRecord[] {
  if (!('account' in outcome)) return [];
  const { account, territory } = outcome;
  return [{ account, path: paths.get(territory)!, level: levelOfCode(territory) }];
}

function failureOf({ territory, refusal }: { territory: string; refusal: Refusal }, path: string): NewFailure {
  const { code, text, facts } = refusal;
  return { subject: territory, path, code, zh: text.zh, en: text.en, facts };
}
