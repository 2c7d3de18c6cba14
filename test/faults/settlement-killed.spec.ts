/** A settlement is killed with SIGKILL at named statements of its way: begun again, it ends as if nobody had disturbed it. */
import { emptyBook, readBookFacts, reportInvariants, verifyBook } from '@gep/ledger';
import { verifyAuditChain } from '@gep/platform';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { pictureOfPlace } from './book-picture';
import { moments, nameOf, StatementWatch, type KillPoint, type SentStatement } from './killed-statement';
import { seededRandom } from './seed';
import { everything, goTheWay, placeAt } from './settlement-way';
import { killWorkers, spareSettler } from './worker-process';

const isThorough = process.env['GEP_MANY_CASES'] === '1';
const fewestPoints = isThorough ? 60 : 12;
/** Processes that load while another one is at work. */
const spares = 2;

let test: TestDatabase;
let undisturbed: Record<string, string[]>;
const statements: SentStatement[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  const watch = new StatementWatch((statement, moment) => {
    if (moment === 'sent') statements.push(statement);
  });
  await goTheWay(test.db, placeAt(0), (useCase) => watch.begin(useCase));
  watch.release();
  undisturbed = await pictureOfPlace(test.superuserUrl, placeAt(0));
});
afterAll(async () => {
  await killWorkers();
  await test.drop();
});

/** Every commit at each of its moments, and another statement of every use case; a few of all these in ordinary runs. */
function choosePoints(random: () => number): KillPoint[] {
  const shuffled = (points: readonly KillPoint[]): KillPoint[] =>
    points
      .map((point) => [random(), point] as const)
      .sort(([a], [b]) => a - b)
      .map(([, point]) => point);
  const all = statements.flatMap((statement) => moments.map((moment) => ({ ...statement, moment })));
  const commits = all.filter(({ words }) => words === 'commit');
  // A copy is answered row by row, so its end is no answer of its own.
  const others = shuffled(
    all.filter(({ words, moment }) => words !== 'commit' && !(words.startsWith('copy') && moment === 'after')),
  );
  const useCases = [...new Set(statements.map(({ useCase }) => useCase))];
  const points = [...commits, ...useCases.map((useCase) => others.find((point) => point.useCase === useCase)!)];
  return isThorough ? points : shuffled(points).slice(0, fewestPoints);
}

it('loses nothing, does nothing twice, and leaves a book that holds, wherever it is killed', async () => {
  const { next } = seededRandom('settlement killed');
  const points = choosePoints(next);
  expect(points.length).toBeGreaterThanOrEqual(fewestPoints);
  const started = Date.now();
  let followed = emptyBook;
  const ready = Array.from({ length: spares }, () => spareSettler(test.config));
  for (const [at, point] of points.entries()) {
    const place = placeAt(1 + at);
    const settler = ready.shift()!;
    if (at + spares < points.length) ready.push(spareSettler(test.config));
    settler.tell({ place, point });
    expect([nameOf(point), await settler.ended, settler.said]).toEqual([nameOf(point), null, '']);
    await goTheWay(test.db, place, () => undefined);
    expect([nameOf(point), await pictureOfPlace(test.superuserUrl, place)]).toEqual([nameOf(point), undisturbed]);
    await test.db.snapshot(everything, async (tx) => {
      const chain = await verifyBook(tx, { from: followed });
      followed = chain.head;
      const broken = reportInvariants({ ...(await readBookFacts(tx)), chain }).filter(({ holds }) => !holds);
      expect([nameOf(point), broken]).toEqual([nameOf(point), []]);
    });
  }
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  process.stdout.write(
    `settlement killed at ${points.length} points of ${statements.length} statements in ${seconds} s: ${points.map(nameOf).join(' ')}\n`,
  );
  const audit = await test.db.snapshot(everything, (tx) => verifyAuditChain(tx));
  expect(audit.broken).toBeUndefined();
}, 2_400_000);
