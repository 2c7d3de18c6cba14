/** Scores everybody of a territory anew: asked for, done in parts by a worker, and gone on with where it stopped. */
import { randomUUID } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { assert, DomainError } from '@gep/kernel';
import { type Actor, announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { creditRescored, rescoreRequested } from '../events';
import { dayNumber } from '../score/calendar-day';
import { countEvents, type EventColumns } from '../score/count-events';
import { type CreditEdition, gradeOf, makeScorer, type Scorer, scoreText } from '../score/scorer';
import type { CopiedRows } from './copied-rows';
import {
  copyCounting,
  copySubjects,
  finest,
  findLastPart,
  getRun,
  insertEnd,
  insertPart,
  insertRun,
  insertScores,
  listEditionsIn,
  listQuietRuns,
  listRuns,
  lockAllScores,
  type RescoreRun,
  type ScoreColumns,
  type WalkPlace,
} from './rescore.store';

const systemActor: Actor = { id: 'system:credit', name: 'credit', scope: ['CN'] };

/** Subjects of a part: scoring of single subjects waits for its few seconds, and its columns take some 100 MiB. */
const subjectsOfOnePart = 100_000;

/** Subjects of one edition in force, in the order of the walk. */
interface Crowd {
  readonly edition: CreditEdition;
  readonly ids: string[];
  readonly paths: string[];
  /** Stored last, in `finest` parts, by this edition; NaN where the score has to be stored in any case. */
  readonly before: number[];
  /** As they were read, so that entries are matched by their bytes. */
  readonly rows: CopiedRows;
}

@Injectable()
export class RescoreService {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
    @Optional() private readonly subjectsOfPart = subjectsOfOnePart,
  ) {}

  /** @throws CreditRefused when the day is yet to come */
  request(
    actor: Officer,
    wish: { readonly territoryPath: string; readonly asOf?: string },
    key: string,
  ): Promise<CreditDone<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.rescore', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const { territoryPath } = wish;
        const today = await todayOf(tx);
        const { asOf = today } = wish;
        // What is stored last is the score of today: an older day would take its place.
        if (asOf !== today)
          throw new CreditRefused(
            {
              zh: `只能重算今天（${today}）的分数；某日的分数见 gep credit score --day`,
              en: `scores are made anew as of today, ${today}; gep credit score --day shows that of another day`,
            },
            { asOf, today },
          );
        const id = randomUUID();
        await insertRun(tx, { id, territoryPath, asOf, scope: [...actor.scope], requestedName: actor.name });
        await announce(tx, { event: rescoreRequested, key: id, payload: { runId: id } });
        await appendAudit(tx, {
          ...{ actor, action: 'credit.rescore-requested', subject: id, territoryPath },
          after: { asOf },
        });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** Goes on until the run has ended; two workers at once share its parts. What refuses it is its end. @throws CreditMissing */
  async run(id: string): Promise<RescoreRun> {
    const run = await this.database.snapshot(systemActor, (tx) => getRun(tx, id));
    const { requestedBy, requestedName: name, scope } = run;
    const actor: Actor = { id: requestedBy, name, scope };
    const known = new Map<string, CreditEdition>();
    try {
      while (await this.database.transaction(actor, (tx) => this.doPart(tx, actor, id, known)));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code.startsWith('platform.')) throw error;
      const { code, text } = error;
      await this.database.transaction(actor, async (tx) => {
        await lockAllScores(tx);
        if ((await getRun(tx, id)).endedAt === null) await insertEnd(tx, run, { code, text });
      });
    }
    return this.database.snapshot(systemActor, (tx) => getRun(tx, id));
  }

  /** @throws CreditMissing */
  get(actor: Actor, id: string): Promise<RescoreRun> {
    return this.database.snapshot(actor, (tx) => getRun(tx, id));
  }

  list(actor: Actor, limit: number): Promise<RescoreRun[]> {
    return this.database.snapshot(actor, (tx) => listRuns(tx, { limit }));
  }

  /** Announces again runs on which nothing happened for so long. @returns how many */
  reconcile(quietSeconds: number): Promise<number> {
    return this.database.transaction(systemActor, async (tx) => {
      const quiet = await listQuietRuns(tx, quietSeconds);
      for (const { id, issue } of quiet)
        await announce(tx, { event: rescoreRequested, key: `${id} ${issue}`, payload: { runId: id } });
      return quiet.length;
    });
  }

  /** @returns whether there may be more */
  private async doPart(
    tx: EntityManager,
    actor: Actor,
    id: string,
    known: Map<string, CreditEdition>,
  ): Promise<boolean> {
    await lockAllScores(tx);
    const run = await getRun(tx, id);
    if (run.endedAt !== null) return false;
    const last = await findLastPart(tx, id);
    const crowd = await this.nextCrowd(tx, run, last);
    if (!crowd) {
      await endRun(tx, actor, run);
      return false;
    }
    known.set(crowd.edition.edition, crowd.edition);
    const till = { path: crowd.paths.at(-1)!, subject: crowd.ids.at(-1)! };
    const { scorer, columns } = await this.columnsOf(tx, run, crowd, { from: last, till }, known);
    const scores = countEvents(scorer, columns, dayNumber(run.asOf));
    const changed = changedOf(scorer, crowd, scores);
    await insertScores(tx, run, scorer.edition, changed);
    const part = { no: (last?.no ?? 0) + 1, ...till };
    await insertPart(tx, run, { ...part, subjects: crowd.ids.length, changed: changed.subjects.length });
    return true;
  }

  /** The next subjects, as far as one edition is in force for them; undefined when there are no more. */
  private async nextCrowd(tx: EntityManager, run: RescoreRun, from: WalkPlace | undefined): Promise<Crowd | undefined> {
    const rows = await copySubjects(tx, run, from, this.subjectsOfPart);
    const [ids, paths, before]: [string[], string[], number[]] = [[], [], []];
    let edition: CreditEdition | undefined;
    let path: string | undefined;
    while (rows.next()) {
      const own = rows.text(1);
      if (own !== path) {
        const there = await this.editions.inForce(tx, own, run.asOf);
        if (edition && there.edition !== edition.edition) break;
        [edition, path] = [there, own];
      }
      ids.push(rows.uuid(0));
      paths.push(own);
      before.push(rows.size[3] > 0 && rows.text(3) === edition!.edition ? rows.double(2) : Number.NaN);
    }
    return edition && { edition, ids, paths, before, rows };
  }

  /** Entries of the crowd in columns; editions that were not met before are looked up, and the entries read once more. */
  private async columnsOf(
    tx: EntityManager,
    run: RescoreRun,
    crowd: Crowd,
    between: { readonly from: WalkPlace | undefined; readonly till: WalkPlace },
    known: Map<string, CreditEdition>,
  ): Promise<{ readonly scorer: Scorer; readonly columns: EventColumns }> {
    const span = { territoryPath: run.territoryPath, ...between, subjects: crowd.ids.length };
    for (;;) {
      const others = [...known.values()].sort((a, b) => (a.edition < b.edition ? -1 : 1));
      const scorer = makeScorer(crowd.edition, others);
      const rows = scorer.rows.map(({ edition, behaviour: { code } }) => ({ edition, code }));
      const columns = readColumns(crowd, await copyCounting(tx, span, run.asOf, rows));
      if (columns) return { scorer, columns };
      const met = known.size;
      for (const edition of await listEditionsIn(tx, span)) known.set(edition, await this.editions.of(tx, edition));
      assert(known.size > met, 'every entry names an item of its edition');
    }
  }
}

/** Undefined when an entry names an edition that is not among the rows. */
function readColumns({ ids, rows: walk }: Crowd, events: CopiedRows): EventColumns | undefined {
  const subjects = walk.again();
  const starts = new Int32Array(ids.length + 1);
  const [rows, days, times]: number[][] = [[], [], []];
  subjects.next();
  let at = 0;
  while (events.next()) {
    if (events.size[1] < 0) return undefined;
    while (!events.equals(0, subjects, 0)) {
      starts[++at] = rows.length;
      assert(subjects.next() && at < ids.length, 'entries come in the order of their subjects');
    }
    rows.push(events.int(1));
    days.push(events.int(2));
    times.push(events.int(3));
  }
  starts.fill(rows.length, at + 1);
  return { starts, rows: Int32Array.from(rows), days: Int32Array.from(days), times: Int32Array.from(times) };
}

/** Grades follow from score and edition, so these two decide. */
function changedOf(scorer: Scorer, { ids, paths, before }: Crowd, scores: Float64Array): ScoreColumns {
  const changed: ScoreColumns = { subjects: [], paths: [], scores: [], grades: [] };
  const inFinest = finest / scorer.scale;
  assert(Number.isInteger(inFinest), 'the scale divides the finest part');
  scores.forEach((score, at) => {
    if (score * inFinest === before[at]) return;
    changed.subjects.push(ids[at]);
    changed.paths.push(paths[at]);
    changed.scores.push(scoreText(scorer, score));
    changed.grades.push(gradeOf(scorer, score) ?? null);
  });
  return changed;
}

async function endRun(tx: EntityManager, actor: Actor, run: RescoreRun): Promise<void> {
  const { id, subjects, changed, territoryPath } = run;
  await insertEnd(tx, run, null);
  await announce(tx, { event: creditRescored, key: id, payload: { runId: id, subjects, changed } });
  await appendAudit(tx, {
    ...{ actor, action: 'credit.rescored', subject: id, territoryPath },
    after: { subjects, changed },
  });
}
