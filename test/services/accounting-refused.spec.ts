/** What is refused does not vanish: rows at import make an account incomplete, territories leave their parents a true reason. */
import { listFailures, listRefusedParts } from '@gep/accounting';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
});
afterEach(() => it$.close());

describe('an import of which some rows are refused', () => {
  const good = [forest('520521', 2), forest('520523', 3), forest('530102', 5)];
  const bad = { ...forest('520521', 0), type: 'grass', area: 'abc' };
  const coverageOf = async (territory: string) => (await it$.account(territory))!.coverage;
  const refusedOf = async (territory: string) => {
    const account = (await it$.account(territory))!;
    return it$.test.db.snapshot(it$.actor, (tx) => listRefusedParts(tx, account));
  };

  it('leaves its accounts incomplete up to the nation, and they say which batch and how many rows', async () => {
    const { batchId, status } = await it$.observePartly([...good, bad]);
    expect(status).toBe('partial');
    await it$.recompute();
    expect(await coverageOf('520521')).toEqual({ present: 1, expected: 1, complete: false, refusedRows: 1 });
    expect(await coverageOf('520500')).toEqual({ present: 2, expected: 2, complete: false, refusedRows: 1 });
    expect(await coverageOf('CN')).toEqual({ present: 2, expected: 2, complete: false, refusedRows: 1 });
    expect(await coverageOf('520523')).toEqual({ present: 1, expected: 1, complete: true });
    const refused = [{ territory: '520521', rows: 1, batch: batchId }];
    expect(await refusedOf('520521')).toEqual(refused);
    expect(await refusedOf('CN')).toEqual(refused);
    expect(await refusedOf('530000')).toEqual([]);
  });

  it('is told from the same rows without them: those give a complete account, the same as ever', async () => {
    await it$.observe(good);
    await it$.recompute();
    const before = (await it$.account('520521'))!;
    await it$.observePartly([...good, bad]);
    await it$.recompute();
    const partly = (await it$.account('520521'))!;
    expect(partly).toMatchObject({ vintage: 2, totals: before.totals, coverage: { complete: false } });
    expect(partly.digest).not.toBe(before.digest);
    await it$.observe(good);
    await it$.recompute();
    expect(await it$.account('520521')).toEqual(before);
    expect(await refusedOf('CN')).toEqual([]);
  });
});

describe('a territory that is refused', () => {
  const reasonsOf = async (runId: string) => {
    const failures = await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, runId));
    return failures.map(({ subject, code, facts }) => [subject, code, facts.observed]);
  };
  const withoutRain = { territory: '520523', period: '2024', type: 'forest', area: 3 };

  it('is the reason why nothing is above it, not that nothing was observed', async () => {
    await it$.observe([withoutRain]);
    const run = await it$.recompute();
    expect(run.progress.territories).toEqual({ total: 4, computed: 0, unchanged: 0, refused: 4, locked: 0 });
    expect(await reasonsOf(run.id)).toEqual([
      ['520523', 'accounting.attribute-missing', undefined],
      ['520500', 'accounting.nothing-computed', 1],
      ['520000', 'accounting.nothing-computed', 1],
      ['CN', 'accounting.nothing-computed', 1],
    ]);
  });

  it('is foretold at import: which rows lack what, and which services need it', async () => {
    const { status, problems } = await it$.observePartly([
      forest('520521', 2),
      { ...withoutRain, type: 'grass' },
      withoutRain,
    ]);
    expect(status).toBe('accepted');
    expect(problems.map(({ sheet, row, column, severity, code }) => [sheet, row, column, severity, code])).toEqual([
      ['extent', 2, 'rain', 'warning', 'observation.attribute-lacking'],
    ]);
    expect(problems[0].text.en).toContain('2 rows (grass, forest) have no "rain", so water cannot be computed');
  });

  it('is no reason where something else was observed beside it, or a site alone was', async () => {
    await it$.observe([
      withoutRain,
      forest('520521', 2),
      forest('530102', 5),
      { ...withoutRain, territory: '520523-pit' },
    ]);
    const run = await it$.recompute();
    expect(await reasonsOf(run.id)).toEqual([
      ['520523', 'accounting.attribute-missing', undefined],
      ['520523-pit', 'accounting.attribute-missing', undefined],
    ]);
  });
});
