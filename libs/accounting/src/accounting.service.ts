/** Use cases over recorded accounts that need more than one store: explanations. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { AccountRecord, findAccountById, findAccountsById, listChildren } from './account/account.store';
import { observedOf, withLines } from './account/recorded-account.store';
import { explainAccount, explainAggregate } from './explanation/explain-account';
import { ExplainNode, ExplainSelection } from './explanation/explain-node';
import { AccountMissing } from './errors';

/** Which figure of which vintage to explain. */
export interface ExplainRequest extends ExplainSelection {
  readonly accountId: string;
}

@Injectable()
export class AccountingService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * The tree behind a vintage or some lines of it: from patches when it was observed, from children when it was added up.
   * @throws AccountMissing, AccountLineMissing
   */
  async explain(actor: Actor, { accountId, ...selection }: ExplainRequest): Promise<ExplainNode> {
    return this.database.snapshot(actor, async (tx) => {
      const record = await findAccountById(tx, accountId);
      if (!record) throw new AccountMissing({ account: accountId });
      const norm = await this.rulebook.getNorm(tx, record.norm.id, record.norm.edition);
      const [account] = await withLines(tx, [record]);
      if (record.origin === 'observed') return explainAccount(norm, await observedOf(tx, record), account, selection);
      const children = await listChildren(tx, accountId);
      const ids = children.map((child) => child.accountId);
      const present = await findAccountsById(tx, ids);
      return explainAggregate(norm, account, await withLines(tx, present), selection);
    });
  }
}
