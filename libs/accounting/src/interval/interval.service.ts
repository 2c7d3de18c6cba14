/** The interval of a recorded account: drawn at the observed accounts that it was added up from. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { AccountQuery, AccountRecord } from '../account/account.store';
import { getAccount, observedBelow, observedOf } from '../account/recorded-account.store';
import { findFlowTree } from '../flow/flow-tree.store';
import type { FlowTree } from '../flow/roll-up-lines';
import { AccountInterval, IntervalRequest } from './account-interval';
import type { DrawPart } from './draw-parts';
import { IntervalsBusy, IntervalTooWide } from './errors';
import { IntervalComputer } from './interval-computer.pool';

export interface RecordedInterval extends AccountInterval {
  /** The vintage. */
  readonly accountId: string;
}

/** Observed accounts × draws of one answer; about 0.02 ms each. */
const mostDraws = 1_000_000;
/** Patches of one answer. */
const mostPatches = 1_000_000;
/** Questions that wait or are drawn at the same time. */
const mostAtOnce = 6;
/** Answers that are kept: the same vintage, draws and seed say the same for ever. */
const mostKept = 64;

interface PartsToDraw {
  readonly parts: DrawPart[];
  readonly flows: FlowTree | undefined;
}

@Injectable()
export class IntervalService {
  private readonly kept = new Map<string, RecordedInterval>();
  private underWay = 0;

  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    private readonly computer: IntervalComputer,
  ) {}

  /**
   * @throws AccountMissing, IntervalTooWide, FlowsOfVintageUnknown, IntervalsBusy; RefusedInThread for what the draws refuse
   */
  async interval(actor: Actor, account: AccountQuery, request: IntervalRequest): Promise<RecordedInterval> {
    const record = await this.database.snapshot(actor, (tx) => getAccount(tx, account));
    const { draws, seed, targetFen } = request;
    const key = JSON.stringify([record.id, draws, seed, String(targetFen)]);
    const known = this.kept.get(key);
    if (known) return known;
    if (this.underWay >= mostAtOnce) throw new IntervalsBusy(mostAtOnce);
    this.underWay += 1;
    try {
      const { parts, flows } = await this.readParts(actor, record, draws);
      const { territory, period, norm, digest, totals } = record;
      const whole = record.origin === 'observed' ? undefined : { territory, period, norm, digest, totals };
      const interval = await this.computer.intervalOf(parts, request, whole, flows);
      return this.keep(key, { accountId: record.id, ...interval, accountDigest: digest });
    } finally {
      this.underWay -= 1;
    }
  }

  private async readParts(actor: Actor, record: AccountRecord, draws: number): Promise<PartsToDraw> {
    const { territory, period } = record;
    return this.database.snapshot(actor, async (tx) => {
      const most = Math.floor(mostDraws / draws);
      const refuse = (): Error => new IntervalTooWide(territory, period, { draws, most: mostDraws });
      const records = await observedBelow(tx, record, most, refuse);
      const parts: DrawPart[] = [];
      let patches = 0;
      for (const part of records) {
        const observed = await observedOf(tx, part);
        patches += observed.chunks.reduce((sum, { rows }) => sum + rows, 0);
        if (patches > mostPatches) throw new IntervalTooWide(territory, period, { patches, most: mostPatches });
        parts.push({ norm: await this.rulebook.getNorm(tx, part.norm.id, part.norm.edition), observed });
      }
      return { parts, flows: await findFlowTree(tx, record) };
    });
  }

  private keep(key: string, interval: RecordedInterval): RecordedInterval {
    this.kept.set(key, interval);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept) this.kept.delete(oldest);
    return interval;
  }
}
