/** Use case of succession where there are accounts: a merge or split names those that it leaves behind before it does so. */
import { Injectable } from '@nestjs/common';
import { Database, type Actor } from '@gep/platform';
import {
  listSuccessions,
  SuccessionService,
  type RecordedSuccession,
  type SuccessionChange,
  type SuccessionGate,
} from '@gep/territory';
import { listAccounts } from '../account/account.store';
import { AccountsLeftBehind } from './errors';
import { leftAccounts, lineageOf, type LeftAccount } from './left-accounts';

/** A change, and whether accounts may be left behind. */
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
   * Records a change once for a key; `decided` names the accounts that it leaves behind, which stands in the audit row too.
   * @throws AccountsLeftBehind unless they may be left; as SuccessionService.recordOnce
   */
  async recordOnce(
    actor: Actor,
    wish: SuccessionWish,
    key: string,
  ): Promise<RecordedSuccession<readonly LeftAccount[]> & { readonly replayed: boolean }> {
    return this.successions.recordOnce(actor, wish.change, key, gateOf(wish));
  }

  /** The same without a key. @throws AccountsLeftBehind unless they may be left; as SuccessionService.recordSuccession */
  async recordSuccession(actor: Actor, wish: SuccessionWish): Promise<RecordedSuccession<readonly LeftAccount[]>> {
    return this.successions.recordSuccession(actor, wish.change, gateOf(wish));
  }
}

function gateOf({ change, leaveAccounts = false }: SuccessionWish): SuccessionGate<readonly LeftAccount[]> {
  return {
    asked: { leaveAccounts },
    async check(tx) {
      const successions = await listSuccessions(tx);
      const recorded = await listAccounts(tx, { territories: lineageOf(change.predecessors, successions) });
      const left = leftAccounts(change, successions, recorded);
      if (left.length > 0 && !leaveAccounts) {
        throw new AccountsLeftBehind(change.predecessors, change.effective, left);
      }
      return left;
    },
  };
}
