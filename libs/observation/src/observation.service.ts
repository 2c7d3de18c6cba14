/** Use case of observation: an import, from the bytes of a file to a batch that holds. */
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { periodEnd } from '@gep/kernel';
import { announce, answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import {
  loadSheetLists,
  neededAttributes,
  RulebookFolder,
  RulebookService,
  type NeededAttribute,
  type NormEdition,
} from '@gep/rulebook';
import { isWithin, pathsOf, placesOfPath } from '@gep/territory';
import { findRepeated, insertBatch } from './batch.store';
import { decodeChunk } from './chunk/chunk-codec';
import { noRows } from './chunk/patch-chunk';
import type { DeliveryRight } from './delivery/delivery-right';
import { insertJoined } from './delivery/delivery.store';
import { joinWithStanding } from './delivery/join-standing.service';
import { refuseSheetOfOthers } from './delivery/sheet-owners.service';
import { SheetUnknown } from './errors';
import { batchImported, type BatchImported } from './events';
import type { FileFormat } from './file/limits';
import { judgeFile, ObservationFile } from './file/read-file.loader';
import { tablesOf, writeCsv, writeJson } from './file/write-tables';
import { admitPeriods, Admission, coveringPath, outcomeDigest, periodKey } from './import/admit-periods';
import { digestOfFiles } from './import/check-file.loader';
import { checkFilesApart } from './import/check-files.pool';
import { CheckedFile } from './import/checked-file';
import { reportOf, type ImportReport } from './import/import-report';
import { ImportGate } from './import/import-gate.service';
import { currentObservations, findCurrentDigests, insertChunks, lockImports } from './observation.store';
import { presentable, type Reason } from './table/cell-problem';
import { vocabularyOf } from './table/vocabulary-of-norm';

/** A file with what is wanted of it. */
export interface ImportRequest extends ObservationFile {
  readonly normId: string;
  /**
   * Code of the department's data sheet that the files are: they supersede what that sheet brought before, and stand
   * beside the other sheets. Without it they are the whole of their territories and periods.
   */
  readonly dataSheet?: string;
  /** Further files of the same batch: a CSV file holds one table only. */
  readonly alongside?: readonly ObservationFile[];
  /** Check and report, keep nothing. */
  readonly dryRun?: boolean;
  /** Keep nothing when there is any error. */
  readonly allOrNothing?: boolean;
  /** Where the sender may send which data sheets; everything when absent. */
  readonly rights?: readonly DeliveryRight[];
  /** Names this command and its repetitions; a dry run needs none and leaves none. */
  readonly idempotencyKey?: string;
}

/** The same content twice: as a CSV file per table, and as one JSON file. Without daily values there is no file of them. */
export interface ExportedTables {
  readonly extentCsv: string;
  readonly statisticsCsv: string;
  readonly seriesCsv: string | null;
  readonly json: string;
}

const longestFileName = 900;

interface Checked {
  readonly files: readonly ObservationFile[];
  readonly format: FileFormat;
  readonly digest: string;
  readonly norm: NormEdition;
  readonly file: CheckedFile;
  readonly dataSheet: string | undefined;
  readonly rights: readonly DeliveryRight[] | undefined;
  readonly batchId: string;
}

@Injectable()
export class ObservationService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    @Optional() private readonly gate?: ImportGate,
    @Optional() private readonly folder?: RulebookFolder,
  ) {}

  /**
   * Imports a file: reads and checks it in a thread of its own, then keeps what is good as one batch, in one transaction
   * with its audit row and announcement. The same file twice is one batch as long as it holds. The scope of the actor
   * is where they may import; a territory outside is refused at its cells like one that does not exist.
   * @throws FileTooLarge, FileUnreadable, EditionNotFound, SheetUnknown, SheetOfOthers, TaskTooLong, TaskTooLarge, IdempotencyConflict
   */
  async importFile(actor: Actor, request: ImportRequest): Promise<ImportReport> {
    const { normId, dataSheet, rights, alongside = [], dryRun = false, allOrNothing = false, idempotencyKey } = request;
    if (dataSheet !== undefined) await this.refuseUnknownSheet(normId, dataSheet);
    const files = [request, ...alongside].map(({ bytes, fileName, format }) => ({
      bytes,
      fileName,
      ...(format && { format }),
    }));
    const formats: FileFormat[] = [];
    for (const file of files) formats.push(await judgeFile(file));
    const norm = await this.database.snapshot(actor, (tx) => this.rulebook.getNorm(tx, normId));
    const file = await checkFilesApart(files, vocabularyOf(norm), { asDataSheet: dataSheet !== undefined });
    const digest = digestOfFiles(files);
    const checked: Checked = {
      files,
      format: formats[0],
      digest,
      norm,
      file,
      dataSheet,
      rights,
      batchId: randomUUID(),
    };
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
      const body = { digest: checked.digest, normId, allOrNothing, ...(dataSheet !== undefined && { dataSheet }) };
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
    const periods = current.flatMap(({ territory, chunks, statistics, refusedRows }) => {
      const decoded = chunks.length > 0 ? chunks.map(({ bytes }) => decodeChunk(bytes)) : [noRows];
      // Rows of several sheets are several chunks; the statistics are of all together.
      return decoded.map((chunk, at) => {
        return { territory, period: of.period, chunk, statistics: at === 0 ? statistics : [], refusedRows };
      });
    });
    const tables = tablesOf(periods, vocabularyOf(norm));
    const { extent, statistics, series } = tables;
    const csv = { extentCsv: writeCsv(extent), statisticsCsv: writeCsv(statistics) };
    return { ...csv, seriesCsv: series.rows.length > 0 ? writeCsv(series) : null, json: writeJson(tables) };
  }

  private async admit(
    tx: EntityManager,
    actor: Actor,
    { file, norm, dataSheet, rights, batchId }: Checked,
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
    for (const each of visible) {
      const sending = { territory: each.territory, path: paths.get(periodKey(each))!, normId: norm.id, dataSheet };
      await refuseSheetOfOthers(rights, sending, this.folder);
    }
    const current = await findCurrentDigests(tx, norm.id, visible);
    const places = visible.map(({ territory, period }) => {
      return { territory, period, path: paths.get(periodKey({ territory, period }))! };
    });
    const closed = (await this.gate?.closedPlaces(tx, actor, norm.id, places)) ?? new Map<string, Reason>();
    const known = { paths, current, closed, needed: await neededAt(norm, places) };
    if (dataSheet === undefined) return admitPeriods(file, known, allOrNothing);
    const joined = await joinWithStanding(tx, visible, { norm, dataSheet, batchId });
    return admitPeriods(file, { ...known, ...joined }, allOrNothing);
  }

  /** Where lists of sheets hold for a norm, a code that is in none of them is taken for a slip of the pen. */
  private async refuseUnknownSheet(normId: string, dataSheet: string): Promise<void> {
    const lists = this.folder ? await loadSheetLists(this.folder.path) : [];
    const known = lists.filter(({ norms }) => norms.includes(normId)).flatMap(({ sheets }) => sheets);
    if (known.length > 0 && known.every(({ code }) => code !== dataSheet)) {
      throw new SheetUnknown(dataSheet, normId, [...new Set(known.map(({ code }) => code))]);
    }
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
  { files, format, digest, norm, dataSheet, batchId }: Checked,
  { admitted, status, counts, problems }: Admission,
): Promise<{ batchId: string; alreadyImported: boolean }> {
  const outcome = outcomeDigest({ fileDigest: digest, normId: norm.id, dataSheet }, admitted);
  const repeated = await findRepeated(tx, outcome);
  if (repeated && !repeated.superseded) return { batchId: repeated.id, alreadyImported: true };
  const fileName = presentable(files.map((file) => file.fileName).join(', ') || '-', longestFileName);
  const path = coveringPath(admitted.map((each) => each.path));
  await insertBatch(tx, {
    id: batchId,
    fileDigest: digest,
    outcomeDigest: outcome,
    repetition: (repeated?.repetition ?? 0) + 1,
    fileName,
    format,
    normId: norm.id,
    normEdition: norm.edition,
    dataSheet: dataSheet ?? null,
    takenBack: null,
    status,
    counts,
    problems,
    importedByName: actor.name,
    coveringPath: path,
    importedScope: actor.scope,
  });
  if (dataSheet === undefined) await insertChunks(tx, batchId, norm.id, admitted);
  else await insertJoined(tx, { batchId, normId: norm.id, dataSheet }, admitted);
  // Values that wait for the areas of another sheet change no account yet.
  const changed = admitted.filter(({ change, joined }) => change !== 'unchanged' && (joined?.hasFigures ?? true));
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
    ...(dataSheet !== undefined && { dataSheet }),
    status,
    counts,
    territories: admitted.length,
  };
  const about = { subject: batchId, ...(path !== null && { territoryPath: path }) };
  await appendAudit(tx, { actor, action: 'observation.imported', ...about, after });
  return { batchId, alreadyImported: false };
}
