/** Work on a dividend is killed with SIGKILL at any statement: taken up again, every line and every fen is there once. */
import { emptyBook, readBookFacts, reportInvariants, verifyBook } from '@gep/ledger';
import { verifyAuditChain } from '@gep/platform';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { pictureOfPlace } from './book-picture';
import { countyAt, prepareCounties, resolveDividend, shareOut } from './dividend-way';
import { moments, nameOf, StatementWatch, type KillPoint, type SentStatement } from './killed-statement';
import { seededRandom } from './seed';
import { killWorkers, spareDividend } from './worker-process';

const isThorough = process.env['GEP_MANY_CASES'] === '1';
const fewPoints = 4;
/** Processes that load while another one is at work. */
const spares = 2;

let test: TestDatabase;
let undisturbed: Record<string, string[]>;
let points: KillPoint[];

beforeAll(async () => {
  test = await createTestDatabase();
  await prepareCounties(test.db, 900);
  await resolveDividend(test.db, countyAt(0));
  const statements: SentStatement[] = [];
  const watch = new StatementWatch((statement, moment) => {
    if (moment === 'sent') statements.push(statement);
  });
  await shareOut(test.db, countyAt(0), (useCase) => watch.begin(useCase));
  watch.release();
  undisturbed = await pictureOfPlace(test.superuserUrl, countyAt(0));
  points = choosePoints(statements, seededRandom('dividend killed').next);
}, 60_000);
afterAll(async () => {
  await killWorkers();
  await test.drop();
});

/**
 * Every statement on its way, and a commit also before and after; between two statements nothing is done that a kill could undo.
 * In ordinary runs few of them, and of each kind of work at least one.
 */
function choosePoints(statements: readonly SentStatement[], random: () => number): KillPoint[] {
  const all = statements.flatMap((statement) =>
    (statement.words === 'commit' ? moments : (['sent'] as const)).map((moment) => ({ ...statement, moment })),
  );
  if (isThorough) return all;
  const shuffled = all
    .map((point) => [random(), point] as const)
    .sort(([a], [b]) => a - b)
    .map(([, point]) => point);
  const ofWork = ['allot', 'approve', 'pay'].map((work) => shuffled.find(({ useCase }) => useCase === work)!);
  return [...ofWork, ...shuffled.filter((point) => !ofWork.includes(point))].slice(0, fewPoints);
}

it('allots, declares and pays each line once, wherever it is killed', async () => {
  const started = Date.now();
  let followed = emptyBook;
  const ready = Array.from({ length: spares }, () => spareDividend(test.config));
  for (const [at, point] of points.entries()) {
    const place = countyAt(1 + at);
    await resolveDividend(test.db, place);
    const killed = ready.shift()!;
    if (at + spares < points.length) ready.push(spareDividend(test.config));
    killed.tell({ place, point });
    expect([nameOf(point), await killed.ended, killed.said]).toEqual([nameOf(point), null, '']);
    await shareOut(test.db, place, () => undefined);
    expect([nameOf(point), await pictureOfPlace(test.superuserUrl, place)]).toEqual([nameOf(point), undisturbed]);
    await test.db.snapshot(testActor(), async (tx) => {
      const chain = await verifyBook(tx, { from: followed });
      followed = chain.head;
      const broken = reportInvariants({ ...(await readBookFacts(tx)), chain }).filter(({ holds }) => !holds);
      expect([nameOf(point), broken]).toEqual([nameOf(point), []]);
    });
  }
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  process.stdout.write(`dividend killed at ${points.length} points in ${seconds} s: ${points.map(nameOf).join(' ')}\n`);
  const audit = await test.db.snapshot(testActor(), (tx) => verifyAuditChain(tx));
  expect(audit.broken).toBeUndefined();
}, 3_600_000);
