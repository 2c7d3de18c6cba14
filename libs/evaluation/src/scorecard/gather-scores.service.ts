/** Gathers what a scorecard is scored by: verified figures of departments, published accounts, confirmed progress, confirmed incidents. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { stateOf } from '@gep/procedure';
import type { PolicyRule, ScoreIndicator } from '@gep/rulebook';
import { type AccountFigure, gatherFigures, type SettlementTools } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { Incident } from '../incident/incident';
import { findIncidents } from '../incident/incident-states.service';
import { progressSteps } from '../target/plan-steps';
import { listRecorded } from '../target/progress/progress.store';
import { ScoreFiguresMissing } from './errors';
import type { DeliveredCell } from './delivery-table';
import { listDeliveries } from './delivery-states.service';
import type { ScoreSource } from './score-run';
import { listStandings } from './score-run.store';
import { figuresOf, scoreTable, type ScoreTable, yearsLookedAt } from './score-table';

export interface GatherWish {
  readonly placePath: string;
  readonly period: string;
  readonly rule: PolicyRule;
  /** Unit → path on the last day of the year. */
  readonly units: ReadonlyMap<string, string>;
}

export interface GatheredScores {
  readonly table: ScoreTable;
  readonly sources: readonly ScoreSource[];
}

/** @throws ScoreFiguresMissing with everything that is lacking, FiguresRefused */
export async function gatherScores(
  tx: EntityManager,
  tools: SettlementTools,
  wish: GatherWish,
): Promise<GatheredScores> {
  const { rule, period, units } = wish;
  const yearsBefore = yearsLookedAt(rule);
  const cells = new Map<string, DeliveredCell[]>();
  const add = (year: string, list: readonly DeliveredCell[]): void => {
    cells.set(year, [...(cells.get(year) ?? []), ...list]);
  };
  for (const one of await listDeliveries(tx, { territoryPath: wish.placePath, scorecard: rule.id, state: 'verified' }))
    if (one.period <= period)
      add(
        one.period,
        one.cells.filter(([unit]) => units.has(unit)),
      );
  const sources: ScoreSource[] = [];
  const figures = await accountFigures(tx, tools, wish, add);
  sources.push(
    ...figures.map(({ unit, column, period: year, accountId, disclosureId }) => ({
      ...{ unit, column, period: year, accountId, disclosureId },
    })),
  );
  sources.push(...(await attainments(tx, wish, add)), ...(await finalScores(tx, wish, add)));
  sources.push(...(await vetoFacts(tx, wish, add)));
  const supplied = new Set(rule.scorecard!.departments.flatMap(({ columns }) => columns));
  const { table, lacking } = scoreTable(rule, {
    ...{ period, yearsBefore, supplied, units: [...units.keys()], missing: rule.scorecard!.missing },
    years: new Map([...cells].map(([year, list]) => [year, figuresOf(list)])),
  });
  if (lacking.length > 0) throw new ScoreFiguresMissing(rule.id, period, [...lacking, ...hintsOf(rule, lacking)]);
  return { table, sources };
}

type Add = (year: string, cells: readonly DeliveredCell[]) => void;

/** Indicators that look back alike are read together, since what is compared must be at one year's prices. */
async function accountFigures(
  tx: EntityManager,
  tools: SettlementTools,
  { rule, period, units }: GatherWish,
  add: Add,
): Promise<AccountFigure[]> {
  const bound = rule.scorecard!.indicators.filter(({ source }) => source.kind === 'account');
  const found: AccountFigure[] = [];
  for (const back of new Set(bound.map(lookedBack))) {
    const together = bound.filter((one) => lookedBack(one) === back);
    const periods = Array.from({ length: back + 1 }, (_, at) => String(Number(period) - back + at));
    const columns = together.map(({ code, source }) => {
      const { norm, services, categories, prices, effects } = source as Extract<
        ScoreIndicator['source'],
        { kind: 'account' }
      >;
      const isWhole = services.length === 0 && categories.length === 0;
      const some = services.length === 0 ? {} : { services };
      const level = isWhole ? ('total' as const) : { services, categories };
      const figure = effects.length === 0 ? level : { payableIncrement: { effects, ...some } };
      return {
        ...{ column: code, norm, figure },
        prices: prices === undefined ? ('current' as const) : { constant: prices },
      };
    });
    const input = { kind: 'accounts' as const, periods, units: [...units.keys()], columns };
    const { table, figures } = await gatherFigures(tx, tools, { code: rule.id, input });
    found.push(...figures);
    for (const [unit, year, ...values] of table.rows)
      add(
        String(year),
        together.map(({ code }, at) => [String(unit), code, `${String(values[at])} yuan`] as const),
      );
  }
  return found;
}

const lookedBack = ({ kind, mean }: ScoreIndicator): number => mean - 1 + (kind === 'improve' ? 1 : 0);

/** What was reached of targets, as it was confirmed last. */
async function attainments(
  tx: EntityManager,
  { rule, period, placePath, units }: GatherWish,
  add: Add,
): Promise<ScoreSource[]> {
  const bound = rule.scorecard!.indicators.filter(({ source }) => source.kind === 'target');
  if (bound.length === 0) return [];
  const found: ScoreSource[] = [];
  const records = await listRecorded(tx, { territoryPath: placePath, year: Number(period), limit: 1000 });
  // The latest round comes first, and what is said last of a cell counts.
  for (const record of records.toReversed()) {
    if ((await stateOf(tx, { kind: progressSteps.kind, id: record.id }))?.state !== 'confirmed') continue;
    for (const { code, source } of bound)
      for (const row of record.rows) {
        const wanted = source.kind === 'target' && row.indicator === source.indicator;
        const percent = wanted ? row.attainment : undefined;
        if (percent === undefined || percent === null) continue;
        const share = Fraction.parse(percent)!.dividedBy(Fraction.of(100n)).toExactText();
        const own = row.units.filter((unit) => units.has(unit));
        add(
          period,
          own.map((unit) => [unit, code, share] as const),
        );
        found.push(...own.map((unit) => ({ unit, column: code, period, progressId: record.id })));
      }
  }
  return found;
}

/** Scores of the years by other scorecards, once they are final. */
async function finalScores(
  tx: EntityManager,
  { rule, period, placePath, units }: GatherWish,
  add: Add,
): Promise<ScoreSource[]> {
  const found: ScoreSource[] = [];
  for (const one of rule.scorecard!.indicators) {
    const { code, source } = one;
    if (source.kind !== 'scores') continue;
    for (let year = Number(period) - lookedBack(one); year <= Number(period); year++) {
      const standing = await listStandings(tx, { within: placePath, period: String(year), standing: 'final' });
      for (const { unit, gist, detail, runId } of standing) {
        if (gist.scorecard !== source.scorecard || !units.has(unit)) continue;
        add(String(year), [[unit, code, detail.score]]);
        found.push({ unit, column: code, period: String(year), scoreRunId: runId });
      }
    }
  }
  return found;
}

const factOf: Readonly<Record<Incident['kind'], string>> = {
  'proven-falsification': 'falsification',
  'major-incident': 'majorIncident',
};

/** What happened anywhere within a unit counts for the unit, in the year or in any year of the term. */
async function vetoFacts(
  tx: EntityManager,
  { rule, period, placePath, units }: GatherWish,
  add: Add,
): Promise<ScoreSource[]> {
  const incidents: Incident[] = [];
  for (let back = (rule.scorecard!.term?.years ?? 1) - 1; back >= 0; back--) {
    const of = { within: placePath, period: String(Number(period) - back) };
    incidents.push(...(await findIncidents(tx, { ...of, state: 'confirmed' })));
  }
  return incidents.flatMap(({ id, kind, territoryPath }) =>
    [...units]
      .filter(([, path]) => territoryPath === path || territoryPath.startsWith(`${path}.`))
      .map(([unit]) => {
        add(period, [[unit, factOf[kind], 'yes']]);
        return { unit, column: factOf[kind], period, incidentId: id };
      }),
  );
}

/** Where figures come from that no department supplies. */
const origins: Readonly<Partial<Record<ScoreIndicator['source']['kind'], Bilingual>>> = {
  target: {
    zh: '目标完成率来自已核实的年度进展（gep target record、gep target confirm）',
    en: 'attainment comes from confirmed progress of the year (gep target record, gep target confirm)',
  },
  scores: {
    zh: '各年得分来自已生效的年度评分（gep score act <评分> finalise，gep score standings --final）',
    en: 'scores of the years come from final runs (gep score act <run> finalise, gep score standings --final)',
  },
};

const hintsOf = (rule: PolicyRule, lacking: readonly Bilingual[]): Bilingual[] =>
  (Object.keys(origins) as (keyof typeof origins)[]).flatMap((kind) => {
    const own = rule.scorecard!.indicators.filter(({ source }) => source.kind === kind);
    return own.some(({ code }) => lacking.some(({ en }) => en.includes(`(${code}`))) ? origins[kind]! : [];
  });
