/** Finds what the observation of an account lacks of the data sheets that hold for it. */
import { findObservation } from '@gep/observation';
import { loadSheetLists } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { AccountRecord } from '../account/account.store';
import { readToday } from '../recompute/run.store';
import { statusOf, type MissingSheet } from './sheet-status';
import { contentOf, sheetsOfPlace } from './sheets-of-place';

/**
 * Sheets with something that lacks in an observed account; an account that was added up has none of its own.
 * @throws RulebookFileUnreadable
 */
export async function listMissingSheets(
  tx: EntityManager,
  { territory, path, period, norm, origin, observationDigest: digest }: AccountRecord,
  rulebookDir: string,
): Promise<MissingSheet[]> {
  if (origin !== 'observed') return [];
  const held = sheetsOfPlace(await loadSheetLists(rulebookDir), { territory, path, period, normId: norm.id });
  if (held.length === 0) return [];
  const content = contentOf(await findObservation(tx, { territory, period, normId: norm.id, digest }), []);
  const today = await readToday(tx);
  return held.flatMap(({ sheet, calendar, binding }): MissingSheet[] => {
    const status = statusOf(sheet, period, content, today, calendar);
    return status.missing.length === 0
      ? []
      : [{ ...status, title: sheet.title, department: sheet.department, binding }];
  });
}
