/** Joins the data sheet of an import with what stands in each of its territories and periods, a few at a time. */
import { setImmediate as turn } from 'node:timers/promises';
import type { NormEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { periodKey } from '../import/admit-periods';
import type { CheckedPeriod } from '../import/checked-file';
import { findStanding } from './delivery.store';
import { joinApart } from './join-deliveries.pool';
import type { JoinedPeriod } from './join-delivery';

/** Territories and periods whose rows are in memory together. */
const atOnce = 50;

/** What holds now, and what would hold with the sheet; keys are `territory period`. */
export async function joinWithStanding(
  tx: EntityManager,
  periods: readonly CheckedPeriod[],
  { norm, dataSheet, batchId }: { readonly norm: NormEdition; readonly dataSheet: string; readonly batchId: string },
): Promise<{
  readonly current: Map<string, { readonly digest: string; readonly patches: number }>;
  readonly joined: Map<string, JoinedPeriod>;
}> {
  const units = new Map(norm.attributes.map(({ code, unit }) => [code, unit.text]));
  const current = new Map<string, { readonly digest: string; readonly patches: number }>();
  const joined = new Map<string, JoinedPeriod>();
  for (let from = 0; from < periods.length; from += atOnce) {
    const slice = periods.slice(from, from + atOnce);
    const standing = await findStanding(tx, norm.id, slice);
    for (const period of slice) {
      const key = periodKey(period);
      const before = standing.get(key);
      const { refusedRows, statistics, given = [], bytes } = period;
      const arrived = { dataSheet, batchId, refusedRows, bytes, given, statistics };
      joined.set(key, await joinApart({ standing: before, dataSheet, arrived, units }));
      if (before) current.set(key, before);
    }
    await turn();
  }
  return { current, joined };
}
