/** The checks of integrity over what is published and supplied of a territory and those around it. */
import { Injectable } from '@nestjs/common';
import { canonicalJson, DomainError, type Bilingual } from '@gep/kernel';
import {
  type AccountRecord,
  getAccount,
  listAccounts,
  listReviewSteps,
  listVintages,
  withLines,
} from '@gep/accounting';
import { Database } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import { getPolicyEdition, RulebookFolder } from '@gep/rulebook';
import { codesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { listDeliveries } from '../scorecard/delivery-states.service';
import { listScores } from '../scorecard/score-run.service';
import { listUnitScores } from '../scorecard/score-run.store';
import { ProgressService } from '../target/progress/progress.service';
import { checkIntegrity } from './check-integrity';
import type { CountyFacts, CountyTarget } from './county-facts';
import { hintMethods, type IntegrityHint } from './hint';
import { neighbourhood } from './neighbour-table';
import { loadNeighbourTables } from './neighbour-table.loader';
import { type SuppliedFigure, valuesOfAccount, valuesOfFigures } from './region-facts';

export interface IntegrityQuestion {
  readonly territory: string;
  readonly year: string;
  readonly norm: string;
}

type ExplainedHint = IntegrityHint & (typeof hintMethods)[keyof typeof hintMethods];

/** Hints beside one score; it is not changed by them. */
export interface HintsBesideScore {
  readonly hints: readonly ExplainedHint[];
  /** Why figures were not compared, so that no hint does not pass for nothing found. */
  readonly notCompared: readonly Bilingual[];
}

/** Where a rule takes nothing from accounts. */
const usualNorm = 'cn-terrestrial';

/** Hints beside the scores that they speak of; no score is changed by them. */
export interface IntegrityAnswer extends IntegrityQuestion {
  readonly hints: readonly ExplainedHint[];
  /** Runs whose scores of the territory rest on these figures. */
  readonly scores: readonly { readonly run: string; readonly unit: string }[];
  readonly compared: {
    readonly territories: readonly string[];
    readonly neighbours: readonly string[];
    /** Null: no table declares borders, and all territories beside it were compared. */
    readonly neighbourSource: string | null;
    readonly targets: number;
    readonly figures: number;
  };
}

/** More are not compared in one answer. */
const mostCounties = 400;

@Injectable()
export class IntegrityService {
  constructor(
    private readonly database: Database,
    private readonly folder: RulebookFolder,
    private readonly progress: ProgressService,
  ) {}

  /** @throws AccountMissing where nothing is published of the year, NeighbourTableUnreadable */
  async show(actor: Officer, question: IntegrityQuestion): Promise<IntegrityAnswer> {
    const { territory, year } = question;
    const tables = await loadNeighbourTables(this.folder.path);
    const targets = await this.targetsOf(actor, question);
    return this.database.snapshot(actor, async (tx) => {
      const { counties, path } = await regionOf(tx, question, targets);
      const codes = counties.map((county) => county.territory);
      const { neighbours, source } = neighbourhood(codes, tables);
      const hints = checkIntegrity({ year, counties, neighbours }, [territory]);
      const scores = await listScores(tx, { territoryPath: path, year: Number(year) });
      const own = counties.find((county) => county.territory === territory)!;
      return {
        ...question,
        hints: hints.map((hint) => ({ ...hint, ...hintMethods[hint.kind] })),
        scores: scores.filter(({ unit }) => unit === territory).map(({ runId: run, unit }) => ({ run, unit })),
        compared: {
          ...{ territories: codes, neighbours: neighbours.get(territory) ?? [], neighbourSource: source },
          ...{ targets: own.targets.length, figures: own.values.length },
        },
      };
    });
  }

  /** By the norms whose accounts the scorecard takes. */
  async besideScore(actor: Officer, of: { readonly runId: string; readonly unit: string }): Promise<HintsBesideScore> {
    const asked = await this.database.snapshot(actor, async (tx) => {
      const [{ gist }] = await listUnitScores(tx, of);
      const indicators = (await getPolicyEdition(tx, gist.ruleEdition)).scorecard?.indicators ?? [];
      const norms = indicators.flatMap(({ source }) => (source.kind === 'account' ? [source.norm] : []));
      return { year: gist.period, norms: norms.length === 0 ? [usualNorm] : [...new Set(norms)] };
    });
    const hints = new Map<string, ExplainedHint>();
    const notCompared: Bilingual[] = [];
    for (const norm of asked.norms)
      try {
        const answer = await this.show(actor, { territory: of.unit, year: asked.year, norm });
        // Targets and figures of departments are the same by each norm.
        for (const hint of answer.hints) hints.set(canonicalJson(hint), hint);
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'missing') throw error;
        notCompared.push(error.text);
      }
    return { hints: [...hints.values()], notCompared };
  }

  /** Targets of all units of the plans that cover the territory, up to the year. */
  private async targetsOf(
    actor: Officer,
    { territory, year }: IntegrityQuestion,
  ): Promise<ReadonlyMap<string, readonly CountyTarget[]>> {
    const byUnit = new Map<string, CountyTarget[]>();
    for (let of = Number(year) - 4; of <= Number(year); of++) {
      const plans = await this.database.snapshot(actor, (tx) =>
        this.progress.listProgress(tx, { territory, year: of }),
      );
      for (const { planId } of plans)
        for (const row of (await this.progress.follow(actor, { plan: planId, year: of })).rows) {
          if (row.actualFen === null || row.units.length !== 1) continue;
          const [unit] = row.units;
          const one = { indicator: `${row.plan}/${row.indicator}`, year: String(of), isTotal: row.measure === 'gep' };
          const figures = { targetFen: row.milestoneFen, actualFen: row.actualFen };
          byUnit.set(unit, [...(byUnit.get(unit) ?? []), { ...one, ...figures }]);
        }
    }
    return byUnit;
  }
}

/** Published accounts of the same level below the territory two levels up, so that borders of prefectures are crossed. */
async function regionOf(
  tx: EntityManager,
  { territory, year, norm }: IntegrityQuestion,
  targets: ReadonlyMap<string, readonly CountyTarget[]>,
): Promise<{ readonly counties: readonly CountyFacts[]; readonly path: string }> {
  const own = await getAccount(tx, { territory, period: year, norm: { id: norm }, published: true });
  const above = codesOfPath(own.path).slice(0, -2);
  const within = own.path.split('.').slice(0, Math.max(1, above.length)).join('.');
  const page = { limit: mostCounties };
  const of = { within, level: own.level, normId: norm, published: true };
  const now = await listAccounts(tx, { ...of, period: year }, page);
  const codes = now.map((account) => account.territory);
  const before = await listAccounts(tx, { ...of, territories: codes, period: String(Number(year) - 1) }, page);
  const [accounts, earlier] = [await withLines(tx, now), await withLines(tx, before)];
  const [figures, figuresBefore] = [await suppliedIn(tx, year), await suppliedIn(tx, String(Number(year) - 1))];
  const counties: CountyFacts[] = [];
  for (const account of accounts) {
    const code = account.territory;
    const last = earlier.find((each) => each.territory === code);
    const mine = targets.get(code) ?? [];
    counties.push({
      territory: code,
      values: [...valuesOfAccount(account), ...valuesOfFigures(figures, code)],
      lastYear: [...(last ? valuesOfAccount(last) : []), ...valuesOfFigures(figuresBefore, code)],
      targets: mine,
      ...(code === territory ? await editsOf(tx, account) : { vintages: [], approvedAt: null }),
      totalTargetFen: mine.find((each) => each.isTotal && each.year === year)?.targetFen ?? null,
    });
  }
  return { counties, path: own.path };
}

async function editsOf(
  tx: EntityManager,
  { territory, period, norm, recordedAt }: AccountRecord,
): Promise<Pick<CountyFacts, 'vintages' | 'approvedAt'>> {
  const key = { territory, period, normId: norm.id };
  const steps = await listReviewSteps(tx, key);
  const approved = steps.findLast(({ act }) => act === 'approve');
  // What was changed after a publication is a restatement, which says why before everybody.
  const before = steps.findLast(({ act, round }) => act === 'publish' && round < (approved?.round ?? 0));
  const vintages = (await listVintages(tx, key))
    .filter((vintage) => vintage.recordedAt <= recordedAt && vintage.recordedAt > (before?.at ?? new Date(0)))
    .reverse();
  return {
    vintages: vintages.map(({ recordedAt: at, totals }) => ({ at: at.getTime(), totalFen: totals.totalFen })),
    approvedAt: approved?.at.getTime() ?? null,
  };
}

/** The last figure that a department gave of each unit and column; what was rejected is none. */
async function suppliedIn(tx: EntityManager, period: string): Promise<SuppliedFigure[]> {
  const figures = new Map<string, SuppliedFigure>();
  for (const { scorecard, cells, state } of await listDeliveries(tx, { period })) {
    if (state === 'rejected') continue;
    for (const [unit, column, text] of cells) {
      const item = `${scorecard}/${column}`;
      figures.set(`${unit} ${item}`, { unit, item, text });
    }
  }
  return [...figures.values()];
}
