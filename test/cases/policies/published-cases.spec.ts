/** Every published case of a policy: the rule of the rulebook gives what was printed, to the fen. */
import { join } from 'node:path';
import { readNumber } from '@gep/observation';
import {
  compareWithPrinted,
  decide,
  listPolicyCases,
  loadPolicy,
  loadPolicyCase,
  loadStudy,
  loadUnits,
  readPolicyRows,
  type Decision,
  type PolicyCase,
} from '@gep/rulebook';

const rulebook = join(__dirname, '../../../rulebook');
const published = [
  'policy-dajun-increment-award-2019',
  'policy-fujian-band-award-2020',
  'policy-fujian-watershed-factors-2019',
  'policy-jixi-forest-income-pledge-2020',
  'policy-miyun-horizontal',
  'policy-shunchang-forest-trust-2018',
];

async function decided({ runs }: PolicyCase): Promise<Decision[]> {
  const units = await loadUnits(rulebook);
  return Promise.all(
    runs.map(async ({ rule: id, input, period, totals }) => {
      const rule = await loadPolicy(id, rulebook);
      const rows = input.rows.map((cells, at) => ({ row: at + 2, cells }));
      const options = { numberOf: readNumber, period, totals };
      const { book, problems } = readPolicyRows(rule, units, { header: input.header, rows }, options);
      expect(problems).toEqual([]);
      return decide(rule, book!, rule.period === 'none' ? '' : (period ?? book!.periods.at(-1)!.period));
    }),
  );
}

it('are these', async () => expect(await listPolicyCases(rulebook)).toEqual(published));

it.each(published)('%s comes out as printed', async (name) => {
  const one = (await loadPolicyCase(name, rulebook))!;
  const figures = compareWithPrinted(one, await decided(one));
  expect(figures.filter(({ isEqual }) => !isEqual)).toEqual([]);
  // Each figure can differ: a printed one that is a fen more is told.
  const more = one.figures.map((figure) => ({ ...figure, printed: `${Number(figure.printed) + 0.01}` }));
  const wrong = compareWithPrinted({ ...one, figures: more }, await decided(one));
  expect(wrong.map(({ isEqual }) => isEqual)).toEqual(more.map(() => false));
});

it('names every case when a name is unknown', async () => {
  const refusal = await loadStudy('policy-nowhere', rulebook).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'case.not-found', facts: { known: expect.arrayContaining(published) } });
});
