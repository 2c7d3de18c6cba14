/** Use cases over recorded accounts that need more than one store: explanations. */
import { Injectable } from '@nestjs/common';
import { assert } from '@gep/kernel';
import { decodeChunk, findObservation } from '@gep/observation';
import { Actor, Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from './account/account';
import { AccountRecord, findAccountById, findAccountsById, listChildren, listLines } from './account/account.store';
import { explainAccount, explainAggregate } from './explanation/explain-account';
import { ExplainNode, ExplainSelection } from './explanation/explain-node';
import { ObservedPeriod } from './account/observed-period';
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

async function withLines(tx: EntityManager, records: readonly AccountRecord[]): Promise<Account[]> {
  const lines = await listLines(
    tx,
    records.map(({ id }) => id),
  );
  return records.map((record) => ({ ...record, lines: lines.get(record.id)!, baseSums: null, children: [] }));
}

/** The observation that an account was computed from, and no newer one. */
async function observedOf(tx: EntityManager, record: AccountRecord): Promise<ObservedPeriod> {
  const { territory, period, norm, observationDigest: digest, path } = record;
  const found = await findObservation(tx, { territory, period, normId: norm.id, digest });
  assert(found, `the observation ${digest} of ${territory} ${period} is gone`);
  return {
    territory,
    period,
    places: placesOfPath(path),
    chunks: found.chunks.map(({ bytes }) => decodeChunk(bytes)),
    batches: found.chunks.map(({ batchId }) => batchId),
    statistics: found.statistics,
    digest,
  };
}
