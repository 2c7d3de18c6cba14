/** The verbs with a database, as real processes: territories, observations, a run with a lent worker, accounts, people, audit. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { gep, root, type Outcome } from './cli-under-test';

const mine = path.join(root, 'rulebook/cases/jinsha-mine/observations.json');
const site = '520523-jinsha-mine';
const norm = ['--norm', 'jinsha-mine-2026'];

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-cli-'));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.drop();
});

function environment(): NodeJS.ProcessEnv {
  const { databaseUrl, secret } = database.config;
  // The throw-away server of the tests does without fsync, which programs refuse otherwise.
  return { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: folder };
}
const run = (args: readonly string[], input?: string): Promise<Outcome> =>
  gep([...args, '--json'], { env: environment(), cwd: folder, input });
async function done<T>(args: readonly string[], input?: string): Promise<T> {
  const outcome = await run(args, input);
  if (outcome.code !== 0) throw new Error(`gep ${args.join(' ')} ended with ${outcome.code}: ${outcome.stderr}`);
  return outcome.json<T>();
}
/** The mine's observations with another area of forest in 2024. */
function withForest(hectares: number): string {
  const { extent } = JSON.parse(fs.readFileSync(mine, 'utf8')) as {
    extent: { type: string; period: string; area: number }[];
  };
  const rows = extent.map((row) =>
    row.type === 'forestLand' && row.period === '2024' ? { ...row, area: hectares } : row,
  );
  fs.writeFileSync(path.join(folder, 'changed.json'), JSON.stringify({ extent: rows }));
  return 'changed.json';
}

interface Shown {
  readonly account: { readonly totals: { readonly totalFen: string }; readonly vintage: number };
  readonly vintages: readonly { readonly vintage: number; readonly recordedAt: string }[];
}
interface Ran {
  readonly run: { readonly state: string; readonly progress: { readonly territories: Record<string, number> } };
  readonly failures: readonly unknown[];
}
interface Report {
  readonly batchId: string | null;
  readonly alreadyImported: boolean;
  readonly counts: { readonly acceptedRows: number };
}

it('does the whole work of a county from the terminal', async () => {
  const sample = path.join(root, 'rulebook/territories/sample.yaml');
  expect(await done(['territory', 'import', '--file', sample])).toMatchObject({ added: 5 });

  expect(await done(['norm', 'publish', 'jinsha-mine-2026'])).toMatchObject({ id: 'jinsha-mine-2026', changed: true });
  expect(await done(['norm', 'list', '--published'])).toEqual([
    expect.objectContaining({ normId: 'jinsha-mine-2026', current: true, publishedAt: expect.any(String) }),
  ]);
  const tried = await done<Report>(['observe', mine, ...norm, '--dry-run']);
  expect(tried).toMatchObject({ batchId: null, counts: { acceptedRows: 10 } });
  const first = await done<Report>(['observe', mine, ...norm]);
  const second = await done<Report>(['observe', mine, ...norm]);
  expect(first).toMatchObject({ alreadyImported: false });
  expect(second).toMatchObject({ alreadyImported: true, batchId: first.batchId });

  // Nobody works on the queue: the command lends a worker of its own.
  const recompute = async (period: string): Promise<void> => {
    const { run: state, failures } = await done<Ran>(['recompute', '--period', period, '--territory', site, ...norm]);
    expect({ state: state.state, failures, ...state.progress.territories }).toMatchObject({
      state: 'done',
      failures: [],
      computed: 1,
      unchanged: 0,
    });
  };
  await Promise.all(['2021', '2024'].map(recompute));

  const [shown, explained] = await Promise.all([
    done<Shown>(['account', 'show', site, '2024', ...norm]),
    run(['explain', site, '2024', '--service', 'sedimentReduction', '--type', 'dryland', ...norm]),
  ]);
  expect(Number(shown.account.totals.totalFen) / 1e6).toBeCloseTo(1212.85, 2);
  expect(explained.code).toBe(0);
  expect(explained.stdout).toContain(`"batch": "${first.batchId}"`);

  const asOf = ['--as-of', new Date().toISOString()];

  // A better survey: the new figures hold, the old ones are still there as of then.
  await done(['observe', withForest(40), ...norm]);
  await recompute('2024');
  const [current, earlier, comparison] = await Promise.all([
    done<Shown>(['account', 'show', site, '2024', ...norm]),
    done<Shown>(['account', 'show', site, '2024', ...norm, ...asOf]),
    done<{ total: { before: string; after: string } }>(['account', 'compare', site, '2021', '2024', ...norm]),
  ]);
  expect(current.vintages).toHaveLength(2);
  expect(Number(current.account.totals.totalFen)).toBeGreaterThan(Number(shown.account.totals.totalFen));
  expect(earlier.account.totals.totalFen).toBe(shown.account.totals.totalFen);
  expect(comparison.total.after).toBe(current.account.totals.totalFen);
  // The time shown of a vintage is the time to ask for.
  const asShown = await Promise.all(
    current.vintages.map(({ recordedAt }) =>
      done<Shown>(['account', 'show', site, '2024', ...norm, '--as-of', recordedAt]),
    ),
  );
  expect(asShown.map(({ account }) => account.totals.totalFen)).toEqual([
    current.account.totals.totalFen,
    shown.account.totals.totalFen,
  ]);
}, 120_000);

it('adds people by link or with a password, and follows the audit trail of it all', async () => {
  const place = ['--territory', '520523'];
  const added = await done<{ link: string }>(['user', 'add', 'county-accounts', '--role', 'accountant', ...place]);
  // Nobody said where the site is, and nothing runs here: no address is made up.
  expect(added.link).toMatch(/^\/setup#token=[\w-]{20,}$/);
  const granted = await done<{ grants: object[] }>(['user', 'grant', 'county-accounts', '--role', 'viewer', ...place]);
  expect(granted.grants).toMatchObject([{ role: 'accountant' }, { role: 'viewer' }]);
  const left = await done<{ grants: object[] }>(['user', 'revoke', 'county-accounts', '--role', 'viewer', ...place]);
  expect(left.grants).toMatchObject([{ role: 'accountant' }]);
  const known = await gep(['user', 'add', 'county-approver', '--role', 'accountant', ...place], {
    env: { ...environment(), GEP_PUBLIC_URL: 'https://gep.example.cn' },
  });
  expect(known.stdout).toMatch(/: https:\/\/gep\.example\.cn\/setup#token=[\w-]{20,}\n$/);
  expect(known.stderr).toBe('');
  const viewer = ['user', 'add', 'county-viewer', '--role', 'viewer', ...place, '--password-stdin'];
  const withPassword = await done<{ link?: string }>(viewer, 'seven herons over the lake\n');
  expect(withPassword.link).toBeUndefined();
  const trail = await done<{ rows: number; head: { rows: number; hash: string } }>(['audit', 'verify']);
  expect(trail.rows).toBeGreaterThan(2);
  const { rows, hash } = trail.head;
  const cut = await run(['audit', 'verify', '--rows', String(rows + 1), '--hash', hash]);
  expect(cut.code).toBe(1);
  expect(cut.json()).toMatchObject({ broken: { reason: 'row-missing' } });
});

it.each([
  ['an account that is not there', ['account', 'show', site, '1999', ...norm], 'accounting.account-missing'],
  ['a norm nobody published', ['observe', mine, '--norm', 'no-such-norm'], 'norm.edition-not-found'],
  [
    'a territory that is not there',
    ['user', 'add', 'x-person', '--role', 'viewer', '--territory', '999999'],
    'territory.missing',
  ],
  ['a period that is none', ['recompute', '--period', '24', ...norm], 'period.invalid'],
  ['a period without observations', ['recompute', '--period', '2023', ...norm], 'accounting.nothing-observed'],
])('refuses %s', async (_what, args, code) => {
  const outcome = await run(args);
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  const refusal = JSON.parse(outcome.stderr) as { code: string; text: { zh: string; en: string } };
  expect(refusal.code).toBe(code);
  expect(refusal.text.zh).toMatch(/\p{Script=Han}/u);
});
