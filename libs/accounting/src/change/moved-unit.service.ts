/** The change of a territory whose boundary changed by a merge or split: both periods within both boundaries. */
import type { NormEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { Account } from '../account/account';
import { type AccountRecord, listAccounts } from '../account/account.store';
import { withLines } from '../account/recorded-account.store';
import { breaksOf, territoriesOf } from '../series/boundary-plan';
import { BoundaryBroken } from '../series/errors';
import { type BoundaryHistory, planBoundary } from '../series/plan-boundary.service';
import { restateAccount } from '../series/restate-account';
import type { ChangeCorners } from './decompose-change';
import type { AccountUnit } from './units-below.store';

type MovedUnit = AccountUnit & { readonly account: Account & AccountRecord };

/** Which accounts of the other boundary are meant, and whether recorded ones are enough. */
interface MovedRequest {
  readonly asOf?: Date;
  readonly published?: boolean;
  /** False where observations would have to be computed anew, of which a part has none. */
  readonly isPlain: boolean;
  readonly norm: NormEdition;
}

/** @throws BoundaryBroken where a period cannot be put together within the boundary of the other one */
export async function movedCorners(
  tx: EntityManager,
  [before, after]: readonly [MovedUnit, MovedUnit],
  { asOf, published, isPlain, norm }: MovedRequest,
  history: BoundaryHistory,
): Promise<ChangeCorners> {
  const { territory } = before;
  const periods = [before.account.period, after.account.period] as const;
  const plan = await planBoundary(history, territory, [after.day, before.day]);
  const broken = new BoundaryBroken(territory, periods, plan.kind === 'unknown' ? [plan.step] : breaksOf(plan));
  const within = async (unit: MovedUnit, day: string): Promise<Account> => {
    const planned = await planBoundary(history, territory, [day, unit.day]);
    if (planned.kind === 'unknown' || !isPlain) throw broken;
    const { period } = unit.account;
    const codes = territoriesOf(planned).filter((code) => code !== territory);
    const wanted = { territories: codes, period, normId: norm.id, normEdition: norm.edition, asOf, published };
    const others = codes.length === 0 ? [] : await withLines(tx, await listAccounts(tx, wanted));
    if (others.length < codes.length) throw broken;
    const accounts = [unit.account, ...others];
    return restateAccount(planned, new Map(accounts.map((account) => [account.territory, account])), norm);
  };
  const [later, earlier] = [await within(after, before.day), await within(before, after.day)];
  const corners = [before.account, later, earlier, after.account];
  return { settings: ['boundary'], corners: corners.map((account) => ({ account })) };
}
