/** Two counties with four published years, and the hands that a plan of targets passes through. */
import { randomUUID } from 'node:crypto';
import { ChangeService, IntervalComputer, IntervalService, type ReviewAct, SeriesService } from '@gep/accounting';
import { ForecastService, OutsideFigureService, PlanService, ProgressService } from '@gep/evaluation';
import { AppealService, ClockBooks, DisputedFigures } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { forest } from './accounting-setup';
import { officer } from './procedure-setup';
import { type Capacity, holder, paths, startReviews, way } from './review-setup';

export const prefecture = 'CN.520000.520500';
export const [here, there] = ['520523', '520521'];
const counties = [here, there];
const person = (id: string, ...permissions: string[]) => officer(id, prefecture, 'evaluation.read', ...permissions);
export const clerk = person('clerk', 'evaluation.prepare', 'publication.publish');
export const checker = person('checker', 'evaluation.confirm');
export const approver = person('approver', 'evaluation.approve', 'evaluation.confirm');
export const statistics = person('statistics', 'evaluation.supply');
export const partyOf = (territory: string) =>
  officer(`of-${territory}`, paths[territory], 'appeal.file', 'evaluation.supply');
export const key = (): string => randomUUID();

/** Hectares of forest; one makes 10,000 yuan. */
const areas: Readonly<Record<string, readonly [number, number]>> = {
  '2021': [98, 49],
  '2022': [100, 50],
  '2023': [103, 50],
  '2024': [106, 51],
};

export async function startTargets() {
  const place = await startReviews();
  const { db } = place.accounting.test;
  const actAll = async (
    territory: string,
    period: string,
    steps: readonly (readonly [ReviewAct, Capacity])[],
  ): Promise<void> => {
    const path = territory === '520500' ? prefecture : paths[territory];
    for (const [act, role] of steps) {
      const wish = { act, reason: 'mapped anew' };
      await place.reviews.act(holder(role, territory, path), { territory, period, normId: 'sample' }, wish, key());
    }
  };
  const goUp = (territory: string, period: string): Promise<void> => actAll(territory, period, way);
  const periods = Object.keys(areas);
  await place.accounting.observe(
    periods.flatMap((period) => counties.map((code, at) => forest(code, areas[period][at], { period }))),
  );
  for (const period of periods) {
    await place.accounting.recompute(period);
    for (const territory of period === '2024' ? [here] : counties) await goUp(territory, period);
  }
  await goUp('520500', '2022');
  const rulebook = new RulebookService(db);
  const tools = [new SeriesService(db, rulebook), new ChangeService(db, rulebook), rulebook] as const;
  const clocks = new ClockBooks(new RulebookFolder('rulebook'));
  const computer = new IntervalComputer(1);
  const figures = new OutsideFigureService(db);
  const disputed = new DisputedFigures();
  return {
    ...{ place, db, goUp, figures },
    plans: new PlanService(db, ...tools, clocks, disputed),
    progress: new ProgressService(db, ...tools, clocks, disputed),
    appeals: new AppealService(db, clocks, disputed),
    forecasts: new ForecastService(db, ...tools, new IntervalService(db, rulebook, computer)),
    /** Publishes the account of a county and year anew, with other hectares when they are given. */
    async restate(territory: string, period: string, hectares?: number): Promise<void> {
      await actAll(territory, period, [['restate', 'approver']]);
      if (hectares !== undefined) await place.accounting.observe([forest(territory, hectares, { period })]);
      await place.accounting.recompute(period);
      await goUp(territory, period);
    },
    async supplyGdp(territory: string, year: number, value: string): Promise<void> {
      const wish = { territory, measure: 'gdp', year, pricesOf: null, value } as const;
      const paper = { suppliedByBody: 'Statistics of the city', supplier: '520500', document: 'yearbook' };
      const supplied = await figures.supply(statistics, { ...wish, ...paper, documentDigest: 'a'.repeat(64) }, key());
      await figures.judge(checker, { id: supplied.result.id, act: 'confirm' }, key());
    },
    async close(): Promise<void> {
      await computer.close();
      await place.accounting.close();
    },
  };
}
export type TargetsTest = Awaited<ReturnType<typeof startTargets>>;

const text = { zh: '测试', en: 'made up' };

/** Two years of five indicators for both counties; the whole has a target of one. */
export const documentOf = (more: object = {}): string =>
  JSON.stringify({
    ...{ code: 'gep', title: text, place: '520500', term: { first: 2023, last: 2024 }, base: 2022, norm: 'sample' },
    indicators: [
      { code: 'gep', name: text, measure: 'gep' },
      { code: 'real', name: text, measure: 'gep', pricesOf: 2022 },
      { code: 'dense', name: text, measure: 'gep-per-area' },
      { code: 'own', name: text, measure: 'gep-effects', effects: ['area'] },
      { code: 'gdp', name: text, measure: 'gdp' },
    ],
    ...{ dual: { gep: 'real', gdp: 'gdp' }, units: counties },
    targets: [
      { indicator: 'gep', path: 'linear', growth: '10%' },
      { indicator: 'gep', path: 'linear', unit: '520500', growth: '12%' },
      { indicator: 'real', path: 'compound', yearly: '2%' },
      { indicator: 'dense', path: 'linear', growth: '1%' },
      { indicator: 'own', path: 'linear', growth: '3%' },
      { indicator: 'gdp', path: 'linear', growth: '10%' },
    ],
    ...more,
  });
