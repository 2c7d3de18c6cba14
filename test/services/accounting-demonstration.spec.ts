/** The demonstration goes up to publication on the real database: its findings are explained, and none stands in the way. */
import { randomUUID } from 'node:crypto';
import { QualityService, ReviewService } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { loadNorm, RulebookFolder, RulebookService } from '@gep/rulebook';
import { loadTerritoryFile, parentOfCode, TerritoryService } from '@gep/territory';
import { inventDemonstration } from '../../tools/generate/demonstration';
import { holder, startReviews, type ReviewsTest, way } from './review-setup';

let test: ReviewsTest;
beforeAll(async () => {
  test = await startReviews();
});
afterAll(() => test.accounting.close());

it('carries counties, cities and province of the demonstration up in the year of the drought: what that did is explained', async () => {
  const it$ = test.accounting;
  const { db } = it$.test;
  const rulebook = new RulebookService(db);
  await rulebook.publish(it$.actor, await loadNorm('cn-terrestrial', 'rulebook'));
  const places = await loadTerritoryFile('rulebook/territories/demonstration.yaml');
  await new TerritoryService(db).importTerritories(it$.actor, places);
  const invented = inventDemonstration();
  const ofTwoYears = (csv: string): string => csv.replace(/^\d{6},(?!202[12],).*\n/gm, '');
  // Electricity has a price in the norm; the county reports another one.
  const statisticsCsv = `${ofTwoYears(invented.statisticsCsv)}991103,2022,hydropower,,1000000,kWh,0.3,yuan/kWh\n`;
  const file = (name: string, text: string) => ({ fileName: `${name}.csv`, bytes: Buffer.from(text) });
  const imported = await new ObservationService(db, rulebook).importFile(it$.actor, {
    ...file('extent', ofTwoYears(invented.extentCsv)),
    alongside: [file('statistics', statisticsCsv)],
    normId: 'cn-terrestrial',
  });
  expect(imported.problems.map(({ severity, code, text }) => `${severity} ${code} ${text.en}`)).toEqual([
    'warning observation.price-unused the norm prices "hydropower" by its own hydropowerPrice; the reported price is not used',
  ]);
  for (const period of ['2021', '2022']) {
    const wish = { period, normId: 'cn-terrestrial', territory: '990000' };
    const { runId } = await it$.runs.requestRecompute(it$.actor, wish, randomUUID());
    expect((await it$.workOff(runId)).progress.territories).toMatchObject({ computed: 13, refused: 0 });
  }
  const quality = new QualityService(db, rulebook, new RulebookFolder('rulebook'));
  const reviews = new ReviewService(db, quality);
  const pathOf = (code: string): string => (code === 'CN' ? code : `${pathOf(parentOfCode(code)!)}.${code}`);
  // The longest path first: a level goes up after its parts.
  const upwards = places
    .map(({ code }) => ({ territory: code, path: pathOf(code) }))
    .filter(({ territory }) => territory !== 'CN')
    .sort((a, b) => b.path.length - a.path.length);
  const explained: string[] = [];
  const published: string[] = [];
  for (const { territory, path } of upwards) {
    const key = { territory, period: '2022', normId: 'cn-terrestrial' };
    for (const [wish, role] of way) {
      if (wish === 'check') {
        const { current } = await reviews.show(holder('reporter', territory, path), key);
        for (const { key: findingKey, ...finding } of await quality.findings(it$.actor, current!.accountId)) {
          const { open, rule, grade, expected, found, unit } = finding;
          if (!open) continue;
          explained.push(
            rule === 'rateJump' ? `${grade} ${rule}` : `${territory} ${grade} ${rule} ${expected} ${found} ${unit}`,
          );
          const text = '2022 年大旱：降水减少而蒸散发未减，产流骤降，已与气象资料核对';
          const words = { accountId: current!.accountId, findingKey, text };
          await quality.explain(it$.actor, words, `${territory}-${findingKey}`);
        }
      }
      const { step } = await reviews.act(holder(role, territory, path), key, { act: wish, reason: '' }, randomUUID());
      if (step.state === 'published') published.push(territory);
    }
  }
  expect(published).toEqual(upwards.map(({ territory }) => territory));
  expect(published).toHaveLength(13);
  expect([...new Set(explained)].sort()).toEqual(['991103 C reportedPriceUnused 0.53 0.3 yuan/kWh', 'C rateJump']);
});
