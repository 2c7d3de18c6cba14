/** The bridge between two norm editions over the observation of a recorded account, or of those below it. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import { AccountQuery } from '../account/account.store';
import { getAccount, observedBelow, observedOf } from '../account/recorded-account.store';
import { findFlowTree } from '../flow/flow-tree.store';
import { flowTreeTexts } from '../flow/flow-texts';
import type { NormTexts } from '../recompute/compute-batch';
import type { NormBridge } from './bridge-norms';
import type { BridgeTask } from './bridge.thread';
import { BridgesBusy, BridgeTooWide } from './errors';
import { NormBridger } from './norm-bridger.pool';

export interface BridgeQuestion extends AccountQuery {
  /** The norm to end at; without an edition the one in force. */
  readonly to: { readonly id: string; readonly edition?: string };
}

export interface RecordedBridge extends NormBridge {
  /** The vintage whose observation it is over. */
  readonly accountId: string;
}

/** Observed accounts of one answer, and their patches. */
const mostParts = 100;
const mostPatches = 500_000;
/** Questions that wait or are computed at the same time. */
const mostAtOnce = 4;

@Injectable()
export class BridgeService {
  private underWay = 0;

  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    private readonly bridger: NormBridger,
  ) {}

  /**
   * Starts from the edition that is asked for, else from that of each recorded account. Of an account that was added up the
   * bridges of its observed parts are added, which is exact; what declared flows take back is that of the declarations for
   * each norm, those that the account was computed with for its own.
   * @throws AccountMissing, EditionNotFound, BridgeTooWide, BridgesBusy, FlowsOfVintageUnknown; RefusedInThread, TaskTooLong
   */
  async bridge(actor: Actor, question: BridgeQuestion): Promise<RecordedBridge> {
    if (this.underWay >= mostAtOnce) throw new BridgesBusy(mostAtOnce);
    this.underWay += 1;
    try {
      const { accountId, task } = await this.database.snapshot(actor, async (tx) => {
        const { norm, to } = question;
        const record = await getAccount(tx, { ...question, norm: { id: norm.id } });
        const { territory, period } = record;
        const refuse = (): Error => new BridgeTooWide(territory, period, { parts: mostParts });
        const starts = new Map<string, NormEdition>();
        const parts: BridgeTask['parts'][number][] = [];
        let patches = 0;
        for (const part of await observedBelow(tx, record, mostParts, refuse)) {
          const start = await this.rulebook.getNorm(tx, norm.id, norm.edition ?? part.norm.edition);
          starts.set(start.edition, start);
          const observed = await observedOf(tx, part);
          patches += observed.chunks.reduce((sum, { rows }) => sum + rows, 0);
          if (patches > mostPatches) throw new BridgeTooWide(territory, period, { patches: mostPatches });
          parts.push({ edition: start.edition, observed });
        }
        const end = await this.rulebook.getNorm(tx, to.id, to.edition);
        const own = await findFlowTree(tx, record);
        const other = to.id === norm.id ? own : await findFlowTree(tx, record, to.id);
        const flows = (own ?? other) && ([own && flowTreeTexts(own), other && flowTreeTexts(other)] as const);
        return {
          accountId: record.id,
          task: { territory, to: textsOf(end), from: [...starts.values()].map(textsOf), parts, flows },
        };
      });
      return { accountId, ...(await this.bridger.bridge(task)) };
    } finally {
      this.underWay -= 1;
    }
  }
}

const textsOf = ({ edition, files, units }: NormEdition): NormTexts => {
  return { edition, files, units: units.definitions };
};
