/** A settlement is killed with SIGKILL at named statements of its way: begun again, it ends as if nobody had disturbed it. */
import { readBookFacts, reportInvariants, verifyBook } from '@gep/ledger';
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

/** Every commit at each of its moments, and other statements of every use case. */
function choosePoints(random: () => number): KillPoint[] {
  const all = statements.flatMap((statement) => moments.map((moment) => ({ ...statement, moment })));
  const commits = all.filter(({ words }) => words === 'commit');
  const others = all
    .filter(({ words, moment }) => words !== 'commit' && moment !== 'sent' && words !== 'copy ledger.posting_run_')
    .map((point) => [random(), point] as const)
    .sort(([a], [b]) => a - b)
    .map(([, point]) => point);
  const ofEach = [...new Set(statements.map(({ useCase }) => useCase))].flatMap((useCase) =>
    others.filter((point) => point.useCase === useCase).slice(0, 2),
  );
  if (isThorough) return [...commits, ...ofEach];
  return [...commits, ...ofEach]
    .map((point) => [random(), point] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, fewestPoints)
    .map(([, point]) => point);
}

it('loses nothing, does nothing twice, and leaves a book that holds, wherever it is killed', async () => {
  const { next } = seededRandom('settlement killed');
  const points = choosePoints(next);
  expect(points.length).toBeGreaterThanOrEqual(fewestPoints);
  const started = Date.now();
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
      const chain = await verifyBook(tx);
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
}, 900_000);
