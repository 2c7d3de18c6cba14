/** What a reader of the terminal is told of standings, forecasts and progress: names, what counts first, what not to trust. */
import type { PlanForecast, PlanProgress, StandingScore } from '@gep/evaluation';
import { renderForecast, renderProgress } from './render-progress';
import { renderStandings } from './render-scores';

const standing = (unit: string, of: StandingScore['standing'], more: object = {}) =>
  ({
    ...{ runId: 'r', unit, territoryPath: 'CN', standing: of, since: '2025-09-10' },
    gist: { place: '990100', scorecard: 'card', ruleEdition: 'e', period: '2024', versionNo: 1, resultDigest: 'd' },
    detail: { rank: 1, score: '90.00', grade: 'g1', award: true, refer: false, vetoes: [], ...more },
  }) as unknown as StandingScore;
const names = [{ code: 'level', name: { zh: '生态产品总值', en: 'GEP as a whole' } }];

it('puts standings that another version replaced last, and tells award, referral and veto in words', () => {
  const scores = [
    standing('990101', 'superseded'),
    standing('990102', 'final', { rank: 0, award: false, refer: true, vetoes: ['falsification'] }),
  ];
  const grades = new Map([['e', [{ code: 'g1', name: { zh: '良好', en: 'Good' } }]]]);
  const [head, , first, second] = renderStandings(scores, grades, 'zh').split('\n');
  expect(head).toMatch(/等级 +可获奖 +移送 +一票否决 +状态/);
  expect(first).toMatch(/– +990102 +90\.00 +良好 +是 +查实弄虚作假 +已生效/);
  expect(second).toMatch(/1 +990101 +90\.00 +良好 +是 +已被取代/);
});

it.each([
  ['a wide interval', { low: 100, high: 1001 }, 0.01, /too wide/, /past the target/],
  ['a target that is passed', { low: 100, high: 1000 }, -0.01, /past the target/, /too wide/],
])('warns of %s', (_what, ends, neededGrowth, said, unsaid) => {
  const row = {
    ...{ units: ['990101'], indicator: 'level', points: [], targetFen: 1000n, measured: null, neededGrowth },
    forecast: { state: 'made', value: 300, probability: 0.5, ...ends },
  };
  const method = { id: 'm', date: 'd', text: { zh: '法', en: 'way' } };
  const found = { plan: 'p', edition: 1, until: 2024, method, rows: [row] } as unknown as PlanForecast;
  const text = renderForecast(found, names, 'en');
  expect(text).toMatch(said);
  expect(text).not.toMatch(unsaid);
  expect(text).toContain('GEP as a whole');
});

it('says a long reason once, below the table', () => {
  const reason = { zh: '尚未公布', en: 'nothing is published yet, publish it by a long command' };
  const row = {
    ...{ units: ['990000'], indicator: 'level', base: { fen: 1n }, milestoneFen: 2n, actualFen: null, parts: [] },
    ...{ attainmentShown: null, yearlyGrowth: null, reason },
  };
  const found = { plan: 'p', edition: 1, year: 2024, rows: [row, row], dual: [] } as unknown as PlanProgress;
  const text = renderProgress(found, names, 'en');
  expect(text.split(reason.en)).toHaveLength(2);
  expect(text).toMatch(/GEP as a whole.*\[1\]/);
});
