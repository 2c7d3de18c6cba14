/** Which goals and results of published plans are told of a territory: the edition in force, the last record, nothing disputed. */
import { disclosedGoals, goalFigures, type PublishedPlan, type PublishedProgress } from './goal-figures';

const name = { zh: '总值', en: 'GEP' };
const plan = (more: Partial<PublishedPlan> = {}): PublishedPlan => ({
  ...{ code: 'p', editionNo: 1, title: { zh: '计划', en: 'Plan' }, norm: 'n', term: { last: 2026 } },
  ...{ from: 2022, digest: 'd1' },
  indicators: ['gep', 'gdp'].map((code) => ({ code, name, unit: 'yuan' })),
  targets: ['gep', 'gdp'].map((indicator) => ({
    ...{ unit: '991101', indicator, base: { normEdition: 'e' } },
    milestones: [2023, 2024].map((year) => ({ year, amount: `${year}.00` })),
  })),
  ...more,
});
const row = (indicator: string, more: Partial<PublishedProgress['rows'][number]> = {}) => ({
  ...{ units: ['991101'], places: ['991101'], indicator, unit: 'yuan', edition: 1, normEdition: 'e' },
  ...{ milestone: '2024.00', actual: '2000.00', attainment: '98.81', disputed: false, parts: [{ accountId: 'a' }] },
  ...more,
});
const record = (round: number, rows: PublishedProgress['rows']) => ({
  territoryPath: 'CN.99',
  document: { plan: 'p', round, digest: `r${round}`, rows },
});
const at = <T>(document: T, territoryPath = 'CN.99') => ({ territoryPath, document });
const told = (year: number, plans: readonly object[], records: readonly object[] = []) =>
  disclosedGoals({ territory: '991101', year, plans, records } as Parameters<typeof disclosedGoals>[0])
    .flatMap((goal) => goalFigures(goal, 'published'))
    .map(({ id, value, digest, norm }) => {
      expect(norm).toBe('n e');
      return [id, value, digest];
    });

it('tells goals of the edition in force for the year, of its own place', () => {
  const amended = at(plan({ editionNo: 2, from: 2024, digest: 'd2' }));
  expect(told(2023, [at(plan()), amended])).toEqual([
    ['target.p.gep', '2023.00', 'd1'],
    ['target.p.gdp', '2023.00', 'd1'],
  ]);
  expect(told(2024, [amended, at(plan())]).map(([, , digest]) => digest)).toEqual(['d2', 'd2']);
  expect(told(2027, [at(plan())])).toEqual([]);
  expect(told(2024, [at(plan())], [{ ...record(1, [row('gep')]), territoryPath: 'CN.98' }])).toHaveLength(2);
});

it('tells what was reached by the last record, and nothing of it that is disputed, shared or not measured', () => {
  const [first, last] = [record(1, [row('gep')]), record(2, [row('gep', { actual: '2001.00' }), row('gdp')])];
  expect(told(2024, [at(plan())], [last, first])).toEqual([
    ['target.p.gep', '2024.00', 'd1'],
    ['progress.p.gep.actual', '2001.00', 'r2'],
    ['progress.p.gep.attainment', '98.81', 'r2'],
    ['target.p.gdp', '2024.00', 'd1'],
    ['progress.p.gdp.actual', '2000.00', 'r2'],
    ['progress.p.gdp.attainment', '98.81', 'r2'],
  ]);
  const rows = [row('gep', { disputed: true }), row('gdp', { places: ['991101', '991102'] })];
  expect(told(2024, [at(plan())], [record(1, rows)])).toHaveLength(2);
  expect(told(2024, [at(plan())], [record(1, [row('gep', { actual: null })])])).toHaveLength(2);
});
