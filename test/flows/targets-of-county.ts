/** A plan of targets of the county for its site, withdrawn, so that nothing can be done about it, and the GDP that it rests on. */
import { randomUUID } from 'node:crypto';
import { OutsideFigureService, PlanService } from '@gep/evaluation';
import type { Officer } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import { norm, type Things } from './api-matrix';
import type { ApiUnderTest } from './api-under-test';

const text = { zh: '测试', en: 'made up' };
const [place, site] = ['520523', '520523-jinsha-mine'];

/** One indicator from outside, so that no account is needed. */
export const planOf = (code: string, units: readonly string[], of = place): string =>
  JSON.stringify({
    ...{ code, title: text, place: of, term: { first: 2023, last: 2024 }, base: 2022, norm, units },
    indicators: [{ code: 'gdp', name: text, measure: 'gdp' }],
    targets: [{ indicator: 'gdp', path: 'linear', growth: '10%' }],
  });

export const gdpOf = (territory: string, supplier: string, year = 2022, value = '1000.00') => ({
  ...({ territory, measure: 'gdp', year, value, supplier } as const),
  ...{ suppliedByBody: 'Statistics', document: 'yearbook', documentDigest: 'a'.repeat(64) },
});

export async function makeTargets({ app }: ApiUnderTest): Promise<Pick<Things, 'targetPlan' | 'outsideFigure'>> {
  const held = ['evaluation.prepare', 'evaluation.supply', 'evaluation.confirm'].map((one) => [one, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const figures = app.get(OutsideFigureService, { strict: false });
  const wish = { ...gdpOf(site, place), pricesOf: null };
  const { id: outsideFigure } = (await figures.supply(actor, wish, randomUUID())).result;
  const other: Officer = { ...actor, id: 'another' };
  await figures.judge(other, { id: outsideFigure, act: 'confirm' }, randomUUID());
  const plans = app.get(PlanService, { strict: false });
  const { id: targetPlan } = (await plans.draft(actor, planOf('county-targets', [site]), randomUUID())).result;
  await plans.act(actor, { plan: targetPlan, act: 'withdraw', reason: 'made up' }, randomUUID());
  return { targetPlan, outsideFigure };
}
