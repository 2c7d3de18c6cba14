/** Use case of report tables: gathers what a recorded vintage is made of, as it was known when it was published. */
import { Injectable } from '@nestjs/common';
import { parsePeriod, periodEnd } from '@gep/kernel';
import { Database, type Actor } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { findTerritory, placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import {
  findAccount,
  findAccountById,
  findAccountsById,
  listChildren,
  type AccountRecord,
} from '../account/account.store';
import { findBefore, settledAt } from './account-before.store';
import { observedOf, withLines } from '../account/recorded-account.store';
import { AccountMissing } from '../errors';
import { nameOfAct, nameOfState } from '../review/review-words';
import { listSteps } from '../review/review.store';
import { firstDisclosureOf } from '../restatement/disclosure.store';
import { buildReport } from './build-report';
import { extentBetween, observedSource } from './report-of-files';
import type { ReportSource, Signature } from './report-source';
import type { AccountReport } from './report-table';

/** Which vintage, and what the database does not hold. */
export interface ReportRequest {
  readonly accountId: string;
  /** Period whose prices make values comparable; the one before when absent. */
  readonly base?: string;
  readonly people?: string;
  readonly gdpYuan?: string;
}

@Injectable()
export class ReportService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * The tables of a vintage. The period before and the base are taken as they were known when the vintage was published
   * (when another took its place, or now), and signatures up to its publication, so that what was published reads the
   * same for ever.
   * @throws AccountMissing
   */
  async report(actor: Actor, { accountId, base, people, gdpYuan }: ReportRequest): Promise<AccountReport> {
    return this.database.snapshot(actor, async (tx) => {
      const record = await findAccountById(tx, accountId);
      if (!record) throw new AccountMissing({ account: accountId });
      const norm = await this.rulebook.getNorm(tx, record.norm.id, record.norm.edition);
      const [account] = await withLines(tx, [record]);
      const before = await findBefore(tx, record);
      const [previous] = before ? await withLines(tx, [before]) : [undefined];
      const baseRecord = base === undefined ? undefined : await findBase(tx, record, base);
      const [basis] = baseRecord ? await withLines(tx, [baseRecord]) : [undefined];
      const observed = record.origin === 'observed' ? await observedOf(tx, record) : undefined;
      const earlier = observed && before?.origin === 'observed' ? await observedOf(tx, before) : undefined;
      const children = await listChildren(tx, accountId);
      const parts = await findAccountsById(
        tx,
        children.map((child) => child.accountId),
      );
      return buildReport({
        norm,
        account,
        places: placesOfPath(record.path),
        ...(await nameOf(tx, record)),
        ...(previous ? { previous } : {}),
        ...(basis ? { base: basis } : {}),
        ...(earlier && observed ? { extent: extentBetween(norm, record.areaUnit, earlier, observed) } : {}),
        ...(observed ? { observed: observedSource(observed) } : {}),
        parts: await withLines(tx, parts),
        signatures: await signaturesOf(tx, record),
        people,
        gdpYuan,
      });
    });
  }
}

/** As it was called when the vintage was first published, which renaming does not reach; else as it is called now. */
async function nameOf(
  tx: EntityManager,
  { id, territory, period }: AccountRecord,
): Promise<Pick<ReportSource, 'territoryName'>> {
  const published = await firstDisclosureOf(tx, id);
  const called = published ?? (await findTerritory(tx, territory, periodEnd(period)));
  return called ? { territoryName: { zh: called.nameZh, en: called.nameEn ?? called.nameZh } } : {};
}

async function findBase(tx: EntityManager, record: AccountRecord, base: string): Promise<AccountRecord> {
  const { territory, norm } = record;
  const period = parsePeriod(base);
  const asOf = await settledAt(tx, record);
  const found = await findAccount(tx, { territory, period, norm: { id: norm.id }, asOf });
  if (!found) throw new AccountMissing({ territory, period, norm: norm.id, asOf: asOf?.toISOString() });
  return found;
}

/** Steps that were about this vintage, up to its first publication. */
async function signaturesOf(tx: EntityManager, { id, territory, period, norm }: AccountRecord): Promise<Signature[]> {
  const steps = await listSteps(tx, { territory, period, normId: norm.id });
  const own = steps.filter(({ vintage }) => vintage.accountId === id);
  const published = own.findIndex(({ act }) => act === 'publish');
  const shown = published < 0 ? own : own.slice(0, published + 1);
  return shown.map(({ act, state, by, at, reason }) => ({
    act: nameOfAct(act),
    state: nameOfState(state),
    by: by.name,
    at: at.toISOString(),
    reason,
  }));
}
