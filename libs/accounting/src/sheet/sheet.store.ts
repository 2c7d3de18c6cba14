/** SQL of data sheets: who is expected to deliver, and which reminders went out. */
import type { EntityManager } from 'typeorm';

/** A reminder of one sheet on one day. */
export interface SheetReminder {
  readonly territory: string;
  readonly path: string;
  readonly period: string;
  readonly normId: string;
  readonly sheet: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly due: string;
  readonly missing: readonly string[];
}

/** Territories that have reported under a norm before, in any period: of them the next period is expected. */
export async function listReportingTerritories(
  tx: EntityManager,
  normId: string,
  levels: readonly string[],
): Promise<string[]> {
  const rows: { code: string }[] = await tx.query(
    `SELECT DISTINCT territory_code AS code FROM accounting.account
     WHERE norm_id = $1 AND origin = 'observed' AND territory_level = ANY ($2::text[]) ORDER BY 1`,
    [normId, levels],
  );
  return rows.map(({ code }) => code);
}

/** Keeps the reminders that are not there yet, and gives those back. */
export async function insertReminders(
  tx: EntityManager,
  reminders: readonly SheetReminder[],
): Promise<SheetReminder[]> {
  if (reminders.length === 0) return [];
  const column = <T>(pick: (reminder: SheetReminder) => T): T[] => reminders.map(pick);
  const rows: { place: number }[] = await tx.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::date[], $8::text[])
         WITH ORDINALITY AS g(code, period, norm, sheet, day, path, due, missing, place)),
     kept AS (
       INSERT INTO accounting.sheet_reminder (territory_code, period, norm_id, sheet, day, territory_path, due, missing)
       SELECT code, period, norm, sheet, day, path::ltree, due, string_to_array(missing, ' ') FROM given
       ON CONFLICT DO NOTHING RETURNING territory_code, period, norm_id, sheet, day)
     SELECT g.place::int AS place FROM given g
     JOIN kept k ON k.territory_code = g.code AND k.period = g.period AND k.norm_id = g.norm AND k.sheet = g.sheet
       AND k.day = g.day
     ORDER BY g.place`,
    [
      column(({ territory }) => territory),
      column(({ period }) => period),
      column(({ normId }) => normId),
      column(({ sheet }) => sheet),
      column(({ day }) => day),
      column(({ path }) => path),
      column(({ due }) => due),
      column(({ missing }) => missing.join(' ')),
    ],
  );
  return rows.map(({ place }) => reminders[place - 1]);
}

/** What a list of reminders is limited to; every part may be left out. */
export interface ReminderFilter {
  /** ltree text: the territory and everything below it. */
  readonly within?: string;
  readonly period?: string;
  readonly normId?: string;
}

/** Where a page of reminders begins: after this one. */
export type ReminderPosition = Pick<SheetReminder, 'day' | 'territory' | 'period' | 'normId' | 'sheet'>;

/** Reminders, those of the latest day first, then by territory; at most `limit` after `after`. */
export async function listReminders(
  tx: EntityManager,
  filter: ReminderFilter,
  page: { readonly after?: ReminderPosition; readonly limit: number },
): Promise<SheetReminder[]> {
  const { after, limit } = page;
  return tx.query(
    `SELECT territory_code AS territory, territory_path::text AS path, period, norm_id AS "normId", sheet, day, due, missing
     FROM accounting.sheet_reminder
     WHERE ($1::text IS NULL OR territory_path <@ $1::ltree) AND ($2::text IS NULL OR period = $2)
       AND ($3::text IS NULL OR norm_id = $3)
       AND ($4::date IS NULL OR day < $4 OR (day = $4 AND (territory_code, period, norm_id, sheet) > ($5, $6, $7, $8)))
     ORDER BY day DESC, territory_code, period, norm_id, sheet LIMIT $9`,
    [
      filter.within ?? null,
      filter.period ?? null,
      filter.normId ?? null,
      after?.day ?? null,
      after?.territory ?? null,
      after?.period ?? null,
      after?.normId ?? null,
      after?.sheet ?? null,
      limit,
    ],
  );
}
