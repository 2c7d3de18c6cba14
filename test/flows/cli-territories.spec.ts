/** Merge, split, change of name and history of territories from the terminal, as real processes. */
import { cliOnDatabase } from './cli-place';
import { gep, type Outcome } from './cli-under-test';

const { at, environment, run: runJson, write } = cliOnDatabase();

const run = (...args: string[]): Promise<Outcome> => runJson(args);
const runAsText = (...args: string[]): Promise<Outcome> => gep(args, { env: environment(), cwd: at() });
const order = (day: string): string[] => ['--on', day, '--source', 'order'];

it('records a merge, a split by map and a change of name, and tells them', async () => {
  const names = ['CN', '990000', '990100', '990101', '990102'].map((code) => ({ code, name: { zh: `名${code}` } }));
  write('t.yaml', JSON.stringify({ source: 's', from: '2000-01-01', territories: names }));
  const patches = ['990103', '990104', '990104'].map((successor, patch) => ({
    patch,
    type: 'forest',
    area: 5,
    successor,
  }));
  write('map.yaml', JSON.stringify({ patches }));
  expect((await run('territory', 'import', '--file', 't.yaml')).code).toBe(0);
  const merge = [
    'territory',
    'merge',
    '990101',
    '990102',
    '--into',
    '990103',
    '--name',
    '新安县',
    ...order('2024-01-01'),
  ];
  expect((await run(...merge)).json()).toMatchObject({ changed: true, closed: 2, added: 1 });
  expect((await run(...merge)).json()).toMatchObject({ changed: false });
  const into = ['--into', '990103', '--into', '990104=东安县'];
  const unfit = await run('territory', 'split', '990103', ...into, '--share', '990103=0.5', ...order('2025-01-01'));
  expect([unfit.code, unfit.stderr]).toEqual([1, expect.stringContaining('territory.succession-shares-unfit')]);
  const split = await run('territory', 'split', '990103', ...into, '--map', 'map.yaml', ...order('2025-01-01'));
  expect(split.json()).toMatchObject({ changed: true, added: 1 });
  const rename = await run('territory', 'rename', '990103', '--name', '新安市', ...order('2026-01-01'));
  expect(rename.json()).toMatchObject({ closed: 1, added: 1 });
  const told = (await run('territory', 'history')).json<Record<string, string>[]>();
  expect(told.map(({ kind, predecessor, successor, share }) => [kind, predecessor, successor, share])).toEqual([
    ['merge', '990101', '990103', '1'],
    ['merge', '990102', '990103', '1'],
    ['split', '990103', '990103', '1/3'],
    ['split', '990103', '990104', '2/3'],
    ['rename', '990103', '990103', '1'],
  ]);
});

it('a flow is declared and withdrawn, and the years before and after are one series', async () => {
  const mine = ['--norm', 'jinsha-mine-2026'];
  const rows = Object.entries({ '2024': ['990103'], '2025': ['990103', '990104'] }).flatMap(([period, codes]) =>
    codes.flatMap((territory) =>
      ['miningLand', 'dryland', 'forestLand', 'grassland', 'constructionLand'].map((type) => ({
        ...{ territory, period, type, area: 7, precipitation: 1126.71 },
      })),
    ),
  );
  write('observed.json', JSON.stringify({ extent: rows }));
  expect((await run('norm', 'publish', 'jinsha-mine-2026')).code).toBe(0);
  expect((await run('observe', 'observed.json', ...mine)).code).toBe(0);
  for (const period of ['2024', '2025']) expect((await run('recompute', '--period', period, ...mine)).code).toBe(0);

  const series = (...more: string[]) =>
    run('account', 'series', '--territory', '990103', '--from', '2024', '--to', '2025', ...mine, ...more);
  interface Series {
    readonly points: readonly {
      readonly ways: readonly string[];
      readonly breaks: readonly { readonly kind: string }[];
      readonly growth: { readonly rate: string | null; readonly refusal: { readonly code: string } | null } | null;
    }[];
  }
  const [reported, constant] = [await series(), await series('--constant-boundary')];
  expect(reported).toMatchObject({ code: 0, stderr: '' });
  expect(reported.json<Series>().points[1]).toMatchObject({
    breaks: [{ kind: 'split' }],
    growth: { rate: null, refusal: { code: 'accounting.boundary-broken' } },
  });
  expect(constant.json<Series>().points.map(({ ways }) => ways)).toEqual([['map'], ['reported']]);
  expect(constant.json<Series>().points[1].growth).toMatchObject({ refusal: null });
  expect((await series('--as-of-boundary', '2024-12-31')).code).toBe(2);
  const indexed = await runAsText(
    ...['account', 'series', '--territory', '990103', '--from', '2024', '--to', '2025', ...mine],
    ...['--constant-boundary', '--index'],
  );
  expect(indexed.stdout).toMatch(/Index at current prices \(2024 = 100\)[^]*2024 +100\.00 +100\.00\n/);

  const flow = ['flow', 'declare', 'sedimentReduction', '990103', '--to', '990104', ...mine, '--from', '2025-01-01'];
  const said = ['--reason', 'downstream', '--source', 'letter 7'];
  const declared = await run(...flow, '--share', '1/5', ...said);
  expect(declared).toMatchObject({ code: 0, stderr: '' });
  const { id } = declared.json<{ id: string }>();
  expect((await run('flow', 'list', '--standing', '--territory', '990104')).json()).toMatchObject([{ id }]);
  const withdrawn = await run('flow', 'withdraw', id, '--reason', 'measured anew');
  expect(withdrawn.json()).toMatchObject({ id, withdrawn: { reason: 'measured anew' } });
});

it('a split in the midst of recorded accounts passes them on, with where they come from, and no sum above changes', async () => {
  const mine = ['--norm', 'jinsha-mine-2026'];
  interface Shown {
    readonly account: { readonly origin: string; readonly totals: { readonly totalFen: string } };
  }
  const show = async (code: string) => (await run('account', 'show', code, '2025', ...mine)).json<Shown>().account;
  const whole = await show('990104');
  const above = await show('990100');
  const split = ['territory', 'split', '990104', '--into', '990104', '--into', '990105=西安县', ...order('2025-12-01')];
  const shares = ['--share', '990104=1/4', '--share', '990105=3/4'];
  expect((await run(...split, ...shares)).json()).toMatchObject({ changed: true, leftAccounts: [] });
  const leaving = await run(...split, ...shares, '--leave-accounts');
  expect([leaving.code, leaving.stderr]).toEqual([1, expect.stringContaining('territory.succession-refused')]);
  expect((await run('recompute', '--period', '2025', ...mine)).code).toBe(0);
  const parts = [await show('990104'), await show('990105')];
  expect(parts.map(({ origin }) => origin)).toEqual(['divided', 'divided']);
  const sum = parts.reduce((fen, { totals }) => fen + BigInt(totals.totalFen), 0n);
  expect(String(sum)).toBe(whole.totals.totalFen);
  expect((await show('990100')).totals).toEqual(above.totals);
  const shown = await runAsText('account', 'show', '990105', '2025', ...mine);
  expect(shown.stdout).toMatch(/990104 [0-9a-f]{12} \(0.75 to 990105 by the split of 990104 on 2025-12-01/);
});
