/** The SEEA verbs as real processes, on the samples of the documentation and the published cases, without a database. */
import path from 'node:path';
import { folderOfTests, withMine, withoutDatabase } from './cli-place';
import { root, type Outcome } from './cli-under-test';

const { at, write } = folderOfTests();
const run = (...args: readonly string[]): Promise<Outcome> => withoutDatabase(args);
const samples = path.join(root, 'libs/accounting/samples');
const sum = (amounts: Record<string, string>): bigint =>
  Object.values(amounts).reduce((all, fen) => all + BigInt(fen), 0n);

interface Row {
  readonly opening: string;
  readonly net: string;
  readonly closing: string;
}
interface Extent {
  readonly parts: readonly { readonly rows: Record<string, Row>; readonly matrix: unknown }[];
  readonly whole: { readonly rows: Record<string, Row> } | null;
}

describe('gep extent', () => {
  it('puts a sample into the classes of another scheme, with the shares it states', async () => {
    const { parts } = (await run('extent', path.join(samples, 'extent.yaml'), '--json')).json<Extent>();
    expect(parts[0].rows['11']).toMatchObject({ opening: '3093.36', closing: '3180.6' });
    expect(parts[0].rows['51']).toMatchObject({ opening: '2486.9', closing: '2278.5' });
  });

  it('adds the reaches of a published study, in text and in JSON, in both languages', async () => {
    const file = path.join(root, 'test/cases/seea/tarim-extent-1990-2015.extent.yaml');
    const [json, zh, en] = await Promise.all([
      run('extent', file, '--json'),
      run('--lang', 'zh', 'extent', file),
      run('--lang', 'en', 'extent', file),
    ]);
    expect(json.json<Extent>().whole!.rows['grassland'].net).toBe('-8876.68');
    expect(zh.stdout).toMatch(/^草地 .*-8,876\.68 /m);
    expect(en.stdout).toMatch(/^Grassland .*-8,876\.68 /m);
    expect(en.stdout).toMatch('Change matrix (rows: opening, columns: closing)');
  });

  it('takes opening and closing of observations, and tells why there is no matrix', async () => {
    const { code, stdout, stderr } = await run('extent', '520523-jinsha-mine', '2021', '2024', ...withMine, '--json');
    const { extent } = JSON.parse(stdout) as { extent: Extent['parts'][number] };
    expect([code, extent.matrix, extent.rows['forestLand'].net]).toEqual([0, null, '31.5']);
    expect(JSON.parse(stderr)).toEqual({ unmatched: '77.37' });
  });

  it('leads from the types of a norm through HJ 1166 to the global typology', async () => {
    const row = (period: string, patch: string, type: string, area: number) =>
      `520523,${period},${patch},${type},${area},1100,600`;
    const rows = [
      row('2020', 'a', 'broadleafForest', 10.5),
      row('2020', 'b', 'cropland', 4),
      row('2024', 'a', 'broadleafForest', 10.5),
      row('2024', 'b', 'marsh', 4),
    ];
    const table = ['territory,period,patch,type,area,precipitation,evapotranspiration', ...rows].join('\n');
    const file = at(write('patches.csv', table));
    const args = ['extent', '520523', '2020', '2024', '--norm', 'cn-terrestrial', '--observations', file];
    const mapped = [...args, '--crosswalk', 'hj1166-iucn-get', '--json'];
    const [unshared, shared] = await Promise.all([run(...mapped), run(...mapped, '--share', '11=T1:0.4,T2:0.6')]);
    expect([unshared.code, unshared.stderr.includes('crosswalk.shares-needed')]).toEqual([1, true]);
    const { extent } = shared.json<{
      extent: { rows: Record<string, Row>; matrix: Record<string, Record<string, string>> };
    }>();
    expect(extent.rows['T1']).toMatchObject({ opening: '4.2', closing: '4.2' });
    expect(extent.matrix['T7']['TF1']).toBe('4');
  });

  it.each([
    [['extent', 'no-such-file.yaml'], 1, 'cli.observations-unreadable'],
    [['extent', 'README.md'], 1, 'accounting.input-unreadable'],
    [['extent', '520523-jinsha-mine', '2021'], 2, 'give a document'],
    [['extent', '520523-jinsha-mine', '2021', '1999', ...withMine], 1, 'cli.nothing-selected'],
    [['extent', path.join(samples, 'extent.yaml'), '--crosswalk', 'hj1166'], 1, 'crosswalk.not-found'],
    [['extent', path.join(samples, 'extent.yaml'), '--crosswalk', 'land-use-7-hj1166'], 1, 'crosswalk.class-unknown'],
  ])('refuses %j', async (args, code, says) => {
    const outcome = await run(...args);
    expect([outcome.code, outcome.stderr.includes(says) ? says : outcome.stderr]).toEqual([code, says]);
  });
});

it('gep condition shows indices and what is missing', async () => {
  const file = path.join(samples, 'condition.yaml');
  const [json, zh] = await Promise.all([run('condition', file, '--json'), run('--lang', 'zh', 'condition', file)]);
  const { periods } = json.json<{ periods: { types: { index: string; missing: string[] }[] }[] }>();
  expect(periods[0].types[0].missing).toEqual(['soilOrganicCarbon']);
  // ((0.541666… + 0.575 + (0.745098… × 2 + 0.6)/3)) / 3
  expect(Number(periods[0].types[0].index)).toBeCloseTo(0.604466, 6);
  expect(zh.stdout).toMatch(/^森林 .* 0\.604466  土壤有机碳$/m);
});

it('gep supply-use is equal to the fen, with trade and without', async () => {
  const args = ['supply-use', '520523-jinsha-mine', '2024', ...withMine, '--json'];
  const [own, traded] = await Promise.all([run(...args), run(...args, '--trade', path.join(samples, 'trade.yaml'))]);
  interface Side {
    readonly supply: Record<string, string>;
    readonly imports: string;
    readonly use: Record<string, string>;
  }
  const [without, withTrade] = [own, traded].map((outcome) =>
    outcome.json<{ total: Side; rows: { monetary: Side }[] }>(),
  );
  for (const { monetary } of [...without.rows, ...withTrade.rows])
    expect(sum(monetary.use)).toBe(sum(monetary.supply) + BigInt(monetary.imports));
  expect(withTrade.total.imports).toBe('120000');
  expect(withTrade.total.use['exports']).toBe('1000000');
  expect(without.total.supply).toEqual(withTrade.total.supply);
});

describe('gep asset-value', () => {
  it('closes to the fen on the sample, and shows every entry', async () => {
    const file = path.join(samples, 'asset-value.yaml');
    const [json, en] = await Promise.all([
      run('asset-value', file, '--json'),
      run('--lang', 'en', 'asset-value', file),
    ]);
    const { assets } = json.json<{
      assets: Record<string, { openingFen: string; entries: Record<string, string>; closingFen: string }>;
    }>();
    for (const { openingFen, entries, closingFen } of Object.values(assets))
      expect(BigInt(openingFen) + sum(entries)).toBe(BigInt(closingFen));
    expect(assets['wetland'].entries['catastrophicLoss']).toBe('-5000000');
    expect(en.stdout.split('\n')[0]).toMatch(/ · real discount rate 3\.5% from year 1, .* · Timing: middle of year$/);
    expect(en.stdout).toMatch(/^Catastrophic loss +-50,000\.00 +-50,000\.00$/m);
  });

  it('values an account as flows for years to come, and asks for demand where it decides', async () => {
    const args = [
      'asset-value',
      '520523-jinsha-mine',
      '2021',
      '2024',
      ...withMine,
      '--rate',
      '0.02',
      '--horizon',
      '50',
    ];
    const [plain, asked, bare] = await Promise.all([
      run(...args, '--json'),
      run(...args, '--condition', 'forestLand=up'),
      run(...args.filter((word) => word !== '--rate' && word !== '0.02')),
    ]);
    const { total } = plain.json<{
      total: { openingFen: string; entries: Record<string, string>; closingFen: string };
    }>();
    expect(BigInt(total.openingFen) + sum(total.entries)).toBe(BigInt(total.closingFen));
    expect([asked.code, bare.code]).toEqual([1, 2]);
    expect(asked.stderr).toMatch('accounting.asset-demand');
  });
});
