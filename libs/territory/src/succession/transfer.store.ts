/** SQL of transfers: what moved into or out of a territory although it kept its code, which changes the boundary of both. */
import type { EntityManager } from 'typeorm';

/** A territory that lay within another one on one of two days only. */
export interface Transfer {
  readonly territory: string;
  /** First day at its new place, `YYYY-MM-DD`. */
  readonly effective: string;
  /** Parents before and after. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What moved into or out of a territory between two days on which all of them are in the tree, by code; of what moved
 * together only the topmost. Sites are no part of a boundary.
 * @param days the earlier one first, `YYYY-MM-DD`
 */
export async function listTransfers(
  tx: EntityManager,
  code: string,
  [before, after]: readonly [string, string],
): Promise<Transfer[]> {
  return tx.query<Transfer[]>(
    `with root as (
       select earlier.path as "before", later.path as "after" from territory.territory earlier
       join territory.territory later using (code)
       where code = $1 and earlier.valid_from <= $2::date and (earlier.valid_to is null or $2::date < earlier.valid_to)
         and later.valid_from <= $3::date and (later.valid_to is null or $3::date < later.valid_to)),
     moved as (
       select code, later.valid_from as effective, earlier.parent_code as "from", later.parent_code as "to"
       from root, territory.territory earlier join territory.territory later using (code)
       where earlier.valid_from <= $2::date and (earlier.valid_to is null or $2::date < earlier.valid_to)
         and later.valid_from <= $3::date and (later.valid_to is null or $3::date < later.valid_to)
         and (earlier.path <@ root.before or later.path <@ root.after)
         and (earlier.path <@ root.before) <> (later.path <@ root.after)
         and later.level <> 'site')
     select code as territory, effective, "from", "to" from moved
     where not exists (select from moved above where above.code in (moved."from", moved."to"))
     order by code`,
    [code, before, after],
  );
}
