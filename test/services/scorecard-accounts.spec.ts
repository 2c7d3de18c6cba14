/** Indicators that nobody supplies: published accounts at constant prices, what is left without the weather, confirmed progress of targets. */
import { ScoreRunService } from '@gep/evaluation';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import { ChangeService } from '@gep/accounting';
import { listDependents, SettlementTools } from '@gep/settlement';
import { officer } from './procedure-setup';
import {
  approver,
  checker,
  clerk,
  documentOf,
  here,
  key,
  partyOf,
  prefecture,
  startTargets,
  there,
  type TargetsTest,
} from './targets-setup';

const rule = `
id: account-scorecard
title: { zh: 核算考评, en: Scorecard of accounts }
mechanism: evaluation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: invented, standing: A }]
scorecard:
  total: 100
  cap: 150
  themes:
    - code: gep
      name: { zh: 总值, en: GEP }
      indicators:
        - { code: real, name: { zh: 可比价总值, en: At constant prices }, weight: 50, unit: yuan, from: { account: { norm: sample, prices: '2022' } }, score: improve, rate: 100 }
        - { code: own, name: { zh: 非天气增量, en: Without the weather }, weight: 30, unit: 万元, from: { account: { norm: sample, effects: [area, condition] } }, score: attain, target: 2 }
        - { code: goal, name: { zh: 目标完成, en: Target }, weight: 20, from: { target: gep }, score: attain, binding: 'yes' }
  vetoes: [{ fact: bindingMissed, grade: low, source: A }]
  grades: [{ code: high, from: 90, award: 'yes', name: { zh: 高, en: High } }, { code: low, name: { zh: 低, en: Low } }]
`;

let it$: TargetsTest;
let runs: ScoreRunService;
beforeAll(async () => {
  it$ = await startTargets();
  const { db } = it$;
  const folder = new RulebookFolder('rulebook');
  const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, new RulebookService(db)));
  runs = new ScoreRunService(db, tools, new ClockBooks(folder));
  const policies = new PolicyService(db);
  const card = await readPolicyText({ path: 'rule.yaml', text: rule }, 'rulebook');
  await policies.propose(clerk, card, key());
  const wish = { edition: card.edition, territoryPath: prefecture, from: '2020-01-01', reason: 'resolution 5' };
  await policies.adopt(officer('approver', prefecture, 'policy.approve'), wish, key());
});
afterAll(() => it$.close());

const compute = () => runs.compute(clerk, { place: '520500', period: '2023', units: [here, there] }, key());

it('scores by accounts that are published and progress that is confirmed, and by nothing else', async () => {
  const { plans, progress } = it$;
  const text = { zh: '测试', en: 'made up' };
  const only = {
    indicators: [{ code: 'gep', name: text, measure: 'gep' }],
    targets: [{ indicator: 'gep', path: 'linear', growth: '4%' }],
  };
  const { id } = (await plans.draft(clerk, documentOf({ ...only, dual: undefined }), key())).result;
  for (const unit of [here, there])
    await plans.reply(
      partyOf(unit),
      { plan: id, unit, answer: 'accepted', counter: {}, reason: '', documentDigest: null },
      key(),
    );
  await plans.act(checker, { plan: id, act: 'negotiate' }, key());
  await plans.act(approver, { plan: id, act: 'issue' }, key());
  await expect(compute()).rejects.toMatchObject({ code: 'evaluation.score-figures-missing' });
  const recorded = (await progress.record(clerk, { plan: 'gep', year: 2023 }, key())).result;
  await expect(compute()).rejects.toThrow('gep target confirm');
  await progress.judge(checker, { id: recorded.id, act: 'confirm' }, key());
  const run = (await compute()).result;
  const { scores } = await runs.show(clerk, run.id);
  // 100 to 103 hectares: 50 × 1.03, 30 × 1.5 of 3 万元 against 2, 20 × 103 / 102; 50 hectares stay 50: 50, 0, 20 × 100 / 102.
  expect(scores.map(({ unit, detail }) => [unit, detail.score, detail.grade, detail.vetoes])).toEqual([
    [here, '116.7', 'high', []],
    [there, '69.61', 'low', ['bindingMissed']],
  ]);
  expect(scores[0].detail.indicators.map(({ score }) => score)).toEqual(['103', '150', '5150/51']);
  expect((await runs.replay(clerk, run.id)).isSame).toBe(true);
  const { sources } = await runs.show(clerk, run.id);
  const accountId = sources.find(
    ({ unit, column, period }) => unit === here && column === 'real' && period === '2023',
  )!.accountId!;
  const resting = await it$.db.snapshot(clerk, (tx) => listDependents(tx, { accountId }));
  expect(resting.map(({ dependent, figure }) => [dependent, figure])).toContainEqual([
    { kind: 'score-run', id: run.id },
    here,
  ]);
});
