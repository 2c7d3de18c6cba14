/** Use case of observation: a department takes its data sheet of a territory and period back; the others stand on. */
import { randomUUID } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digestOfValue, parsePeriod, parseTerritoryCode, periodEnd } from '@gep/kernel';
import { announce, answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { getTerritory, isWithin, TerritoryMissing } from '@gep/territory';
import { insertBatch } from '../batch.store';
import type { CheckCounts } from '../check/check-tables';
import { NothingLeft, SheetClosed, SheetNotStanding } from '../errors';
import { batchImported, type BatchImported } from '../events';
import { ImportGate } from '../import/import-gate.service';
import { lockImports } from '../observation.store';
import type { DeliveryRight } from './delivery-right';
import { findStanding, insertLeft } from './delivery.store';
import { joinApart } from './join-deliveries.pool';
import { refuseSheetOfOthers } from './sheet-owners.service';

/** Which sheet of which territory and period, and why it is taken back. */
export interface TakeBackRequest {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
  readonly dataSheet: string;
  readonly reason: string;
  /** Where the actor may send which data sheets; everything when absent. */
  readonly rights?: readonly DeliveryRight[];
}

/** What stands without it. */
export interface TakenBack extends Omit<TakeBackRequest, 'rights'> {
  readonly batchId: string;
  /** Codes of the sheets that stand on. */
  readonly dataSheets: readonly string[];
  /** Digest of what holds now: the next recomputation makes the account from it. */
  readonly digest: string;
}

const noCounts: CheckCounts = {
  ...{ rows: 0, acceptedRows: 0, refusedRows: 0, patches: 0, statistics: 0 },
  ...{ errors: 0, warnings: 0, omittedProblems: 0 },
};

@Injectable()
export class SheetTakeBack {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    @Optional() private readonly gate?: ImportGate,
    @Optional() private readonly folder?: RulebookFolder,
  ) {}

  /**
   * Takes a sheet back, in one transaction with its audit row and announcement. What the sheet had taken over from a
   * whole upload does not come back by that.
   * @throws TerritoryMissing (also where the actor may not import), SheetOfOthers, SheetNotStanding, SheetClosed, NothingLeft,
   *   EditionNotFound, IdempotencyConflict
   */
  async takeBack(
    actor: Actor,
    { rights, ...wish }: TakeBackRequest,
    key?: string,
  ): Promise<TakenBack & { readonly replayed: boolean }> {
    const request = {
      ...wish,
      territory: parseTerritoryCode(wish.territory) as string,
      period: parsePeriod(wish.period) as string,
    };
    return this.database.transaction(actor, async (tx) => {
      await lockImports(tx);
      const work = (): Promise<TakenBack> => this.leave(tx, actor, request, rights);
      if (key === undefined) return { ...(await work()), replayed: false };
      const command = { actor, key, action: 'observation.take-back', body: request };
      const { response, replayed } = await answerOnce(tx, command, work);
      return { ...response, replayed };
    });
  }

  private async leave(
    tx: EntityManager,
    actor: Actor,
    request: TakeBackRequest,
    rights: readonly DeliveryRight[] | undefined,
  ): Promise<TakenBack> {
    const { territory, period, normId, dataSheet, reason } = request;
    const { path } = await getTerritory(tx, territory, periodEnd(period));
    if (!actor.scope.some((scope) => isWithin(path, scope))) throw new TerritoryMissing(territory, periodEnd(period));
    await refuseSheetOfOthers(rights, { territory, path, normId, dataSheet }, this.folder);
    const place = { territory, period, path };
    const standing = (await findStanding(tx, normId, [place])).get(`${territory} ${period}`);
    const codes = standing?.deliveries.map((one) => one.dataSheet) ?? [];
    if (!standing || !codes.includes(dataSheet)) throw new SheetNotStanding(request, codes);
    const closed = await this.gate?.closedPlaces(tx, actor, normId, [place]);
    for (const lock of closed?.values() ?? []) throw new SheetClosed(request, lock);
    const norm = await this.rulebook.getNorm(tx, normId);
    const units = new Map(norm.attributes.map(({ code, unit }) => [code, unit.text]));
    const left = await joinApart({ standing, dataSheet, arrived: null, units });
    if ((standing.hasFigures && !left.hasFigures) || (standing.patches > 0 && left.patches === 0))
      throw new NothingLeft(request);
    const batchId = randomUUID();
    await insertBatch(tx, {
      ...{ id: batchId, normId, normEdition: norm.edition, dataSheet, takenBack: reason },
      ...{ fileName: dataSheet, format: null, fileDigest: digestOfValue(request) },
      ...{ outcomeDigest: digestOfValue({ ...request, batchId }), repetition: 1, status: 'accepted' },
      ...{ counts: noCounts, problems: [], importedByName: actor.name },
      ...{ coveringPath: path, importedScope: actor.scope },
    });
    await insertLeft(tx, { batchId, normId, ...place }, left);
    if (left.digest !== standing.digest && left.hasFigures) {
      const payload: BatchImported = { batchId, normId, territories: [{ territory, period }] };
      await announce(tx, { event: batchImported, key: batchId, payload });
    }
    const { dataSheets, digest } = left;
    await appendAudit(tx, {
      ...{ actor, action: 'observation.sheet-taken-back', subject: batchId, territoryPath: path },
      before: { digest: standing.digest, dataSheets: codes },
      after: { ...request, digest, dataSheets },
    });
    return { ...request, batchId, dataSheets, digest };
  }
}
