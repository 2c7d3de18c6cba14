/** What a household does about a line that it thinks wrong: it objects to its own, and to nobody else's, and sees how that stands. */
import { Injectable } from '@nestjs/common';
import type { Fen } from '@gep/kernel';
import { type Actor, Database, rootPath } from '@gep/platform';
import {
  type AppealAnswer,
  AppealService,
  type AppealView,
  getSubject,
  type PartyProof,
  ProcedureMissing,
  todayOf,
} from '@gep/procedure';
import { partyOfOwner } from './dividend';
import { subjectOf } from './dividend.service';
import { listLines, listOwnLines } from './dividend-line.store';
import { DividendMissing, DividendRefused } from './errors';
import { ownerMeant, ownersIn } from './own-dividends.service';

/** Reads the place of an own line, and the appeals of its owner. */
const reader: Actor = { id: 'system:own-appeals', name: 'appeals of owners', scope: [rootPath] };

export interface OwnAppealWish {
  /** Id or code of the dividend. */
  readonly id: string;
  /** Needed where the person is linked to several owners of the dividend. */
  readonly owner?: string;
  /** What was shown, where the person wants it compared. */
  readonly shownFen?: Fen;
  /** Day on which it was known, `YYYY-MM-DD`; today when absent. The publication counts where it was earlier. */
  readonly knownOn?: string;
  readonly grounds: string;
}

export interface OwnAppealAct {
  /** Id or code of the dividend. */
  readonly id: string;
  readonly appeal: string;
  readonly act: 'complain' | 'withdraw';
  readonly reason: string;
}

@Injectable()
export class OwnAppeals {
  constructor(
    private readonly database: Database,
    private readonly appeals: AppealService,
  ) {}

  /**
   * Objects to the own line, which is not paid until the objection has ended; all others are.
   * @throws DividendMissing also when it is not theirs, DividendRefused, AppealRefused, ClockRefused when the time is over
   */
  async file(actor: Actor, wish: OwnAppealWish, key: string): Promise<AppealAnswer> {
    const { shownFen = null, grounds } = wish;
    const { id, owners } = await ownersIn(this.database, actor, wish.id);
    const owner = ownerMeant(wish.id, owners, wish.owner);
    const { partyPath, knownOn } = await this.database.snapshot(reader, async (tx) => {
      if ((await getSubject(tx, subjectOf(id))).state === 'withdrawn')
        throw new DividendRefused(wish.id, {
          zh: '已撤回，没有可异议的金额；请待新的分红（gep dividend own list 或 GET /api/v1/my/dividends）',
          en: 'it was withdrawn, so no amount is left to object to; wait for the new one (gep dividend own list or GET /api/v1/my/dividends)',
        });
      const [{ territoryPath }] = await listLines(tx, id, 'allotted', { owners: [owner] });
      return { partyPath: territoryPath, knownOn: wish.knownOn ?? (await todayOf(tx)) };
    });
    const draft = {
      ...{ subject: subjectOf(id), figure: owner, shownFen, party: partyOfOwner(owner), partyPath, knownOn, grounds },
    };
    return this.appeals.file(actor, draft, key, holdsLine(actor, id, owner));
  }

  /** @throws ProcedureMissing also when it is not theirs, StepRefused, AppealRefused, ClockRefused */
  async act(actor: Actor, { id: named, appeal, act, reason }: OwnAppealAct, key: string): Promise<AppealAnswer> {
    const { id, owners } = await ownersIn(this.database, actor, named);
    const own = (await this.ofOwners(id, owners)).find((each) => each.id === appeal);
    if (!own) throw new ProcedureMissing({ zh: '异议', en: 'appeal' }, appeal);
    return this.appeals.actAsParty(actor, { id: appeal, act, reason }, key, holdsLine(actor, id, own.figure));
  }

  /** Appeals about the own lines of a dividend, also one that the clerk filed for the household. @throws DividendMissing */
  async list(actor: Actor, named: string): Promise<AppealView[]> {
    const { id, owners } = await ownersIn(this.database, actor, named);
    return this.ofOwners(id, owners);
  }

  private async ofOwners(id: string, owners: readonly string[]): Promise<AppealView[]> {
    const own = (await this.appeals.list(reader, { subject: subjectOf(id) })).filter(
      ({ figure, party }) => owners.includes(figure) && party === partyOfOwner(figure),
    );
    return Promise.all(own.map((each) => this.appeals.show(reader, each.id)));
  }
}

/** The link is asked for again in the deed: it may have ended. */
const holdsLine =
  (actor: Actor, id: string, owner: string): PartyProof =>
  async (tx) => {
    const own = await listOwnLines(tx, actor);
    if (!own.some((line) => line.dividendId === id && line.owner === owner)) throw new DividendMissing(id, owner);
  };
