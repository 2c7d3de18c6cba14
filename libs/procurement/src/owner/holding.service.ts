/** Use cases that change who holds what: transfers, splits and merges of parcels, successions of owners, registered shares. */
import { Injectable } from '@nestjs/common';
import type { Fen, Fraction } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { getTerritory, isWithin } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Company } from '../company/company';
import { getCompany, lockRegister } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import { divideBase } from './divide-base';
import { HoldingRefused, RegisterMissing } from './errors';
import { afterSuccession, afterTransfer, holderSet, holderTexts, type HolderShare } from './holder-set';
import { baseTexts, holdersOfAll, judged, nextHolding, passShares } from './next-holders';
import type { Parcel, ShareMovement } from './register';
import {
  insertHoldings,
  insertNewParcels,
  insertParcelSuccession,
  listOwners,
  listParcels,
  missingOwners,
  type ParcelDraft,
  type RegisterDeed,
} from './register.store';
import { insertOwnerSuccession, insertShareMovements, sharesHeld, type SuccessionKind } from './succession.store';

/** What every change says: of which company, from which day, why, and by which paper (SHA-256). */
export interface HoldingDeed extends RegisterDeed {
  readonly company: string;
}

export interface ParcelTransfer extends HoldingDeed {
  readonly parcel: string;
  readonly giver: string;
  readonly taker: string;
  readonly share: Fraction;
}

export interface ParcelChange extends HoldingDeed {
  readonly predecessors: readonly string[];
  /** `accountFen`: what the parcel account of the base year gives for the land of each. */
  readonly successors: readonly { readonly code: string; readonly territory?: string; readonly accountFen: Fen }[];
  readonly accountYear: number;
}

export interface OwnerChange extends HoldingDeed {
  readonly kind: SuccessionKind;
  readonly predecessors: readonly string[];
  readonly successors: readonly HolderShare[];
}

/** How many rows of the register changed. */
export interface Changed {
  readonly changed: number;
  readonly replayed: boolean;
}

const parcelsAtOnce = 10_000;

@Injectable()
export class HoldingService {
  constructor(private readonly database: Database) {}

  /** @throws CompanyMissing, RegisterMissing, HoldingRefused, DeedDayRefused */
  transfer(actor: Actor, wish: ParcelTransfer, key: string): Promise<Changed> {
    return this.once(actor, 'procurement.parcel.transfer', wish, key, async (tx, company, on) => {
      const [parcel] = await standing(tx, company, [wish.parcel], on);
      await refuseMissing(tx, company, [wish.taker], on);
      const holders = judged(parcel.code, afterTransfer(parcel, wish));
      await insertHoldings(tx, company.id, [nextHolding(parcel, holders)], { ...wish, on });
      return 1;
    });
  }

  /**
   * Some parcels end, and others take their land, their base GEP and their holders.
   * @throws CompanyMissing, RegisterMissing, HoldingRefused, DeedDayRefused
   */
  changeParcels(actor: Actor, wish: ParcelChange, key: string): Promise<Changed> {
    return this.once(actor, 'procurement.parcel.change', wish, key, async (tx, company, on) => {
      const before = await standing(tx, company, wish.predecessors, on);
      const what = wish.predecessors.join(', ');
      const bases = divideBase(before, wish.successors, wish.accountYear);
      if (typeof bases === 'string') throw new HoldingRefused(what, baseTexts[bases]);
      const holders = judged(what, holdersOfAll(before));
      const codes = wish.successors.map(({ code }) => code);
      const there = await listParcels(tx, { companyId: company.id, codes, limit: 1, on });
      if (there.length > 0 || new Set(codes).size < codes.length)
        throw new HoldingRefused(what, {
          zh: `新地块的代码 ${there[0]?.code ?? codes[0]} 已用；请换代码`,
          en: `the code ${there[0]?.code ?? codes[0]} of a new parcel is taken; give another`,
        });
      const drafts: ParcelDraft[] = [];
      for (const { code, territory } of wish.successors)
        drafts.push({
          ...{ code, baseYear: wish.accountYear, baseGepFen: bases.get(code)!, accountId: null },
          territoryPath: territory === undefined ? before[0].territoryPath : await placeIn(tx, company, territory, on),
        });
      const deed = { ...wish, on };
      await insertNewParcels(tx, company.id, drafts, deed);
      await insertParcelSuccession(tx, company, { predecessors: wish.predecessors, successors: codes }, deed);
      const holdings = drafts.map(({ code, territoryPath }) => ({ parcel: code, no: 1, territoryPath, ...holders }));
      await insertHoldings(tx, company.id, holdings, deed);
      return drafts.length;
    });
  }

  /**
   * Owners end on a day; their successors take all they hold, and what is unclaimed.
   * @throws CompanyMissing, RegisterMissing, HoldingRefused, DeedDayRefused
   */
  succeed(actor: Actor, wish: OwnerChange, key: string): Promise<Changed> {
    return this.once(actor, 'procurement.owner.succeed', wish, key, async (tx, company, on) => {
      const what = wish.predecessors.join(', ');
      const estate = judged(what, holderSet(wish.successors));
      if (estate.owners.some((owner) => wish.predecessors.includes(owner)))
        throw new HoldingRefused(what, {
          zh: '继受人不能是其自身；请为新的权利人登记代码',
          en: 'an owner does not succeed itself; register the new owner by a code of its own',
        });
      await refuseMissing(tx, company, [...wish.predecessors, ...estate.owners], on);
      const deed = { ...wish, on };
      let changed = 0;
      for (const predecessor of wish.predecessors) {
        const row = {
          predecessor,
          kind: wish.kind,
          successors: estate.owners,
          parts: estate.parts,
          whole: estate.whole,
        };
        await insertOwnerSuccession(tx, company, row, deed);
        changed += await this.passParcels(tx, company, predecessor, { ...wish, on });
        const held = await sharesHeld(tx, company.id, predecessor, on);
        if (held > 0n) await insertShareMovements(tx, company, passShares(predecessor, held, wish.successors), deed);
      }
      return changed;
    });
  }

  /** Issues, transfers and redeems registered shares. @throws CompanyMissing, RegisterMissing, HoldingRefused */
  moveShares(
    actor: Actor,
    wish: HoldingDeed & { readonly movements: readonly ShareMovement[] },
    key: string,
  ): Promise<Changed> {
    return this.once(actor, 'procurement.shares.move', wish, key, async (tx, company, on) => {
      const named = wish.movements.flatMap(({ giver, taker }) => [giver, taker]).filter((owner) => owner !== null);
      await refuseMissing(tx, company, [...new Set(named)], on);
      for (const giver of new Set(wish.movements.map((each) => each.giver))) {
        if (giver === null) continue;
        const net = (by: 'giver' | 'taker') =>
          wish.movements.reduce((sum, each) => sum + (each[by] === giver ? each.shares : 0n), 0n);
        if ((await sharesHeld(tx, company.id, giver, on)) + net('taker') < net('giver'))
          throw new HoldingRefused(giver, holderTexts['not-held']);
      }
      await insertShareMovements(tx, company, wish.movements, { ...wish, on });
      return wish.movements.length;
    });
  }

  private async passParcels(tx: EntityManager, company: Company, owner: string, wish: OwnerChange): Promise<number> {
    let changed = 0;
    for (let after: string | undefined; ;) {
      const page = { companyId: company.id, owner, after, limit: parcelsAtOnce, on: '9999-12-31' };
      const found = await listParcels(tx, page);
      const living = found.filter(({ endedOn }) => endedOn === null);
      for (const parcel of living) refuseEarlier(parcel, wish.on);
      const drafts = living.map((parcel) =>
        nextHolding(parcel, judged(parcel.code, afterSuccession(parcel, owner, wish.successors))),
      );
      if (drafts.length > 0) await insertHoldings(tx, company.id, drafts, wish);
      changed += drafts.length;
      if (found.length < parcelsAtOnce) return changed;
      after = found.at(-1)!.code;
    }
  }

  private async once(
    actor: Actor,
    action: string,
    wish: HoldingDeed,
    key: string,
    work: (tx: EntityManager, company: Company, on: string) => Promise<number>,
  ): Promise<Changed> {
    return this.database.transaction(actor, async (tx) => {
      const { response, replayed } = await answerOnce(tx, { actor, key, action, body: wish }, async () => {
        const company = await getCompany(tx, wish.company);
        await lockRegister(tx, `owners ${company.id}`);
        const changed = await work(tx, company, await deedDay(tx, wish.on));
        await appendAudit(tx, {
          ...{ actor, action, subject: company.code, territoryPath: company.territoryPath },
          after: { ...wish, changed },
        });
        return { changed };
      });
      return { ...response, replayed };
    });
  }
}

/** Changes of a parcel follow each other. @throws HoldingRefused */
function refuseEarlier({ code, lastHoldingFrom }: Parcel, on: string): void {
  if (on >= lastHoldingFrom) return;
  throw new HoldingRefused(code, {
    zh: `已有 ${lastHoldingFrom} 起的变更；请用该日或以后的日期`,
    en: `there is a change from ${lastHoldingFrom} on; give that day or a later one`,
  });
}

/** @throws RegisterMissing, HoldingRefused */
async function standing(tx: EntityManager, company: Company, codes: readonly string[], on: string): Promise<Parcel[]> {
  const found = await listParcels(tx, { companyId: company.id, codes, limit: codes.length, on });
  const missing = codes.find((code) => {
    const parcel = found.find((each) => each.code === code);
    return !parcel || parcel.holdingNo === 0 || (parcel.endedOn !== null && parcel.endedOn <= on);
  });
  if (missing !== undefined) throw new RegisterMissing('parcel', missing, on);
  for (const parcel of found) refuseEarlier(parcel, on);
  return found;
}

/** @throws RegisterMissing */
async function refuseMissing(
  tx: EntityManager,
  company: Company,
  owners: readonly string[],
  on: string,
): Promise<void> {
  const [missing] = await missingOwners(tx, company.id, owners, on);
  if (missing === undefined) return;
  const [ended] = await listOwners(tx, { companyId: company.id, codes: [missing], limit: 1 });
  if (ended?.endedOn)
    throw new HoldingRefused(missing, {
      zh: `自 ${ended.endedOn} 起已由他人继受；请写继受人的代码`,
      en: `others have stood in its place since ${ended.endedOn}; give the code of a successor`,
    });
  throw new RegisterMissing('owner', missing, on);
}

/** @throws TerritoryMissing, HoldingRefused */
async function placeIn(tx: EntityManager, company: Company, territory: string, on: string): Promise<string> {
  const { path } = await getTerritory(tx, territory, on);
  if (isWithin(path, company.territoryPath)) return path;
  throw new HoldingRefused(territory, {
    zh: '不在该公司的地域之内',
    en: 'it does not lie in the territory of the company',
  });
}
