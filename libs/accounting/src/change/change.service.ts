/** The change between two recorded accounts of a territory, split at the observed accounts that they were added up from. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from '../account/account';
import { AccountRecord, findAccount, findAccountsById, listChildren } from '../account/account.store';
import { observedOf, withLines } from '../account/recorded-account.store';
import { AccountMissing } from '../errors';
import { LevelAttributes } from './attribute-levels';
import { changeBetween } from './change-between';
import { ComparableAccount, PriceIndex } from './comparable-prices';
import { comparableTerritories } from './comparable-territories';
import { ChangeCorners, ChangeDecomposition } from './decompose-change';
import { ChangePart, decomposeParts, pairParts } from './decompose-parts';
import { ChangeTooWide } from './errors';

/** Which change: the current accounts of two periods, those known at a moment, or those published (by then). */
export interface ChangeRequest {
  readonly territory: string;
  readonly from: string;
  readonly to: string;
  readonly norm: string;
  readonly asOf?: Date;
  readonly published?: boolean;
  /** Attributes that tell condition and weather from supply; without them all of it is supply. */
  readonly attributes?: LevelAttributes;
  /** Also at the prices of the period before, with prices moved by these indices. */
  readonly indices?: readonly PriceIndex[];
}

export interface RecordedChange {
  readonly change: ChangeDecomposition;
  /** The edition of the later account. */
  readonly norm: NormEdition;
  readonly comparable?: ComparableAccount;
}

type WholeAccount = Account & AccountRecord;

/** Accounts that are split in one answer, on each side. */
const mostParts = 400;
const noAttributes: LevelAttributes = { condition: [], weather: [] };

@Injectable()
export class ChangeService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * Splits the change at the observed accounts below both vintages and adds the effects. Where the norm had other editions,
   * the observations are computed under both, and what the edition does is its own effect.
   * @throws AccountMissing, ChangeTooWide, LevelAttributeUnknown
   */
  async decompose(actor: Actor, request: ChangeRequest): Promise<RecordedChange> {
    return this.database.snapshot(actor, async (tx) => {
      const records = [await getRecord(tx, request, request.from), await getRecord(tx, request, request.to)] as const;
      const [before, after] = await withLines(tx, records);
      const leaves = [await observedBelow(tx, before), await observedBelow(tx, after)] as const;
      const norm = await this.rulebook.getNorm(tx, after.norm.id, after.norm.edition);
      const parts = pairParts(leaves[0], leaves[1], (from, to) => pairOf(from, to));
      const split: ChangePart[] = [];
      for (const part of parts) {
        const sides = 'corners' in part ? part.corners.corners.map(({ account }) => account as WholeAccount) : [];
        const isPlain = !request.attributes && sides[0]?.norm.edition === sides[1]?.norm.edition;
        split.push(sides.length === 0 || isPlain ? part : { corners: await this.observedChange(tx, sides, request) });
      }
      const { indices, territory } = request;
      const placed = leaves.map((accounts) =>
        accounts.map((account) => ({ account, places: placesOfPath(account.path) })),
      );
      return {
        change: decomposeParts([before, after], split, norm.units),
        norm,
        comparable: indices && comparableTerritories(norm, territory, [placed[0], placed[1]], indices),
      };
    });
  }

  private async observedChange(
    tx: EntityManager,
    [before, after]: readonly WholeAccount[],
    { attributes = noAttributes }: ChangeRequest,
  ): Promise<ChangeCorners> {
    const normOf = ({ norm }: WholeAccount): Promise<NormEdition> => this.rulebook.getNorm(tx, norm.id, norm.edition);
    return changeBetween({
      norms: [await normOf(before), await normOf(after)],
      observed: [await observedOf(tx, before), await observedOf(tx, after)],
      attributes,
    });
  }
}

const pairOf = (before: WholeAccount, after: WholeAccount): ChangeCorners => ({
  settings: [],
  corners: [{ account: before }, { account: after }],
});

async function getRecord(
  tx: EntityManager,
  { territory, norm, asOf, published }: ChangeRequest,
  period: string,
): Promise<AccountRecord> {
  const found = await findAccount(tx, { territory, period, norm: { id: norm }, asOf, published });
  if (!found) throw new AccountMissing({ territory, period, norm, asOf: asOf?.toISOString(), published });
  return found;
}

/** The observed accounts that an account was added up from; itself when it was observed. @throws ChangeTooWide */
async function observedBelow(tx: EntityManager, whole: WholeAccount): Promise<WholeAccount[]> {
  const observed: AccountRecord[] = [];
  const waiting: AccountRecord[] = [whole];
  for (let record = waiting.pop(); record; record = waiting.pop()) {
    if (record.origin === 'observed') observed.push(record);
    else {
      const children = await listChildren(tx, record.id);
      waiting.push(
        ...(await findAccountsById(
          tx,
          children.map(({ accountId }) => accountId),
        )),
      );
    }
    if (observed.length + waiting.length > mostParts) throw new ChangeTooWide(whole.territory, whole.period, mostParts);
  }
  return withLines(tx, observed);
}
