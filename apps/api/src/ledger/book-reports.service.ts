/** The report on the whole book: made in the background, kept for a minute, its chain followed on from where it held last. */
import { Injectable } from '@nestjs/common';
import {
  type BookHead,
  type ChainVerdict,
  emptyBook,
  findBookHead,
  type InvariantResult,
  readBookFacts,
  reportInvariants,
  unjudged,
  verifyBook,
} from '@gep/ledger';
import { type Actor, rootPath } from '@gep/platform';
import { Snapshots } from '../answer/snapshots.service';

export interface BookReport {
  readonly at: Date;
  readonly head: BookHead;
  readonly results: readonly InvariantResult[];
  /** Seals up to which the chain was found whole. */
  readonly followed: number;
  /** When the last round over all seals from the first on began; null while the first one is under way. */
  readonly followedSince: Date | null;
}

/** The report is about the whole book and tells counts alone, so everybody gets the same one. */
const reporter: Actor = { id: 'system:invariants', name: 'invariants of the book', scope: [rootPath] };
const livesMs = 60_000;
/** Longest that anybody waits for the first report. */
const patienceMs = 10_000;
/** How long the chain is followed for one report; the rest of it is for the next. */
const sliceMs = 3_000;
/** What was found whole is looked at again after this time: older vouchers may be altered as well. */
const roundMs = 24 * 3_600_000;

interface Round {
  readonly verdict: ChainVerdict;
  readonly began: number;
}

@Injectable()
export class BookReports {
  private report?: BookReport;
  private making?: Promise<void>;
  /** The chain as it was followed to its end once, and is followed on from there. */
  private front: Round = { verdict: { head: emptyBook, more: true }, began: Date.now() };
  private again?: Round;

  constructor(private readonly snapshots: Snapshots) {}

  /** @throws what reading it threw, when there is no report at all */
  async latest(): Promise<BookReport> {
    if (this.report && Date.now() - this.report.at.getTime() < livesMs) return this.report;
    this.making ??= this.make().finally(() => (this.making = undefined));
    if (this.report) {
      // Who asks gets the one there is; the next one gets what is made now, or learns that it cannot be made.
      this.making.catch(() => undefined);
      return this.report;
    }
    await Promise.race([this.making, new Promise((done) => setTimeout(done, patienceMs).unref())]);
    return this.report ?? { at: new Date(), head: emptyBook, results: unjudged(), followed: 0, followedSince: null };
  }

  private async make(): Promise<void> {
    const at = Date.now();
    this.report = await this.snapshots.read(reporter, async (tx) => {
      const facts = await readBookFacts(tx);
      const follow = async ({ verdict, began }: Round): Promise<Round> => {
        const until = Date.now() + sliceMs;
        if (verdict.broken) return { verdict, began };
        const part = { from: verdict.head, isEnough: () => Date.now() > until };
        return { verdict: await verifyBook(tx, part), began };
      };
      this.front = await follow(this.front);
      if (!this.front.verdict.more && at - this.front.began > roundMs) {
        this.again = await follow(this.again ?? { verdict: { head: emptyBook }, began: at });
        if (!this.again.verdict.more) [this.front, this.again] = [this.again, undefined];
      }
      const { verdict: chain, began } = this.front;
      return {
        ...{ at: new Date(at), head: await findBookHead(tx), results: reportInvariants({ ...facts, chain }) },
        ...{ followed: chain.head.seals, followedSince: chain.more ? null : new Date(began) },
      };
    });
  }
}
