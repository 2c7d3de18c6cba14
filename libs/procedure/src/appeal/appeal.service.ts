/** Use cases of appeals: filing about an exact figure, answering, complaining, deciding; and what a person sees of them. */
import { Injectable } from '@nestjs/common';
import { type Bilingual, type Fen, formatYuan, isUuid } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database, rootPath } from '@gep/platform';
import type { ClockBook } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { ClockBooks } from '../clock/clock-books.service';
import { listClocks, meetClock, startClock, todayOf } from '../clock/clock.store';
import type { Clock } from '../clock/clock';
import { AppealRefused, ProcedureMissing, StepNotYours, StepOfSamePerson } from '../errors';
import { holdsAt, type Officer } from '../officer';
import { listPublications } from '../publication/publication.store';
import { getSubject, lockSubject, openSubject, stateOf, takeStep } from '../step/step.store';
import { nameOfAct, type Subject, type TakenStep } from '../step/step-table';
import { lackingPermission, speaksFor, superiorOf, type Appeal, type AppealDraft } from './appeal';
import { carryOut, type AppealWish } from './appeal-effects.service';
import { appealKind, appealTable, type AppealAct, type AppealState } from './appeal-table';
import { findAppeals, getAppeal, insertAppeal, listAppealIds, type AppealFilter } from './appeal.store';
import { DisputedFigures, type DisputedTable } from './disputed-figures.service';

/** `replayed`: the same command had been carried out before, and this is its answer of that time. */
export interface AppealAnswer {
  readonly id: string;
  readonly state: AppealState;
  /** What of the figure had been paid by then, fen as text; null where nothing was, or the figure is no money. */
  readonly paidFen: string | null;
  /** With `paidFen`: what the objection leads to when it is upheld. */
  readonly remedy: Bilingual | null;
  readonly replayed: boolean;
}

/** An appeal with all that was done and what runs. */
export interface AppealView extends Appeal {
  readonly steps: readonly TakenStep[];
  readonly clocks: readonly Clock[];
}

/** Shows in the transaction of the deed that the person is the party itself, and throws where it is not. */
export type PartyProof = (tx: EntityManager) => Promise<void>;

/** Parties and the bodies that they ask may lie apart: an appeal that somebody may see is read as the program. */
const reader: Actor = { id: 'system:appeals', name: 'appeals', scope: [rootPath] };
const decisions: readonly AppealAct[] = ['pause', 'inspect', 'uphold', 'uphold-partly', 'reject'];

@Injectable()
export class AppealService {
  constructor(
    private readonly database: Database,
    private readonly books: ClockBooks,
    private readonly figures: DisputedFigures,
  ) {}

  /**
   * Disputes a figure, which from then on is frozen, and nothing else.
   * @param proof stands for `appeal.file` at the territory of the party
   * @throws StepRefused, ProcedureMissing, AppealRefused, ClockRefused when the time to query is over
   */
  async file(actor: Officer, draft: AppealDraft, key: string, proof?: PartyProof): Promise<AppealAnswer> {
    const { subject, partyPath } = draft;
    if (!proof && !holdsAt(actor, 'appeal.file', partyPath))
      throw new StepNotYours(subject, nameOfAct(appealTable, 'open'), 'appeal.file');
    const { territoryPath: respondentPath } = await this.database.snapshot(reader, (tx) => getSubject(tx, subject));
    const book = await this.books.read();
    return this.once(actor, superiorOf(partyPath, respondentPath), 'file', draft, key, async (tx) => {
      await proof?.(tx);
      await lockSubject(tx, subject);
      const standingFen = await this.checkFigure(tx, draft);
      const filedOn = await todayOf(tx);
      const knownOn = await knownDay(tx, draft, filedOn);
      const id = await insertAppeal(tx, actor, {
        ...draft,
        shownFen: draft.shownFen ?? standingFen,
        knownOn,
        respondentPath,
        filedOn,
      });
      const own = { kind: appealKind, id };
      await openSubject(tx, actor, appealTable, { id, territoryPath: partyPath, reason: draft.grounds });
      await startClock(tx, actor, book, { subject: own, territoryPath: partyPath, code: 'query', from: knownOn });
      await meetClock(tx, actor, { subject: own, code: 'query', on: filedOn, book });
      await startClock(tx, actor, book, {
        subject: own,
        territoryPath: respondentPath,
        code: 'query-reply',
        from: filedOn,
      });
      return getAppeal(tx, id);
    });
  }

  /** @throws ProcedureMissing also when it is not theirs, StepRefused, AppealRefused, ClockRefused */
  async act(actor: Officer, wish: AppealWish, key: string): Promise<AppealAnswer> {
    const seen = await this.find(actor, wish.id);
    const lacking = lackingPermission(actor, wish.act, seen);
    const own = { kind: appealKind, name: appealTable.name, id: wish.id };
    if (lacking !== undefined) throw new StepNotYours(own, nameOfAct(appealTable, wish.act), lacking);
    const book = await this.books.read();
    return this.once(actor, seen.superiorPath, wish.act, wish, key, (tx) => this.carry(tx, actor, book, wish));
  }

  /** What a party does itself, whatever its territory. @throws as `act`, and what the proof throws */
  async actAsParty(
    actor: Officer,
    wish: AppealWish & { readonly act: 'complain' | 'withdraw' },
    key: string,
    proof: PartyProof,
  ): Promise<AppealAnswer> {
    const { superiorPath } = await this.database.snapshot(reader, (tx) => getAppeal(tx, wish.id));
    const book = await this.books.read();
    return this.once(actor, superiorPath, wish.act, wish, key, async (tx) => {
      await proof(tx);
      return this.carry(tx, actor, book, wish);
    });
  }

  /** One appeal as it stands. @throws ProcedureMissing also when it is not theirs */
  async show(actor: Officer, id: string): Promise<AppealView> {
    const appeal = await this.find(actor, id);
    return this.database.snapshot(reader, async (tx) => {
      const subject = { kind: appealKind, id };
      const steps = (await stateOf(tx, subject))?.steps ?? [];
      return { ...appeal, steps, clocks: await listClocks(tx, { subject }) };
    });
  }

  /** Appeals that the person may see as a party or as the body that is asked, the oldest first. */
  async list(actor: Officer, filter: AppealFilter): Promise<Appeal[]> {
    const ids = await this.database.snapshot(actor, (tx) => listAppealIds(tx, filter));
    return this.database.snapshot(reader, (tx) => findAppeals(tx, ids));
  }

  /** Ends what was answered and not complained about in time; for the schedule. @returns how many */
  async lapse(program: Officer): Promise<number> {
    const book = await this.books.read();
    const due = await this.database.snapshot(program, async (tx) => {
      const today = await todayOf(tx);
      const running = await listClocks(tx, { code: 'complaint', open: true });
      const ended = running.filter(({ subject, dueOn }) => subject.kind === appealKind && dueOn < today);
      return ended.map(({ subject }) => subject.id);
    });
    for (const id of due) {
      const wish = { id, act: 'lapse', reason: 'no complaint came in time' } as const;
      await this.database.transaction(program, async (tx) => {
        await lockSubject(tx, (await getAppeal(tx, id)).subject);
        if ((await getAppeal(tx, id)).state !== 'replied') return;
        await trail(tx, program, wish.act, await this.carry(tx, program, book, wish));
      });
    }
    return due.length;
  }

  private async find(actor: Officer, id: string): Promise<Appeal> {
    const [seen] = isUuid(id) ? await this.list(actor, { ids: [id] }) : [];
    if (!seen) throw new ProcedureMissing({ zh: '异议', en: 'appeal' }, id);
    return seen;
  }

  private async carry(tx: EntityManager, actor: Officer, book: ClockBook, wish: AppealWish): Promise<Appeal> {
    const { subject } = await getAppeal(tx, wish.id);
    // Whoever moves the disputed subject waits: what is frozen changes with this deed.
    await lockSubject(tx, subject);
    const before = await getAppeal(tx, wish.id);
    if (decisions.includes(wish.act))
      await checkApart(tx, actor, before, wish.act, this.figures.tableOf(before.subject.kind));
    const { to } = await takeStep(tx, actor, appealTable, wish);
    await carryOut(tx, actor, book, { wish, before, to: to as AppealState });
    return getAppeal(tx, wish.id);
  }

  private once(
    actor: Officer,
    superiorPath: string,
    act: 'file' | AppealAct,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<Appeal>,
  ): Promise<AppealAnswer> {
    // What the person may do was judged; the deed itself touches the territories of both sides.
    return this.database.transaction({ ...actor, scope: [superiorPath] }, async (tx) => {
      const command = { actor, key, action: `procedure.appeal.${act}`, body };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const appeal = await work(tx);
        await trail(tx, actor, act, appeal);
        const paid = (await this.figures.of(appeal.subject.kind)?.(tx, appeal.subject, appeal.figure))?.paid;
        const [paidFen, remedy] = paid ? [paid.paidFen.toString(), paid.remedy] : [null, null];
        return { id: appeal.id, state: appeal.state, paidFen, remedy };
      });
      return { ...response, replayed };
    });
  }

  /**
   * @returns the amount that stands there; null for the whole, and where nobody knows figures of the kind
   * @throws ProcedureMissing, AppealRefused when another amount was shown, or the figure is not theirs
   */
  private async checkFigure(tx: EntityManager, draft: AppealDraft): Promise<Fen | null> {
    const { subject, figure, shownFen, party, partyPath } = draft;
    if (!speaksFor(party, partyPath))
      throw new AppealRefused(figure, {
        zh: `${party} 不是该地域自身，也不是其中的单位（company:…）；请写当事方自己`,
        en: `${party} is neither that territory itself nor somebody in it (company:…); name the party itself`,
      });
    if (subject.kind === appealKind)
      throw new AppealRefused(subject.id, {
        zh: '对处理决定不服的，依法申请行政复议或者提起行政诉讼',
        en: 'against a decision the law gives reconsideration or a court, not another appeal here',
      });
    const read = this.figures.of(subject.kind);
    if (!read || figure === '') return null;
    const found = await read(tx, subject, figure);
    if (!found) throw new ProcedureMissing({ zh: '数字', en: 'figure' }, `${subject.kind} ${subject.id} ${figure}`);
    if (found.parties && !found.parties.includes(party))
      throw new AppealRefused(figure, {
        zh: `${party} 不是该数字的当事方；当事方为 ${found.parties.join('、')}`,
        en: `${party} is no party to this figure; the parties are ${found.parties.join(', ')}`,
      });
    const { amountFen } = found;
    if (amountFen === undefined) return null;
    if (shownFen !== undefined && shownFen !== null && shownFen !== amountFen)
      throw new AppealRefused(figure, {
        zh: `您看到的是 ${formatYuan(shownFen)} 元，现为 ${formatYuan(amountFen)} 元；请核对后对现在的数字提出`,
        en: `you saw ${formatYuan(shownFen)} yuan, and it is ${formatYuan(amountFen)} yuan now; look again and dispute what stands there`,
      });
    return amountFen;
  }
}

/** Known at the latest when it was published. @throws AppealRefused */
async function knownDay(tx: EntityManager, draft: AppealDraft, today: string): Promise<string> {
  const { subject, figure, party, knownOn } = draft;
  if (knownOn > today)
    throw new AppealRefused(figure, {
      zh: `知悉日 ${knownOn} 还未到`,
      en: `${knownOn}, the day on which it was known, is still to come`,
    });
  const open = await findAppeals(tx, await listAppealIds(tx, { subject, open: true }));
  const same = open.find((each) => each.figure === figure && each.party === party);
  if (same)
    throw new AppealRefused(same.id, {
      zh: `${party} 对同一数字的异议尚未终结；请在其中继续办理`,
      en: `an appeal of ${party} about the same figure is still open; go on with that one`,
    });
  const published = (await listPublications(tx, { subject })).map(({ publishedOn }) => publishedOn);
  return [knownOn, ...published].reduce((first, day) => (day < first ? day : first));
}

/** Whoever had a hand in the disputed subject does not decide about it. @throws StepRefused */
async function checkApart(
  tx: EntityManager,
  actor: Officer,
  { subject }: Appeal,
  act: AppealAct,
  table: DisputedTable | undefined,
): Promise<void> {
  const { steps } = await getSubject(tx, subject);
  const mine = steps.find(({ actorId }) => actorId === actor.id);
  if (!mine) return;
  const before = table ? nameOfAct(table, mine.act) : { zh: mine.act, en: mine.act };
  const place = { ...subject, ...(table && { name: table.name }) };
  throw new StepOfSamePerson(place, nameOfAct(appealTable, act), { name: actor.name, before });
}

function trail(tx: EntityManager, actor: Officer, act: string, appeal: Appeal): Promise<void> {
  const { id, subject, figure, party, state, shownFen, territoryPath } = appeal;
  const about: Subject = subject;
  return appendAudit(tx, {
    ...{ actor, action: `procedure.appeal.${act}`, subject: `${about.kind} ${about.id}`, territoryPath },
    after: { appeal: id, figure, party, state, shownFen },
  });
}
