/** Use cases of data sheets: what has come in from which department, and reminding those that are late. */
import { Injectable } from '@nestjs/common';
import { periodEnd } from '@gep/kernel';
import {
  BatchMissing,
  currentObservations,
  getBatch,
  listStandingUploads,
  type StandingUpload,
} from '@gep/observation';
import { announce, Database, type Actor } from '@gep/platform';
import { listEditions, loadSheetLists, RulebookFolder, type DataSheet, type SheetList } from '@gep/rulebook';
import { findTerritory, listSubtree, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { duePeriods } from '../recompute/due-periods';
import { readToday } from '../recompute/run.store';
import { accountingActor } from '../recompute/system-actor';
import { checkedKey, placeOf } from '../review/review-place.service';
import type { ReviewKey } from '../review/review-step';
import { listLocks } from '../review/review.store';
import { sheetOverdue } from './events';
import { statusOf, type SheetStatus } from './sheet-status';
import { contentOf, sheetsOfPlace } from './sheets-of-place';
import { insertReminders, listReportingTerritories, type SheetReminder } from './sheet.store';

/** A sheet with what has come in of it, and by whose upload. */
export interface ShownSheet extends SheetStatus {
  readonly definition: DataSheet;
  readonly receipt: { readonly batch: string; readonly by: string; readonly at: Date } | null;
}

/** Territories whose observations are in memory together. */
const atOnce = 50;

@Injectable()
export class DataSheets {
  constructor(
    private readonly database: Database,
    private readonly folder: RulebookFolder,
  ) {}

  /**
   * The sheets of a territory and period, each with what is there and what is missing. Empty where none is asked for.
   * @param date `YYYY-MM-DD`; today in China by the clock of the database when absent
   * @throws TerritoryMissing also when it is not the actor's, RulebookFileUnreadable
   */
  async show(actor: Actor, wanted: ReviewKey, date?: string): Promise<ShownSheet[]> {
    const key = checkedKey(wanted);
    const lists = await loadSheetLists(this.folder.path);
    return this.database.snapshot(actor, async (tx) => {
      const sheets = sheetsOfPlace(lists, { ...key, path: await placeOf(tx, actor, key) });
      const today = date ?? (await readToday(tx));
      const of = { ...key, territories: [key.territory] };
      const uploads = await listStandingUploads(tx, of);
      const [observed] = await currentObservations(tx, of);
      const shown: ShownSheet[] = [];
      for (const { sheet: definition, calendar } of sheets) {
        const status = statusOf(definition, key.period, contentOf(observed, uploads), today, calendar);
        const receipt = status.present > 0 ? await receiptOf(tx, definition.code, uploads) : null;
        shown.push({ ...status, definition, receipt });
      }
      return shown;
    });
  }

  /**
   * Announces every sheet that is late, once a day: of the periods that have just ended, under the norms in force, of
   * the territories from which they are expected and whose account is not approved yet.
   * @param date `YYYY-MM-DD`; today in China by the clock of the database when absent
   * @returns the reminders that are new
   */
  async remind(date?: string): Promise<SheetReminder[]> {
    const lists = await loadSheetLists(this.folder.path);
    return this.database.transaction(accountingActor, async (tx) => {
      const day = date ?? (await readToday(tx));
      const norms = (await listEditions(tx)).filter(({ current }) => current).map(({ normId }) => normId);
      const sent: SheetReminder[] = [];
      for (const normId of norms) {
        for (const period of duePeriods(day)) {
          const late = await lateSheets(tx, lists, { normId, period, day });
          const fresh = await insertReminders(tx, late);
          for (const reminder of fresh) await announceOverdue(tx, reminder);
          sent.push(...fresh);
        }
      }
      return sent;
    });
  }
}

async function announceOverdue(tx: EntityManager, { path: _path, ...reminder }: SheetReminder): Promise<void> {
  const { territory, period, normId, sheet, day } = reminder;
  await announce(tx, {
    event: sheetOverdue,
    key: `${territory} ${period} ${normId} ${sheet} ${day}`,
    payload: reminder,
  });
}

/**
 * Territories from which sheets are expected: where a list says in which places it is in force, all of its levels there;
 * otherwise those that have reported before, so that a list for the whole country asks nobody who has never heard of it.
 */
async function listExpected(
  tx: EntityManager,
  lists: readonly SheetList[],
  { normId, period }: Pick<ReviewKey, 'normId' | 'period'>,
): Promise<string[]> {
  const held = lists.filter(({ norms }) => norms.includes(normId));
  const levels = [...new Set(held.flatMap((each) => each.levels))];
  if (levels.length === 0) return [];
  const expected = new Set(await listReportingTerritories(tx, normId, levels));
  for (const list of held) {
    for (const place of list.places ?? []) {
      if (!(await findTerritory(tx, place, periodEnd(period)))) continue;
      const below = await listSubtree(tx, place, periodEnd(period));
      for (const { code, level } of below) if (list.levels.includes(level)) expected.add(code);
    }
  }
  return [...expected].sort();
}

async function lateSheets(
  tx: EntityManager,
  lists: readonly SheetList[],
  { normId, period, day }: { readonly normId: string; readonly period: string; readonly day: string },
): Promise<SheetReminder[]> {
  const expected = await listExpected(tx, lists, { normId, period });
  const locked = await listLocks(tx, period, normId, expected);
  const paths = await pathsOf(tx, expected, periodEnd(period));
  const territories = expected.filter((code) => paths.has(code) && !locked.has(code));
  const late: SheetReminder[] = [];
  for (let from = 0; from < territories.length; from += atOnce) {
    const slice = territories.slice(from, from + atOnce);
    const of = { period, normId, territories: slice };
    const observed = new Map((await currentObservations(tx, of)).map((one) => [one.territory, one]));
    const uploads = await listStandingUploads(tx, of);
    for (const territory of slice) {
      const standing = uploads.filter((upload) => upload.territory === territory);
      const content = contentOf(observed.get(territory), standing);
      const path = paths.get(territory)!;
      for (const { sheet, calendar } of sheetsOfPlace(lists, { territory, path, normId, period })) {
        const { overdue, due, missing } = statusOf(sheet, period, content, day, calendar);
        if (!overdue) continue;
        late.push({ territory, path, period, normId, sheet: sheet.code, day, due, missing });
      }
    }
  }
  return late;
}

/**
 * Whose upload holds now: that of the sheet itself, else the whole one. One that covers other territories as well may be
 * out of the reader's sight.
 */
async function receiptOf(
  tx: EntityManager,
  sheet: string,
  uploads: readonly StandingUpload[],
): Promise<ShownSheet['receipt']> {
  const upload = uploads.find(({ dataSheet }) => dataSheet === sheet) ?? uploads.find(({ dataSheet }) => !dataSheet);
  if (!upload) return null;
  try {
    const batch = await getBatch(tx, upload.batchId);
    return { batch: batch.id, by: batch.importedByName, at: batch.importedAt };
  } catch (error) {
    if (error instanceof BatchMissing) return null;
    throw error;
  }
}
