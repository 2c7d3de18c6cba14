/** Use cases of village teams: a month's sheet is reported whole or not at all, and checked by another person. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Bilingual, DomainError, Fraction, parsePeriod, periodEnd } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { VillageSheetRefused } from '../errors';
import { type CreditDone, CreditEventService } from '../event/event.service';
import type { CreditEdition } from '../score/scorer';
import {
  dayOfRow,
  digestOfSheet,
  isCalendarDay,
  judgeSheet,
  type SheetFacts,
  sheetRowKey,
  type VillageSheet,
} from './read-sheet';
import {
  findSheet,
  getSheet,
  insertSheet,
  listReferenced,
  listSheetEntries,
  listSheets,
  listSubjectsAmong,
  lockSheets,
  type SheetEntry,
  type VillageSheetRecord,
} from './village.store';

export interface SheetWish extends VillageSheet {
  /** Path of the village. */
  readonly territoryPath: string;
}

export interface SheetDone {
  readonly id: string;
  readonly entries: number;
  readonly digest: string;
}

export interface SheetChecked {
  readonly id: string;
  readonly accepted: number;
  /** Bad behaviour, now to be told to its subject. */
  readonly confirmed: number;
  readonly refused: readonly {
    readonly row: number;
    readonly code: string;
    readonly zh: string;
    readonly en: string;
  }[];
}

/** A row, and the points that the list gives for all its times. */
export interface SheetRowView extends SheetEntry {
  readonly name: Bilingual;
  readonly points: string;
}

export interface VillageSheetView extends VillageSheetRecord {
  readonly rows: readonly SheetRowView[];
}

@Injectable()
export class VillageSheetService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
    private readonly events: CreditEventService,
  ) {}

  /** One entry for each row, all in one transaction; the same sheet of a village and month again changes nothing. @throws VillageSheetRefused */
  hand(actor: Officer, wish: SheetWish, key: string): Promise<CreditDone<SheetDone>> {
    return this.database.transaction(actor, async (tx) => {
      const { territoryPath, month, rows } = wish;
      let isKnown = false;
      const { response: result, replayed } = await answerOnce(
        tx,
        { actor, key, action: 'credit.village-sheet', body: { territoryPath, month, rows } },
        async () => {
          const digest = digestOfSheet(wish);
          await lockSheets(tx, territoryPath, month);
          const known = await findSheet(tx, { territoryPath, month, digest });
          isKnown = known !== undefined;
          return known ? { ...known, digest } : this.handOnce(tx, actor, wish, digest);
        },
      );
      return { result, replayed: replayed || isKnown };
    });
  }

  /**
   * Confirms every entry of a sheet that nobody has checked: the good ones count at once, the bad ones go on to be told. Each is a
   * deed of its own, so a check that was cut off is finished by asking again.
   * @throws CreditMissing
   */
  async check(actor: Officer, id: string): Promise<SheetChecked> {
    const entries = await this.database.snapshot(actor, async (tx) => {
      const sheet = await getSheet(tx, id);
      return listSheetEntries(tx, sheet.id);
    });
    const counts = { accept: 0, confirm: 0 };
    const refused: { row: number; code: string; zh: string; en: string }[] = [];
    for (const { no, eventId, negative } of entries.filter(({ state }) => state === 'reported')) {
      const act = negative ? 'confirm' : 'accept';
      try {
        await this.events.act(actor, { id: eventId, act }, `sheet-check:${eventId}`);
        counts[act]++;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refused.push({ row: no, code: error.code, ...error.text });
      }
    }
    return { id, accepted: counts.accept, confirmed: counts.confirm, refused };
  }

  /** A sheet with its rows, as whoever checks it has to see them. @throws CreditMissing */
  read(actor: Actor, id: string): Promise<VillageSheetView> {
    return this.database.snapshot(actor, async (tx) => {
      const sheet = await getSheet(tx, id);
      const rows: SheetRowView[] = [];
      for (const row of await listSheetEntries(tx, sheet.id)) {
        const { catalogue } = await this.editions.of(tx, row.edition);
        const { name, points } = catalogue.behaviours.find(({ code }) => code === row.behaviour)!;
        rows.push({ ...row, name, points: points!.times(Fraction.of(BigInt(row.times))).toExactText() });
      }
      return { ...sheet, rows };
    });
  }

  list(actor: Actor, filter: Parameters<typeof listSheets>[1]): Promise<VillageSheetRecord[]> {
    return this.database.snapshot(actor, (tx) => listSheets(tx, filter));
  }

  private async handOnce(tx: EntityManager, actor: Officer, wish: SheetWish, digest: string): Promise<SheetDone> {
    const { month, rows, territoryPath } = wish;
    const monthEnd = monthEndOf(month);
    const reference = `sheet ${month}`;
    const { facts, listOn } = await this.factsOf(tx, wish, { monthEnd, reference });
    const faults = judgeSheet(wish, facts);
    if (faults.length > 0) throw new VillageSheetRefused(faults);
    const events: string[] = [];
    for (const row of rows) {
      const { subject, behaviour: code, times = 1, evidence, evidenceDigest } = row;
      const day = dayOfRow(row, monthEnd);
      const { edition, catalogue } = listOn(facts.subjects.get(subject)!.territoryPath, day)!;
      const behaviour = catalogue.behaviours.find((one) => one.code === code)!;
      const one = { subject, behaviour: code, day, times, evidence, evidenceDigest, reference };
      events.push((await this.events.reportOne(tx, actor, one, { edition, behaviour })).id);
    }
    const id = randomUUID();
    await insertSheet(tx, { id, territoryPath, month, digest, handedName: actor.name }, events);
    await appendAudit(tx, {
      ...{ actor, action: 'credit.village-sheet.handed', subject: id, territoryPath },
      after: { month, digest, entries: events.length },
    });
    return { id, entries: events.length, digest };
  }

  /** The list is looked up once for each place and day, however many subjects have rows. */
  private async factsOf(
    tx: EntityManager,
    { rows, territoryPath }: SheetWish,
    { monthEnd, reference }: { readonly monthEnd: string; readonly reference: string },
  ) {
    const ids = [...new Set(rows.map(({ subject }) => subject))];
    const found = await listSubjectsAmong(tx, { ids, within: territoryPath });
    const subjects = new Map(found.map((row) => [row.id, row]));
    const reported = await listReferenced(tx, { subjects: [...subjects.keys()], reference });
    const lists = new Map<string, CreditEdition | null>();
    for (const row of rows) {
      const [place, day] = [subjects.get(row.subject)?.territoryPath, dayOfRow(row, monthEnd)];
      if (place === undefined || lists.has(`${place} ${day}`) || !isCalendarDay(day)) continue;
      lists.set(`${place} ${day}`, await this.listOn(tx, place, day));
    }
    const listOn = (place: string, day: string): CreditEdition | null => lists.get(`${place} ${day}`) ?? null;
    const facts: SheetFacts = {
      ...{ today: await todayOf(tx), monthEnd, subjects },
      behaviourOn(place, day, code) {
        const list = listOn(place, day);
        return list && list.catalogue.behaviours.find((one) => one.code === code);
      },
      reported: new Set(reported.map((row) => sheetRowKey(row, row.day))),
    };
    return { facts, listOn };
  }

  /** Null when none is in force. */
  private async listOn(tx: EntityManager, territoryPath: string, day: string): Promise<CreditEdition | null> {
    try {
      return await this.editions.inForce(tx, territoryPath, day);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

/** @throws VillageSheetRefused */
function monthEndOf(month: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new VillageSheetRefused([
      { row: 0, zh: `月份“${month}”应写作 2026-03`, en: `write the month "${month}" as 2026-03` },
    ]);
  return periodEnd(parsePeriod(month));
}
