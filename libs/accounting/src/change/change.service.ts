/** The change between two recorded accounts of a territory, split at the observed accounts that they were added up from. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Account } from '../account/account';
import { AccountRecord } from '../account/account.store';
import { getAccount, observedOf, withLines } from '../account/recorded-account.store';
import { FlowsOfVintageUnknown } from '../flow/errors';
import { findFlowTree } from '../flow/flow-tree.store';
import { historyOf } from '../series/boundary-history.service';
import type { BoundaryHistory } from '../series/plan-boundary.service';
import { LevelAttributes } from './attribute-levels';
import { changeBetween } from './change-between';
import { changeOfGroup, groupCode, recordedGroup } from './change-of-group';
import { changeOfQuantities, type QuantityEffects } from './change-of-quantities';
import { ComparableAccount, PriceIndex } from './comparable-prices';
import { comparableTerritories } from './comparable-territories';
import { type ChangeRow, rowOf } from './change-row';
import { ChangeDecomposition } from './decompose-change';
import { ChangePart, decomposeParts } from './decompose-parts';
import { ChangeTooWide } from './errors';
import { movedCorners } from './moved-unit.service';
import { pairUnits, type UnitPair } from './pair-units';
import { type AddedSide, takenBackCorners } from './taken-back-corners';
import { type AccountUnit, listUnits } from './units-below.store';

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
  /** Also what the change did to quantities. */
  readonly quantities?: boolean;
}

export interface RecordedChange {
  readonly change: ChangeDecomposition;
  /** The edition of the later account. */
  readonly norm: NormEdition;
  /** Codes in `byTerritory` that stand for more or less than the territory of that code. */
  readonly rows: readonly ChangeRow[];
  readonly comparable?: ComparableAccount;
  readonly quantities?: readonly QuantityEffects[];
}

type WholeAccount = Account & AccountRecord;
type ChangeUnit = AccountUnit & { readonly account: WholeAccount };
type ChangePair = UnitPair<ChangeUnit>;

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
   * Splits the change at the observed accounts below both vintages and adds the effects. What was merged or split below is of
   * the same land on both sides and changes nothing of it; where a boundary changed itself, what that does is its own effect.
   * Where the norm had other editions, the observations are computed under both, and what the edition does is its own effect.
   * @throws AccountMissing, ChangeTooWide, LevelAttributeUnknown, BoundaryBroken, AccountOnlyInPart
   */
  decompose(actor: Actor, request: ChangeRequest): Promise<RecordedChange> {
    return this.database.snapshot(actor, (tx) => this.decomposeIn(tx, request));
  }

  /** The same within the transaction of a deed that rests on it. */
  async decomposeIn(tx: EntityManager, request: ChangeRequest): Promise<RecordedChange> {
    const records = [await getRecord(tx, request, request.from), await getRecord(tx, request, request.to)] as const;
    const [before, after] = await withLines(tx, records);
    const history = await historyOf(tx);
    const units = [await unitsOf(tx, before, history), await unitsOf(tx, after, history)] as const;
    const norm = await this.rulebook.getNorm(tx, after.norm.id, after.norm.edition);
    const pairs = pairUnits(units[0], units[1], history.successions);
    const split: ChangePart[] = [];
    for (const pair of pairs) split.push(await this.partOf(tx, pair, request, history));
    const isPlain = pairs.every((pair) => pair.before.length === 1 && pair.after.length === 1 && !pair.moved);
    const { taken, corners } = takenBackCorners(await this.addedSides(tx, [before, after], isPlain), split);
    split.push(...corners.map((each) => ({ corners: each })));
    const { indices, territory } = request;
    const back = taken.map((account) => ({ account, places: placesOfPath(account.path) }));
    const placed = ({ account }: ChangeUnit) => ({ account, places: placesOfPath(account.path) });
    const compared = [
      ...pairs.map((pair) => ({ before: pair.before.map(placed), after: pair.after.map(placed) })),
      ...(back.length > 0 ? [{ before: back.slice(0, 1), after: back.slice(-1) }] : []),
    ];
    return {
      change: decomposeParts([before, after], split, norm.units),
      quantities: request.quantities ? changeOfQuantities(split, norm.units) : undefined,
      norm,
      rows: [...pairs.flatMap(rowOf), ...(taken.length > 0 ? [{ territory, kind: 'takenBack' as const }] : [])],
      comparable: indices && comparableTerritories(norm, territory, compared, indices),
    };
  }

  private async partOf(
    tx: EntityManager,
    pair: ChangePair,
    request: ChangeRequest,
    history: BoundaryHistory,
  ): Promise<ChangePart> {
    const [[gone], [come]] = [pair.before, pair.after];
    if (!come) return { gone: gone.account };
    if (!gone) return { come: come.account };
    const norms = [await this.normOf(tx, gone.account), await this.normOf(tx, come.account)] as const;
    const isPlain = !request.attributes && norms[0].edition === norms[1].edition;
    if (pair.moved)
      return { corners: await movedCorners(tx, [gone, come], { ...request, isPlain, norm: norms[1] }, history) };
    const isOne = pair.before.length === 1 && pair.after.length === 1;
    if (isPlain) {
      if (isOne) return { corners: { settings: [], corners: [{ account: gone.account }, { account: come.account }] } };
      const accountsOf = (units: readonly ChangeUnit[]): Account[] => units.map(({ account }) => account);
      return { corners: recordedGroup(groupCode(pair), norms[1], [accountsOf(pair.before), accountsOf(pair.after)]) };
    }
    const observed = async (units: readonly ChangeUnit[]) => {
      const all = [];
      for (const { record } of units) all.push(await observedOf(tx, record));
      return all;
    };
    const [earlier, later] = [await observed(pair.before), await observed(pair.after)];
    const { attributes = noAttributes } = request;
    if (isOne) return { corners: changeBetween({ norms, observed: [earlier[0], later[0]], attributes }) };
    return { corners: changeOfGroup(groupCode(pair), { norms, observed: [earlier, later], attributes }) };
  }

  private async normOf(tx: EntityManager, { norm }: WholeAccount): Promise<NormEdition> {
    return this.rulebook.getNorm(tx, norm.id, norm.edition);
  }

  /** Between two editions with how each whole was added up; where that cannot be told, what was recorded is split as it is. */
  private async addedSides(
    tx: EntityManager,
    [before, after]: readonly [WholeAccount, WholeAccount],
    isPlain: boolean,
  ): Promise<readonly [AddedSide<WholeAccount>, AddedSide<WholeAccount>]> {
    const sideOf = async (whole: WholeAccount, isAdded: boolean): Promise<AddedSide<WholeAccount>> => {
      const norm = await this.normOf(tx, whole);
      return { whole, norm, tree: isAdded ? await findFlowTree(tx, whole) : undefined };
    };
    const differ = isPlain && before.norm.edition !== after.norm.edition;
    try {
      return [await sideOf(before, differ), await sideOf(after, differ)];
    } catch (error) {
      if (!(error instanceof FlowsOfVintageUnknown)) throw error;
      return [await sideOf(before, false), await sideOf(after, false)];
    }
  }
}

const getRecord = (
  tx: EntityManager,
  { territory, norm, asOf, published }: ChangeRequest,
  period: string,
): Promise<AccountRecord> => getAccount(tx, { territory, period, norm: { id: norm }, asOf, published });

/** @throws ChangeTooWide */
async function unitsOf(
  tx: EntityManager,
  whole: WholeAccount,
  { successions }: BoundaryHistory,
): Promise<ChangeUnit[]> {
  const refuse = (): Error => new ChangeTooWide(whole.territory, whole.period, mostParts);
  const units = await listUnits(tx, whole, successions, { most: mostParts, refuse });
  const accounts = await withLines(
    tx,
    units.map(({ record }) => record),
  );
  return units.map((unit, at) => ({ ...unit, account: accounts[at] }));
}
