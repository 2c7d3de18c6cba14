/** Use cases of figures that no account gives: a department above the unit supplies one with its document, another person confirms it. */
import { Injectable } from '@nestjs/common';
import { announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { holdsAt, type Officer, openSubject, stateOf, StepNotYours, takeStep, type TakenStep } from '@gep/procedure';
import { getTerritory, isWithin } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { OutsideFigureRefused } from '../errors';
import { figureSupplied } from '../events';
import {
  type FigureFilter,
  getFigure,
  insertFigure,
  listFigures,
  listSupplied,
  type OutsideFigure,
} from './outside-figure.store';
import { type FigureAct, figureSteps, type FigureState } from '../plan-steps';
import type { Done } from '../../done';
import type { TargetIndicator } from '../plan/plan-terms';
import { fenOf, type TargetValue, type ValuePart } from '../plan/target-row';
import { NoValue } from './no-value';

/** What a department hands in. */
export interface FigureWish {
  readonly territory: string;
  readonly measure: 'gdp';
  readonly year: number;
  readonly pricesOf: string | null;
  /** In yuan, with two decimals at most. */
  readonly value: string;
  readonly suppliedByBody: string;
  /** Territory of the supplying body, above the unit. */
  readonly supplier: string;
  readonly document: string;
  readonly documentDigest: string;
}

export interface FigureView extends OutsideFigure {
  readonly state: FigureState;
  readonly steps: readonly TakenStep[];
}

const supplying = { zh: '报送数据', en: 'supply a figure' };

@Injectable()
export class OutsideFigureService {
  constructor(private readonly database: Database) {}

  /** @throws OutsideFigureRefused, TerritoryMissing, StepNotYours */
  supply(actor: Officer, wish: FigureWish, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'evaluation.figure.supply', body: wish }, async (tx) => {
      const day = `${wish.year}-12-31`;
      const { path: territoryPath } = await getTerritory(tx, wish.territory, day);
      const { path: supplierPath } = await getTerritory(tx, wish.supplier, day);
      if (territoryPath === supplierPath || !isWithin(territoryPath, supplierPath))
        throw new OutsideFigureRefused(wish.territory, {
          zh: `${wish.supplier} 不在被评单位之上；被评单位不得自报数据，应由上级部门提供`,
          en: `${wish.supplier} does not lie above it; the assessed unit never supplies its own figure, the government above does`,
        });
      if (!/^-?\d{1,16}(\.\d{1,2})?$/.test(wish.value))
        throw new OutsideFigureRefused(wish.territory, {
          zh: `“${wish.value}”应为元，至多两位小数`,
          en: `"${wish.value}" should be yuan with two decimals at most`,
        });
      const figure = { ...wish, territoryPath, supplierPath, valueFen: fenOf(wish.value) };
      if (!holdsAt(actor, 'evaluation.supply', supplierPath))
        throw new StepNotYours(
          { kind: figureSteps.kind, name: figureSteps.name, id: wish.territory },
          supplying,
          'evaluation.supply',
        );
      const id = await insertFigure(tx, actor, figure);
      await openSubject(tx, actor, figureSteps, { id, territoryPath, documentDigest: wish.documentDigest });
      const after = { ...wish, id };
      await appendAudit(tx, {
        actor,
        action: 'evaluation.figure-supplied',
        subject: `${wish.territory} ${wish.year}`,
        territoryPath,
        after,
      });
      await announce(tx, {
        event: figureSupplied,
        key: id,
        payload: { figureId: id, territory: wish.territory, year: wish.year },
      });
      return { id };
    });
  }

  /** Only what was confirmed counts. @throws TargetMissing, StepRefused */
  judge(
    actor: Officer,
    wish: { readonly id: string; readonly act: FigureAct; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: FigureState }>> {
    return this.once(actor, { key, action: `evaluation.figure.${wish.act}`, body: wish }, async (tx) => {
      const { id, supplierPath, territory, territoryPath, year } = await getFigure(tx, wish.id);
      if (!holdsAt(actor, 'evaluation.confirm', supplierPath))
        throw new StepNotYours(
          { kind: figureSteps.kind, name: figureSteps.name, id },
          figureSteps.nameOfAct[wish.act],
          'evaluation.confirm',
        );
      const { to } = await takeStep(tx, actor, figureSteps, { id, act: wish.act, reason: wish.reason });
      const after = { id, act: wish.act, reason: wish.reason ?? null };
      await appendAudit(tx, {
        actor,
        action: `evaluation.figure-${to}`,
        subject: `${territory} ${year}`,
        territoryPath,
        after,
      });
      return { id, state: to as FigureState };
    });
  }

  list(actor: Officer, filter: FigureFilter): Promise<FigureView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const views: FigureView[] = [];
      for (const figure of await listFigures(tx, filter)) views.push(await viewOf(tx, figure));
      return views;
    });
  }

  private once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { result, replayed };
    });
  }
}

async function viewOf(tx: EntityManager, figure: OutsideFigure): Promise<FigureView> {
  const found = await stateOf(tx, { kind: figureSteps.kind, id: figure.id });
  return { ...figure, state: (found?.state ?? figureSteps.first) as FigureState, steps: found?.steps ?? [] };
}

/** The figure that was confirmed last; undefined when none was. */
async function findConfirmed(
  tx: EntityManager,
  of: Pick<OutsideFigure, 'territory' | 'measure' | 'year' | 'pricesOf'>,
): Promise<OutsideFigure | undefined> {
  for (const figure of await listSupplied(tx, of)) if ((await viewOf(tx, figure)).state === 'confirmed') return figure;
  return undefined;
}

/** The sum of what was confirmed of the places that hold the land in the year. @throws NoValue */
export async function outsideValue(
  tx: EntityManager,
  places: readonly string[],
  { pricesOf }: Pick<TargetIndicator, 'pricesOf'>,
  { year, boundaryDay }: { readonly year: number; readonly boundaryDay: string },
): Promise<TargetValue> {
  const parts: ValuePart[] = [];
  let fen = 0n;
  for (const territory of places) {
    const found = await findConfirmed(tx, { territory, measure: 'gdp', year, pricesOf });
    if (!found)
      throw new NoValue('pending', {
        zh: `没有 ${territory} ${year} 年经核实的 GDP（${pricesOf ?? '当年'}价）；由上级统计部门报送（gep target supply 或 POST /api/v1/evaluation/figures）`,
        en: `no confirmed GDP of ${territory} ${year} at prices of ${pricesOf ?? 'its year'}; the statistics of the government above supply it (gep target supply, POST /api/v1/evaluation/figures)`,
      });
    fen += found.valueFen;
    parts.push({ territory, year, accountId: null, disclosureId: null, vintage: null, figureId: found.id });
  }
  return { fen, areaHectare: null, normEdition: null, boundaryDay, pricesOf, parts };
}
