/** Credit of the demonstration on a real database, once only, and the guide run beside it: what they show is there. */
import { operator, type Role, UserService } from '@gep/access';
import { creditServicesOn, listEvents, SealedIdentifiers } from '@gep/credit';
import { readBookFacts, reportInvariants } from '@gep/ledger';
import { ClockBooks, listClocks, todayOf } from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';
import { demonstrateCredit } from '../../tools/start/credit/credit.service';
import { creditPeopleOf, holderAt } from '../../tools/start/credit/people';
import { countyPath, inventedSubjects } from '../../tools/start/credit/subjects';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { GuideCommands } from './guide-commands';

const { officer, bank, checker } = creditPeopleOf(countyPath);
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const places = await loadTerritoryFile('rulebook/territories/demonstration.yaml');
  await new TerritoryService(test.db).importTerritories(operator, places);
});
afterAll(() => test.drop());

it('shows twenty subjects, an objection that lifted a measure, loans by grade and goods for points, once only', async () => {
  const { db } = test;
  const creditKeys = test.config.creditKeys!;
  const said: string[] = [];
  const demonstrate = () =>
    demonstrateCredit(db, { rulebookDir: 'rulebook', creditKeys }, ({ en }) => void said.push(en));
  await demonstrate();
  expect(said).toEqual([expect.stringContaining('twenty invented subjects')]);
  const sealed = new SealedIdentifiers(creditKeys);
  const services = creditServicesOn(db, sealed, new ClockBooks(new RulebookFolder('rulebook')));
  const subjects = await services.subjects.list(officer, { page: { limit: 50 } });
  expect(subjects).toHaveLength(20);
  const idOf = async (key: string): Promise<string> => {
    const { kind, number } = inventedSubjects.find((one) => one.key === key)!;
    const [{ id }] = await services.subjects.search(officer, { field: 'number', text: number, kind });
    return id;
  };
  const scored = async (key: string) => {
    const { score, grade } = await services.scores.explain(officer, await idOf(key));
    return [score, grade];
  };
  // The discharge of one firm counts, that of the other fell with the objection; the repaired entry is gone, the frontage counts.
  expect([await scored('firm-2'), await scored('firm-3')]).toEqual([
    ['70', 'D'],
    ['100', 'B'],
  ]);
  const grades = [await scored('person-2'), await scored('person-3'), await scored('person-5')].map(
    ([, grade]) => grade,
  );
  expect(grades).toEqual(['A', 'B', 'C']);
  const measures = await services.measures.list(officer, {});
  expect(measures.map(({ item, state }) => `${item} ${state}`).sort()).toEqual([
    ...['lowInterestLoan in-force', 'seedlings in-force', 'subsidyCut in-force', 'subsidyCut lifted'],
  ]);
  const loans = await services.queries.loanDecisions(bank, 9);
  expect(loans.map(({ open, grade, mostFen, obstacles }) => [open, grade, mostFen, obstacles])).toEqual([
    [false, 'D', 0n, ['grade', 'severe-entry']],
    [true, 'A', 300_000_00n, []],
  ]);
  const sheets = await services.sheets.list(checker, { page: { limit: 9 } });
  expect(sheets.map(({ month, unchecked }) => [month, unchecked])).toEqual([
    ...[
      ['2025-04', 0],
      ['2025-04', 0],
      ['2025-03', 0],
      ['2025-03', 0],
    ],
  ]);
  const [{ spent, ordered, lots }] = await services.points.readOwn(holderAt(countyPath, '二'));
  expect([spent, ordered, lots.length > 2]).toEqual([6n, 0n, true]);
  await db.snapshot(officer, async (tx) => {
    expect(reportInvariants(await readBookFacts(tx)).filter(({ holds }) => holds === false)).toEqual([]);
    expect(await listClocks(tx, { overdueOn: await todayOf(tx) })).toEqual([]);
    expect(await listEvents(tx, { state: 'confirmed', page: { limit: 9 } })).toEqual([]);
  });
  await demonstrate();
  expect(said).toHaveLength(1);
});

it("does what the guide says: a list of one's own, from consent to goods", async () => {
  const guide = new GuideCommands('docs/how-to-run-credit.md', test, 'a-long-password-of-your-own');
  const answers = new Map<string, unknown>();
  try {
    const territory = { code: '991104', path: 'CN.990000.991100.991104' };
    for (const [name, role] of guide.people) {
      const grants = [{ role: role as Role, territory }];
      await new UserService(test.db).addUser(operator, { login: `my-${name}`, name, grants, password: guide.password });
    }
    for (const line of guide.lines) {
      const verb = line.split(/ +# /)[0];
      if (line.includes('# refused'))
        await expect(guide.run(line)).rejects.toMatchObject({ code: 'credit.points-short' });
      else answers.set(verb, await guide.run(line));
    }
  } finally {
    guide.close();
  }
  const answer = (part: string, nth = 0): unknown => [...answers].filter(([verb]) => verb.includes(part))[nth]?.[1];
  expect(answer('act <bad> notify')).toMatchObject({ effectiveFrom: '2025-04-10' });
  expect(answer('score <wang>')).toMatchObject({ score: '78', grade: 'C' });
  expect(answer('credit query <wang>')).toMatchObject({ score: '110', grade: 'A', loan: { open: true } });
  expect(answer('credit loans')).toMatchObject([{ open: true }, { open: false, obstacles: ['grade', 'severe-entry'] }]);
  expect(answer('village check')).toMatchObject({ accepted: 3, confirmed: 0, refused: [] });
  expect(answer('own orders')).toMatchObject([{ state: 'handed-over', quantity: 2 }]);
  expect(answer('credit rescore 991104')).toMatchObject({ subjects: 3, refusal: null });
  expect(answer('credit readings')).toHaveLength(4);
});
