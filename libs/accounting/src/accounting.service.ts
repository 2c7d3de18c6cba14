/** Use cases over recorded accounts that need more than one store: explanations, and the extent between two periods. */
import { Injectable } from '@nestjs/common';
import type { Fraction } from '@gep/kernel';
import { Actor, Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { AccountRecord, findAccountById, findAccountsById, listChildren } from './account/account.store';
import { getAccount, observedOf, withLines } from './account/recorded-account.store';
import { explainAccount, explainAggregate } from './explanation/explain-account';
import { ExplainNode, ExplainSelection } from './explanation/explain-node';
import { AccountMissing } from './errors';
import { listFlows } from './flow/flow.store';
import { ExtentPartsDiffer } from './extent/errors';
import { computeExtent, ExtentAccount } from './extent/extent-account';
import { type ClassMapping, mapTypes } from './extent/map-classes';
import { recordedExtent } from './extent/recorded-extent.service';

/** Which figure of which vintage to explain. */
export interface ExplainRequest extends ExplainSelection {
  readonly accountId: string;
}

/** The recorded accounts of two periods between which the extent is asked for. */
export interface ExtentRequest {
  readonly territory: string;
  readonly before: string;
  readonly after: string;
  readonly norm: string;
  readonly asOf?: Date;
  /** Only what was published, by then with `asOf`; otherwise the current vintages. */
  readonly published?: boolean;
  /** The classes to show it in; those of the norm when absent. */
  readonly into?: ClassMapping;
}

export interface RecordedExtent {
  readonly extent: ExtentAccount;
  /** Area whose patches could not be followed from one period to the other; the matrix is known when it is nothing. */
  readonly unmatched: Fraction;
  /** Ids of the vintages. */
  readonly accounts: { readonly before: string; readonly after: string };
  /** The mapping table whose classes these are. */
  readonly crosswalk: string | null;
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
      const named = [...new Set(account.lines.flatMap(({ flow }) => flow ?? []))];
      const flows = new Map((await listFlows(tx, { ids: named })).map((flow) => [flow.id, flow]));
      const byId = new Map(children.map(({ accountId: id, division }) => [id, division]));
      const explained = (await withLines(tx, present)).map((child) => ({ ...child, division: byId.get(child.id) }));
      return explainAggregate(norm, { ...account, children }, explained, flows, selection);
    });
  }

  /**
   * The extent account between two periods: by patches of each observed account below, else opening and closing by type,
   * with what crossed a boundary that changed.
   * @throws AccountMissing, ExtentImbalance, PatchTwice, ExtentPartsDiffer, BoundaryBroken, CrosswalkClassUnknown, CrosswalkSharesNeeded,
   *   CrosswalkSharesWrong
   */
  async extent(
    actor: Actor,
    { territory, before, after, norm: id, asOf, published, into }: ExtentRequest,
  ): Promise<RecordedExtent> {
    return this.database.snapshot(actor, async (tx) => {
      const recordOf = (period: string): Promise<AccountRecord> =>
        getAccount(tx, { territory, period, norm: { id }, asOf, published });
      const [earlier, later] = [await recordOf(before), await recordOf(after)];
      if (earlier.areaUnit !== later.areaUnit) throw new ExtentPartsDiffer([before, after], 'unit');
      const norm = await this.rulebook.getNorm(tx, later.norm.id, later.norm.edition);
      const sides = { types: norm.types, unit: later.areaUnit, records: [earlier, later] as const };
      const { input, unmatched } = await recordedExtent(tx, sides);
      const extent = computeExtent(into ? mapTypes(input, norm, into) : input);
      const accounts = { before: earlier.id, after: later.id };
      return { extent, unmatched, accounts, crosswalk: into?.crosswalk.id ?? null };
    });
  }
}
