/** Use case of succession where there are accounts: a merge or split names those that it leaves behind before it does so. */
import { Injectable } from '@nestjs/common';
import { listObservedTerritories } from '@gep/observation';
import { Database, type Actor } from '@gep/platform';
import {
  listSuccessions,
  SuccessionService,
  type RecordedSuccession,
  type SuccessionChange,
  type SuccessionGate,
} from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { listAccounts } from '../account/account.store';
import { AccountsLeftBehind } from './errors';
import { leftAccounts, lineageOf, type LeftAccount } from './left-accounts';

/** A change, and whether accounts are left behind: those of the successors are then what is observed of them, and nothing else. */
export interface SuccessionWish {
  readonly change: SuccessionChange;
  readonly leaveAccounts?: boolean;
}

@Injectable()
export class AccountSuccessionService {
  private readonly successions: SuccessionService;

  constructor(database: Database) {
    this.successions = new SuccessionService(database);
  }

  /**
   * Records a change once for a key; accounts pass on to the successors with the next recompute. `decided` names those that are
   * left behind, which stands in the audit row too.
   * @throws AccountsLeftBehind when some cannot pass on and may not be left; as SuccessionService.recordOnce
   */
  async recordOnce(
    actor: Actor,
    wish: SuccessionWish,
    key: string,
  ): Promise<RecordedSuccession<readonly LeftAccount[]> & { readonly replayed: boolean }> {
    return this.successions.recordOnce(actor, changeOf(wish), key, gateOf(wish));
  }

  /** The same without a key. @throws AccountsLeftBehind when some cannot pass on and may not be left; as SuccessionService.recordSuccession */
  async recordSuccession(actor: Actor, wish: SuccessionWish): Promise<RecordedSuccession<readonly LeftAccount[]>> {
    return this.successions.recordSuccession(actor, changeOf(wish), gateOf(wish));
  }
}

/** Accounts pass on unless they are to be left behind. */
const changeOf = ({ change, leaveAccounts = false }: SuccessionWish): SuccessionChange => ({
  ...change,
  carries: !leaveAccounts,
});

function gateOf(wish: SuccessionWish): SuccessionGate<readonly LeftAccount[]> {
  const { leaveAccounts = false } = wish;
  const change = changeOf(wish);
  return {
    asked: { leaveAccounts },
    async check(tx) {
      const successions = await listSuccessions(tx);
      const recorded = await listRecorded(tx, lineageOf(change.predecessors, successions));
      const left = leftAccounts(change, successions, recorded);
      if (left.length > 0 && !leaveAccounts) {
        throw new AccountsLeftBehind(change.predecessors, change.effective, left);
      }
      return left;
    },
  };
}

/** Current accounts of territories, with since when the observation of each holds. */
async function listRecorded(tx: EntityManager, territories: readonly string[]) {
  const accounts = await listAccounts(tx, { territories });
  const keyOf = (period: string, norm: string, territory: string): string => JSON.stringify([period, norm, territory]);
  const since = new Map<string, string>();
  for (const text of new Set(accounts.map(({ period, norm }) => JSON.stringify([period, norm.id])))) {
    const [period, normId] = JSON.parse(text) as [string, string];
    for (const one of await listObservedTerritories(tx, { period, normId, territories })) {
      since.set(keyOf(period, normId, one.territory), one.since);
    }
  }
  return accounts.map((account) => ({
    ...account,
    since: since.get(keyOf(account.period, account.norm.id, account.territory)) ?? null,
  }));
}
