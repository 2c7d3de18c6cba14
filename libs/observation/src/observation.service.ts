/** Use case of observation: an import, from the bytes of a file to a batch that holds. */
import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { periodEnd } from '@gep/kernel';
import { announce, answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import { neededAttributes, RulebookService, type NeededAttribute, type NormEdition } from '@gep/rulebook';
import { isWithin, pathsOf, placesOfPath } from '@gep/territory';
import { BatchStatus, findRepeated, insertBatch } from './batch.store';
import { CheckCounts } from './check/check-tables';
import { decodeChunk } from './chunk/chunk-codec';
import { batchImported, type BatchImported } from './events';
import { FileFormat, judgeFile, ObservationFile } from './file/read-file.loader';
import { tablesOf, writeCsv, writeJson } from './file/write-tables';
import { admitPeriods, Admission, coveringPath, outcomeDigest, periodKey } from './import/admit-periods';
import { digestOfFiles } from './import/check-file.loader';
import { checkFilesApart } from './import/check-files.pool';
import { CheckedFile } from './import/checked-file';
import { ImportGate } from './import/import-gate.service';
import { currentObservations, findCurrentDigests, insertChunks, lockImports } from './observation.store';
import { CellProblem, presentable, type Reason } from './table/cell-problem';
import { vocabularyOf } from './table/vocabulary-of-norm';

/** A file with what is wanted of it. */
export interface ImportRequest extends ObservationFile {
  readonly normId: string;
  /** Further files of the same batch: a CSV file holds one table only. */
  readonly alongside?: readonly ObservationFile[];
  /** Check and report, keep nothing. */
  readonly dryRun?: boolean;
  /** Keep nothing when there is any error. */
  readonly allOrNothing?: boolean;
  /** Names this command and its repetitions; a dry run needs none and leaves none. */
  readonly idempotencyKey?: string;
}

export interface ImportReport {
  /** Null after a dry run. */
  readonly batchId: string | null;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** True when this very batch was there already and still holds: nothing was added. */
  readonly alreadyImported: boolean;
  readonly dryRun: boolean;
  readonly status: BatchStatus;
  readonly format: FileFormat;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly counts: CheckCounts;
  readonly territories: readonly ImportedPeriod[];
  readonly problems: readonly CellProblem[];
  /** True when the same command had been carried out before, and this is its report of that time. */
  readonly replayed?: boolean;
}

export interface ImportedPeriod {
  readonly territory: string;
  readonly period: string;
  readonly patches: number;
  readonly statistics: number;
  /** Rows about it that were refused; when not 0 its figures are incomplete. */
  readonly refusedRows: number;
  /** Digest of what now holds, or after a dry run would hold; part of the identity of its account. */
  readonly digest: string;
  /** Against what held before. */
  readonly change: 'new' | 'changed' | 'unchanged';
}

/** The same content twice: as a CSV file per table, and as one JSON file. */
export interface ExportedTables {
  readonly extentCsv: string;
  readonly statisticsCsv: string;
  readonly json: string;
}

const longestFileName = 900;

interface Checked {
  readonly files: readonly ObservationFile[];
  readonly format: FileFormat;
  readonly digest: string;
  readonly norm: NormEdition;
  readonly file: CheckedFile;
}

@Injectable()
export class ObservationService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    @Optional() private readonly gate?: ImportGate,
  ) {}

  /**
   * Imports a file: reads and checks it in a thread of its own, then keeps what is good as one batch, in one transaction
   * with its audit row and announcement. The same file twice is one batch as long as it holds. The scope of the actor
   * is where they may import; a territory outside is refused at its cells like one that does not exist.
   * @throws FileTooLarge, FileUnreadable, EditionNotFound, TaskTooLong, TaskTooLarge, IdempotencyConflict
   */
  async importFile(actor: Actor, request: ImportRequest): Promise<ImportReport> {
    const { normId, alongside = [], dryRun = false, allOrNothing = false, idempotencyKey } = request;
    const files = [request, ...alongside].map(({ bytes, fileName, format }) => ({
      bytes,
      fileName,
      ...(format && { format }),
    }));
    const formats: FileFormat[] = [];
    for (const file of files) formats.push(await judgeFile(file));
    const norm = await this.database.snapshot(actor, (tx) => this.rulebook.getNorm(tx, normId));
    const file = await checkFilesApart(files, vocabularyOf(norm));
    const checked: Checked = { files, format: formats[0], digest: digestOfFiles(files), norm, file };
    if (dryRun) {
      const admission = await this.database.snapshot(actor, (tx) => this.admit(tx, actor, checked, allOrNothing));
      return reportOf(checked, admission, { batchId: null, alreadyImported: false, dryRun });
    }
    return this.database.transaction(actor, async (tx) => {
      await lockImports(tx);
      const work = async (): Promise<ImportReport> => {
        const admission = await this.admit(tx, actor, checked, allOrNothing);
        return reportOf(checked, admission, { ...(await keep(tx, actor, checked, admission)), dryRun });
      };
      if (idempotencyKey === undefined) return work();
      const body = { digest: checked.digest, normId, allOrNothing };
      const command = { actor, key: idempotencyKey, action: 'observation.import', body };
      const { response, replayed } = await answerOnce(tx, command, work);
      return { ...response, replayed };
    });
  }

  /**
   * What holds for these territories in a period, as tables that import again to the same digests, but for rows that
   * were refused: those are not in them.
   * The scope of the actor hides the rest.
   */
  async exportObservations(
    actor: Actor,
    of: { readonly period: string; readonly normId: string; readonly territories: readonly string[] },
  ): Promise<ExportedTables> {
    const { norm, current } = await this.database.snapshot(actor, async (tx) => ({
      norm: await this.rulebook.getNorm(tx, of.normId),
      current: await currentObservations(tx, of),
    }));
    const periods = current.map(({ territory, chunks: [{ bytes }], statistics, refusedRows }) => {
      return { territory, period: of.period, chunk: decodeChunk(bytes), statistics, refusedRows };
    });
    const tables = tablesOf(periods, vocabularyOf(norm));
    return { extentCsv: writeCsv(tables.extent), statisticsCsv: writeCsv(tables.statistics), json: writeJson(tables) };
  }

  private async admit(
    tx: EntityManager,
    actor: Actor,
    { file, norm }: Checked,
    allOrNothing: boolean,
  ): Promise<Admission> {
    const paths = new Map<string, string>();
    for (const period of new Set(file.accepted.map((each) => each.period))) {
      const codes = file.accepted.filter((each) => each.period === period).map(({ territory }) => territory);
      for (const [territory, path] of await pathsOf(tx, codes, periodEnd(period))) {
        if (actor.scope.some((scope) => isWithin(path, scope))) paths.set(periodKey({ territory, period }), path);
      }
    }
    const visible = file.accepted.filter((each) => paths.has(periodKey(each)));
    const current = await findCurrentDigests(tx, norm.id, visible);
    const places = visible.map(({ territory, period }) => {
      return { territory, period, path: paths.get(periodKey({ territory, period }))! };
    });
    const closed = (await this.gate?.closedPlaces(tx, actor, norm.id, places)) ?? new Map<string, Reason>();
    return admitPeriods(file, { paths, current, closed, needed: await neededAt(norm, places) }, allOrNothing);
  }
}

/** What services need of the rows of each place, by `territory period`; other work has a turn after each that is found. */
async function neededAt(
  norm: NormEdition,
  places: readonly { readonly territory: string; readonly period: string; readonly path: string }[],
): Promise<Map<string, readonly NeededAttribute[]>> {
  const needed = new Map<string, readonly NeededAttribute[]>();
  if (norm.status !== 'usable') return needed;
  const found = new Set<readonly NeededAttribute[]>();
  for (const place of places) {
    const list = neededAttributes(norm, { places: placesOfPath(place.path), date: periodEnd(place.period) });
    needed.set(periodKey(place), list);
    if (!found.has(list)) await turn();
    found.add(list);
  }
  return needed;
}

async function keep(
  tx: EntityManager,
  actor: Actor,
  { files, format, digest, norm }: Checked,
  { admitted, status, counts, problems }: Admission,
): Promise<{ batchId: string; alreadyImported: boolean }> {
  const outcome = outcomeDigest(digest, norm.id, admitted);
  const repeated = await findRepeated(tx, outcome);
  if (repeated && !repeated.superseded) return { batchId: repeated.id, alreadyImported: true };
  const fileName = presentable(files.map((file) => file.fileName).join(', ') || '-', longestFileName);
  const path = coveringPath(admitted.map((each) => each.path));
  const batchId = await insertBatch(tx, {
    fileDigest: digest,
    outcomeDigest: outcome,
    repetition: (repeated?.repetition ?? 0) + 1,
    fileName,
    format,
    normId: norm.id,
    normEdition: norm.edition,
    status,
    counts,
    problems,
    importedByName: actor.name,
    coveringPath: path,
  });
  await insertChunks(tx, batchId, norm.id, admitted);
  const changed = admitted.filter(({ change }) => change !== 'unchanged');
  if (changed.length > 0) {
    const territories = changed.map(({ territory, period }) => ({ territory, period }));
    const payload: BatchImported = { batchId, normId: norm.id, territories };
    await announce(tx, { event: batchImported, key: batchId, payload });
  }
  const after = {
    fileName,
    digest,
    norm: norm.id,
    edition: norm.edition,
    status,
    counts,
    territories: admitted.length,
  };
  const about = { subject: batchId, ...(path !== null && { territoryPath: path }) };
  await appendAudit(tx, { actor, action: 'observation.imported', ...about, after });
  return { batchId, alreadyImported: false };
}

function reportOf(
  { digest, format, norm }: Checked,
  { status, admitted, counts, problems }: Admission,
  kept: { batchId: string | null; alreadyImported: boolean; dryRun: boolean },
): ImportReport {
  return {
    ...kept,
    digest,
    status,
    format,
    norm: { id: norm.id, edition: norm.edition },
    counts,
    territories: admitted.map((each) => ({
      territory: each.territory,
      period: each.period,
      patches: each.patches,
      statistics: each.statistics.length,
      refusedRows: each.refusedRows,
      digest: each.digest,
      change: each.change,
    })),
    problems,
  };
}
