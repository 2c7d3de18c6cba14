/** The verbs that need no database, as real processes: in any folder, and with a database address that leads nowhere. */
import fs from 'node:fs';
import path from 'node:path';
import { Workbook } from 'exceljs';
import { folderOfTests, mine, withMine, withoutDatabase } from './cli-place';
import { root, type Outcome } from './cli-under-test';

const { at, write } = folderOfTests();
const run = (args: readonly string[]): Promise<Outcome> => withoutDatabase(args, at());

interface Line {
  readonly service: string;
  readonly type: string | null;
  readonly quantity: number;
  readonly valueFen: string;
}
interface Account {
  readonly territory: string;
  readonly period: string;
  readonly totals: { readonly totalFen: string };
  readonly lines: readonly Line[];
}
const totalsOf = (outcome: Outcome) =>
  outcome.json<Account[]>().map(({ period, totals }) => [period, Number(totals.totalFen) / 1e6] as const);

interface Extent {
  readonly extent: readonly Record<'territory' | 'period' | 'type' | 'area' | 'precipitation', string | number>[];
}
const observed = (JSON.parse(fs.readFileSync(mine, 'utf8')) as Extent).extent;
const chineseTypes: Record<string, string> = {
  miningLand: '采矿用地',
  dryland: '旱地',
  forestLand: '林地',
  grassland: '草地',
  constructionLand: '建设用地',
};
/** The mine's rows as a person in the county would type them. */
const chineseTable = [
  ['行政区划代码', '核算期', '生态系统类型', '面积（hm2）', '降水量（mm/a）'],
  ...observed.map((row) => [row.territory, row.period, chineseTypes[row.type], row.area, row.precipitation]),
];

/** GB18030 bytes: Node only reads this encoding, so its two-byte characters are looked up the other way round. */
function inGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const bytesOf = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Uint8Array.from(
    [...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : bytesOf.get(letter)!)),
  );
}

async function inWorkbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  workbook.addWorksheet('范围').addRows(rows.map((row) => [...row]));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

describe('compute', () => {
  it('gives the accounts of the mine, for people and for programs, and the same from GB18030 and from a workbook', async () => {
    const json = await run(['compute', ...withMine, '--json']);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const csv = write('mine.csv', inGb18030(chineseTable.map((row) => row.join(',')).join('\r\n')));
    const xlsx = write('mine.xlsx', await inWorkbook(chineseTable));
    const asFile = (file: string) => run(['compute', '--norm', 'jinsha-mine-2026', '--observations', file, '--json']);
    const [fromCsv, fromWorkbook] = await Promise.all([asFile(csv), asFile(xlsx)]);
    const linesOf = (outcome: Outcome) => outcome.json<Account[]>().map(({ lines, totals }) => ({ lines, totals }));
    expect(totalsOf(json)).toEqual([
      ['2021', expect.closeTo(68.21, 2)],
      ['2024', expect.closeTo(1212.85, 2)],
    ]);
    expect(linesOf(fromCsv)).toEqual(linesOf(json));
    expect(linesOf(fromWorkbook)).toEqual(linesOf(json));
    const text = await run(['--lang', 'zh', 'compute', ...withMine, '--period', '2024']);
    expect(text.stdout).toMatch(/^520523-jinsha-mine · 2024 · jinsha-mine-2026 @ [0-9a-f]{12}\n/);
    expect(text.stdout).toContain('合计 GEP: 1,212.85 万元');
  });

  it('tells every fault of a table at once, each at its cell, and computes what is good', async () => {
    const file = write(
      'bad.csv',
      [
        'territory,period,type,area [hm2],precipitation [mm/a]',
        '520523-jinsha-mine,2024,dryland,41.42,1126.71',
        '520523-jinsha-mine,2024,forestLnd,34.07,1126.71',
        '520523-jinsha-mine,2024,grassland,much,1126.71',
        '520523-jinsha-mine,24,grassland,-1,1126.71',
      ].join('\n'),
    );
    const args = ['compute', '--norm', 'jinsha-mine-2026', '--observations', file];
    const [json, text, strict] = await Promise.all([
      run([...args, '--json']),
      run(args),
      run([...args, '--all-or-nothing']),
    ]);
    expect(json.code).toBe(1);
    expect(json.json<Account[]>()).toHaveLength(1);
    const { problems } = JSON.parse(json.stderr.split('\n')[0]) as {
      problems: { sheet: string; row: number; column: string; code: string; mend: { zh: string; en: string } }[];
    };
    const places = problems.map(({ sheet, row, column }) => `${sheet}:${row} ${column}`);
    expect(places).toEqual([
      'bad.csv:3 C type',
      'bad.csv:4 D area [hm2]',
      'bad.csv:5 B period',
      'bad.csv:5 D area [hm2]',
    ]);
    for (const { mend } of problems) expect(mend.zh && mend.en).toBeTruthy();
    expect(text.stderr).toContain('bad.csv:3 C type “forestLnd”  error:');
    expect(text.stderr).toContain('2 rows were refused, its account is incomplete');
    expect(strict).toMatchObject({ code: 1, stdout: '' });
    expect(strict.stderr).toContain('[cli.nothing-usable]');
  });

  it.each([
    ['a norm that is not there', ['--norm', 'jinsha-mine', '--observations', mine], 'norm.not-found'],
    ['a file that is not there', [...withMine.slice(0, 3), 'none.csv'], 'cli.observations-unreadable'],
    ['a file that is torn', [...withMine.slice(0, 3), 'torn.xlsx'], 'observation.file-unreadable'],
    ['a period that is none', [...withMine, '--period', '24'], 'period.invalid'],
    ['a territory the file does not have', [...withMine, '--territory', '520523'], 'cli.nothing-selected'],
  ])('refuses %s in both languages', async (_what, args, code) => {
    write('torn.xlsx', (await inWorkbook(chineseTable)).subarray(0, 2000));
    const outcome = await run(['compute', ...args, '--json']);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    const refusal = JSON.parse(outcome.stderr) as { code: string; text: { zh: string; en: string } };
    expect(refusal.code).toBe(code);
    expect(refusal.text.zh).toMatch(/\p{Script=Han}/u);
    expect(refusal.text.en).toMatch(/^[^\p{Script=Han}]+$/u);
  });
});

describe('norm', () => {
  it('lists the norms, and names file, line and column of every fault of a bad one', async () => {
    const source = path.join(root, 'rulebook/norms/jinsha-mine-2026');
    fs.cpSync(source, at('my-norm'), { recursive: true });
    const services = at('my-norm/services.yaml');
    const text = fs.readFileSync(services, 'utf8');
    const broken = text
      .replace('precipitation * runoffCoefficient', 'precipitation * runofCoefficient')
      .replace('area * (precipitation -', 'area * (area -');
    expect(broken).not.toBe(text);
    fs.writeFileSync(services, broken);
    const [list, good, bad, badText] = await Promise.all([
      run(['norm', 'list', '--json']),
      run(['norm', 'check', 'cn-terrestrial', '--json']),
      run(['norm', 'check', './my-norm', '--json']),
      run(['norm', 'check', 'my-norm']),
    ]);
    expect(list.code).toBe(0);
    const listed = list.json<{ id: string; status: string; base: string | null; title: { zh: string } }[]>();
    const by = new Map(listed.map((one) => [one.id, one]));
    expect(by.get('cn-ndrc-2022')).toMatchObject({ status: 'skeleton' });
    expect(by.get('seea-ea')).toMatchObject({ status: 'usable', base: 'cn-terrestrial' });
    expect(by.get('jinsha-mine-2026')!.title.zh).toContain('矿');
    expect(good.json<{ problems: unknown[]; edition: string }>()).toMatchObject({
      problems: [],
      edition: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(bad.code).toBe(1);
    const { problems } = bad.json<{
      problems: { file: string; line: number; column: number; text: { en: string } }[];
    }>();
    const misspelt = placeOf(broken, 'runofCoefficient');
    expect(problems.map(({ file, line, column }) => ({ file, line, column }))).toContainEqual({
      file: 'services.yaml',
      ...misspelt,
    });
    expect(problems.length).toBeGreaterThan(1);
    expect(badText.stdout).toContain(`services.yaml:${misspelt.line}:${misspelt.column}  `);
    expect(badText.stdout).toContain('runoffCoefficient');
  });
});

const placeOf = (text: string, word: string): { line: number; column: number } => {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
};

describe('reproduce', () => {
  it('ends as compute does on the same files: with 1 where a row was refused', async () => {
    fs.cpSync(path.join(root, 'rulebook/cases/beibu-gulf-2014'), at('gulf'), { recursive: true });
    fs.appendFileSync(at('gulf/areas.csv'), '990101,2005,moon,1\n');
    const areas = ['--norm', at('gulf'), '--observations', at('gulf/areas.csv')];
    const [compared, computed] = await Promise.all([
      run(['--lang', 'en', 'reproduce', at('gulf'), '--differences']),
      run(['compute', ...areas, '--json']),
    ]);
    expect([compared.code, computed.code]).toEqual([1, 1]);
    expect(compared.stdout).toContain('equal 78 · within 2 · off 0');
    expect(compared.stderr).toContain('moon');
  });

  interface Cell {
    readonly id: string;
    readonly computed: string;
    readonly published: string;
    readonly notes: readonly number[];
  }
  interface Reproduction {
    readonly notes: readonly { readonly cells: readonly string[] }[];
    readonly tables: readonly {
      readonly rows: readonly { readonly cells: readonly Cell[] }[];
      readonly totals: Cell[];
    }[];
  }

  it('keeps within what was promised beside the published figures, with a note at each inconsistency', async () => {
    const outcome = await run(['reproduce', 'jinsha-mine', '--json']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const { tables, notes } = outcome.json<Reproduction>();
    const cells = new Map(
      tables
        .flatMap(({ rows, totals }) => [...rows.flatMap((row) => row.cells), ...totals])
        .map((cell) => [cell.id, cell]),
    );
    const ofFigure = (id: string): Cell => {
      const found = cells.get(id);
      if (!found) throw new Error(`no cell ${id}`);
      return found;
    };
    const relative = (id: string): number => {
      const { computed, published } = ofFigure(id);
      return Math.abs(Number(computed) / Number(published) - 1);
    };
    for (const period of ['before', 'after']) {
      expect(relative(`table4.${period}.sedimentReduction.quantity`)).toBeLessThan(0.005);
      for (const gas of ['carbonFixation', 'oxygenRelease'])
        expect(relative(`table4.${period}.${gas}.quantity`)).toBeLessThan(0.002);
      expect(relative(`table4.total.${period}`)).toBeLessThan(0.005);
    }
    const table6 = [...cells.values()].filter(({ id }) => id.startsWith('table6.'));
    const shares = table6.filter(({ id }) => id.endsWith('.share'));
    const ranks = table6.filter(({ id }) => id.endsWith('.rank'));
    expect([shares.length, ranks.length]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(shares.length, ranks.length)).toBeGreaterThanOrEqual(6);
    for (const { computed, published } of shares)
      expect(Math.abs(Number(computed) - Number(published))).toBeLessThanOrEqual(0.5);
    for (const { computed, published } of ranks) expect(computed).toBe(published);
    const placed = new Set([...cells.values()].flatMap((cell) => cell.notes));
    expect(notes.length).toBeGreaterThanOrEqual(10);
    expect(placed.size).toBeGreaterThanOrEqual(10);
  });
});

describe('explain', () => {
  interface Node {
    readonly kind: string;
    readonly code?: string;
    readonly value?: string;
    readonly source?: { readonly sheet: string; readonly row: number };
    readonly evidence?: { readonly grade: string; readonly source: string };
    readonly from?: string;
    readonly name?: unknown;
    readonly trace?: Node;
    readonly children: readonly Node[];
  }
  const all = (node: Node): Node[] => [node, ...(node.trace ? all(node.trace) : []), ...node.children.flatMap(all)];

  it('leads from a figure down to its parameters, with date, source and grade, and to the row observed', async () => {
    const choice = ['520523-jinsha-mine', '2024', '--service', 'carbonFixation', '--type', 'forestLand'];
    const args = ['explain', ...withMine, ...choice];
    const [json, text] = await Promise.all([run([...args, '--json']), run(args)]);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const nodes = all(json.json<Node[]>()[0]);
    expect(nodes).toContainEqual(expect.objectContaining({ kind: 'patch', source: { sheet: 'extent', row: 8 } }));
    const rate = nodes.find(({ kind, name }) => kind === 'parameter' && name === 'carbonRate');
    expect(rate).toMatchObject({
      value: '1.17',
      from: '2021-01-01',
      evidence: { grade: 'published', source: expect.stringContaining('Table 3') },
    });
    const stated = /carbonRate .* = 1\.17 t\/\(hm²·a\) +\(published; Forest land; from 2021-01-01; source \[(\d+)\]\)/;
    const number = stated.exec(text.stdout)![1];
    const whole = text.stdout.split('\n').find((line) => line.startsWith(`[${number}] `));
    expect(whole).toMatch(
      /\(2026\) Gross Ecosystem Product .*, Global NEST Journal, doi:10\.30955\/gnj\.08218, Table 3/,
    );
    expect(text.stdout).toContain('extent:8');
  });
});
