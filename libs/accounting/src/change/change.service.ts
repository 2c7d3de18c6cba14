/** The change between two recorded accounts of a territory, split at the observed accounts that they were added up from. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from '../account/account';
import { AccountRecord } from '../account/account.store';
import { getAccount, observedOf, unitsBelow, withLines } from '../account/recorded-account.store';
import { FlowsOfVintageUnknown } from '../flow/errors';
import { findFlowTree } from '../flow/flow-tree.store';
import { LevelAttributes } from './attribute-levels';
import { changeBetween } from './change-between';
import { ComparableAccount, PriceIndex } from './comparable-prices';
import { comparableTerritories } from './comparable-territories';
import { ChangeCorners, ChangeDecomposition } from './decompose-change';
import { ChangePart, decomposeParts, pairParts } from './decompose-parts';
import { ChangeTooWide } from './errors';
import { type AddedSide, takenBackCorners } from './taken-back-corners';

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
      const leaves = [await partsOf(tx, before), await partsOf(tx, after)] as const;
      const norm = await this.rulebook.getNorm(tx, after.norm.id, after.norm.edition);
      const parts = pairParts(leaves[0], leaves[1], (from, to) => pairOf(from, to));
      const split: ChangePart[] = [];
      for (const part of parts) {
        const sides = 'corners' in part ? part.corners.corners.map(({ account }) => account as WholeAccount) : [];
        const isPlain = !request.attributes && sides[0]?.norm.edition === sides[1]?.norm.edition;
        split.push(sides.length === 0 || isPlain ? part : { corners: await this.observedChange(tx, sides, request) });
      }
      const { taken, corners } = takenBackCorners(await this.addedSides(tx, [before, after]), split);
      split.push(...corners.map((each) => ({ corners: each })));
      const { indices, territory } = request;
      const placed = leaves.map((accounts, at) =>
        [...accounts, ...taken.slice(at === 0 ? 0 : -1).slice(0, 1)].map((account) => {
          return { account, places: placesOfPath(account.path) };
        }),
      );
      return {
        change: decomposeParts([before, after], split, norm.units),
        norm,
        comparable: indices && comparableTerritories(norm, territory, [placed[0], placed[1]], indices),
      };
    });
  }

  /** Between two editions with how each whole was added up; where that cannot be told, what was recorded is split as it is. */
  private async addedSides(
    tx: EntityManager,
    [before, after]: readonly [WholeAccount, WholeAccount],
  ): Promise<readonly [AddedSide<WholeAccount>, AddedSide<WholeAccount>]> {
    const sideOf = async (whole: WholeAccount, isAdded: boolean): Promise<AddedSide<WholeAccount>> => {
      const norm = await this.rulebook.getNorm(tx, whole.norm.id, whole.norm.edition);
      return { whole, norm, tree: isAdded ? await findFlowTree(tx, whole) : undefined };
    };
    const differ = before.norm.edition !== after.norm.edition;
    try {
      return [await sideOf(before, differ), await sideOf(after, differ)];
    } catch (error) {
      if (!(error instanceof FlowsOfVintageUnknown)) throw error;
      return [await sideOf(before, false), await sideOf(after, false)];
    }
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

const getRecord = (
  tx: EntityManager,
  { territory, norm, asOf, published }: ChangeRequest,
  period: string,
): Promise<AccountRecord> => getAccount(tx, { territory, period, norm: { id: norm }, asOf, published });

/** @throws ChangeTooWide */
async function partsOf(tx: EntityManager, whole: WholeAccount): Promise<WholeAccount[]> {
  const refuse = (): Error => new ChangeTooWide(whole.territory, whole.period, mostParts);
  return withLines(tx, await unitsBelow(tx, whole, mostParts, refuse));
}
