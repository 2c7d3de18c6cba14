/** The verbs with a database: territories, observations, a run with a lent worker, accounts, people, audit. */
import fs from 'node:fs';
import path from 'node:path';
import { cliOnDatabase, mine } from './cli-place';
import { gep, root } from './cli-under-test';

const site = '520523-jinsha-mine';
const norm = ['--norm', 'jinsha-mine-2026'];

const { at, done, environment, run, write } = cliOnDatabase();

/** The mine's observations with another area of forest in 2024. */
function withForest(hectares: number): string {
  const { extent } = JSON.parse(fs.readFileSync(mine, 'utf8')) as {
    extent: { type: string; period: string; area: number }[];
  };
  const rows = extent.map((row) =>
    row.type === 'forestLand' && row.period === '2024' ? { ...row, area: hectares } : row,
  );
  write('changed.json', JSON.stringify({ extent: rows }));
  return 'changed.json';
}

interface Shown {
  readonly account: { readonly totals: { readonly totalFen: string }; readonly vintage: number };
  readonly vintages: readonly { readonly vintage: number; readonly recordedAt: string; readonly shown: boolean }[];
}
interface Changed {
  readonly changeFen: string;
  readonly afterFen: string;
  readonly effects: Readonly<Record<string, string>>;
  readonly comparable: { readonly currentFen: string };
}
interface Indicated {
  readonly indicators: readonly { readonly code: string; readonly value: string | null }[];
  readonly dynamicDegrees: readonly unknown[];
}
interface Drawn {
  readonly total: Readonly<Record<string, string>>;
  readonly target: { readonly probability: number };
}
interface Bridged {
  readonly differenceFen: string;
  readonly steps: readonly unknown[];
}
interface Conditioned {
  readonly periods: readonly { readonly period: string; readonly index: string }[];
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
  expect(current.vintages.map(({ shown }) => shown)).toEqual([true, false]);
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

  // A department sends its sheet alone, before the areas that it is about are there.
  const rain = { territory: site, period: '2022', type: '*', attribute: 'precipitation', value: 1200 };
  write('weather.json', JSON.stringify({ attributes: [rain] }));
  expect(await done(['observe', 'weather.json', '--sheet', 'weather', ...norm])).toMatchObject({
    ...{ dataSheet: 'weather', status: 'accepted', counts: { acceptedRows: 1 } },
    territories: [{ change: 'new', dataSheets: ['weather'] }],
  });
}, 300_000);

it('divides the mine among the nodes of a project from CSV files, to the fen', async () => {
  const table = (name: string, ...lines: string[]): string => write(name, `${lines.join('\n')}\n`);
  const whole = table(
    'tree.csv',
    '代码,名称,英文名,类别,覆盖,依据,生效日',
    `mine-project,修复项目,Restoration project,项目,${site},order 7,2020-01-01`,
  );
  const nodes = table('nodes.csv', '节点,上级,名称', 'slopes,,边坡', 'terraces,,台地');
  const rows = (last: string): string =>
    table('rows.csv', '行政单元,节点,类型,份额', `${site},slopes,forestLand,1/3`, `${site},${last},forestLand,2/3`);
  const refused = await run(['territory', 'tree', 'import', whole, nodes, rows('sumit')]);
  expect(refused.stderr).toMatch(/territory\.tree-refused.*tree-node-unknown/s);

  const files = [whole, nodes, rows('terraces')];
  const wouldBe = await done(['territory', 'tree', 'import', ...files, '--dry-run']);
  expect(wouldBe).toMatchObject({ edition: 1, changed: true, dryRun: true });
  expect(await done(['territory', 'tree', 'list'])).toEqual([]);
  const taken = await done(['territory', 'tree', 'import', ...files]);
  expect(taken).toMatchObject({ tree: 'mine-project', edition: 1, nodes: 2, membership: 2, changed: true });
  const asked = ['account', 'tree', '--tree', 'mine-project', '--period', '2024', ...norm];
  const [listed, shown, account, answer, text] = await Promise.all([
    done<{ code: string }[]>(['territory', 'tree', 'list']),
    done(['territory', 'tree', 'show', 'mine-project']),
    done<Shown>(['account', 'show', site, '2024', ...norm]),
    done<{ nodes: { code: string; totals: { totalFen: string; byType: Record<string, string> } }[] }>(asked),
    gep([...asked, '--node', 'slopes', '--lang', 'zh'], { env: environment(), cwd: at() }),
  ]);
  expect(listed.map(({ code }) => code)).toEqual(['mine-project']);
  expect(shown).toMatchObject({ kind: 'project', nodes: [{ code: 'slopes' }, { code: 'terraces' }] });
  const [root$, slopes, terraces, outside] = answer.nodes;
  expect(root$.totals.totalFen).toBe(account.account.totals.totalFen);
  const fen = [slopes, terraces, outside].map(({ totals }) => BigInt(totals.totalFen));
  expect(`${fen[0] + fen[1] + fen[2]}`).toBe(root$.totals.totalFen);
  expect(fen[0] > 0n && fen[1] / 2n - fen[0] < 9n && fen[2] > 0n).toBe(true);
  expect(text.stdout).toMatch(/边坡[\s\S]*林地|forest/);
  expect(text.stdout).toMatch(/份额.*v2/);
}, 300_000);

it('answers of recorded accounts what it answers of files: change, indicators, interval, bridge, condition', async () => {
  const of = ['--territory', site, '--period', '2024', ...norm];
  const variables = at('variables.json');
  const rain = { code: 'precipitation', class: 'A1', unit: 'mm/a', direction: 'higher-better' };
  const reference = { kind: 'contemporary' };
  fs.writeFileSync(variables, JSON.stringify({ variables: [{ ...rain, low: '500', high: '1500', reference }] }));
  const gdp = ['--fact', 'GDP=52000000 yuan', '--source', 'GDP=a yearbook'];
  const [{ account }, change, indicators, intervals, bridges, condition] = await Promise.all([
    done<Shown>(['account', 'show', site, '2024', ...norm]),
    done<Changed>(['change', '--territory', site, '--from', '2021', '--to', '2024', ...norm, '--comparable']),
    done<Indicated[]>(['indicator', ...of, '--since', '2021', ...gdp]),
    done<Drawn[]>(['interval', ...of, '--draws', '100', '--target', '1']),
    done<Bridged[]>(['bridge', ...norm, ...of]),
    done<Conditioned>(['condition', variables, ...of, '--since', '2021']),
  ]);
  const { totalFen } = account.totals;
  expect(change.afterFen).toBe(totalFen);
  expect(change.comparable.currentFen).toBe(totalFen);
  const effects = Object.values(change.effects).reduce((sum, fen) => sum + BigInt(fen), 0n);
  expect(String(effects)).toBe(change.changeFen);
  const index = indicators[0].indicators.find(({ code }) => code === 'greenGoldIndex')!;
  expect(Number(index.value)).toBeCloseTo(Number(totalFen) / 100 / 52_000_000, 9);
  expect(indicators[0].dynamicDegrees).toHaveLength(5);
  // What a run took is no part of what its seed decides.
  expect(intervals[0]).not.toHaveProperty('seconds');
  expect(intervals[0]).toMatchObject({
    total: { accountFen: totalFen, medianFen: totalFen },
    target: { probability: 1 },
  });
  expect(bridges[0]).toMatchObject({ differenceFen: '0', steps: [], from: { totalFen } });
  expect(condition.periods.map(({ period }) => period)).toEqual(['2021', '2024']);
  expect(Number(condition.periods[1].index)).toBeCloseTo(0.62671, 5);
}, 300_000);

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
  [
    'a sheet no list has',
    ['observe', mine, '--norm', 'cn-terrestrial', '--sheet', 'farm'],
    'observation.sheet-unknown',
  ],
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
