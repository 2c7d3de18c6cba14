/** `gep policy` as real processes: rules decided from files with no database, refusals, back-tests; rules put in force by persons. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { operator, UserService } from '@gep/access';
import { cliOnDatabase } from './cli-place';
import { gep, root, type Outcome } from './cli-under-test';

const nowhere = { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none' };
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-cli-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const run = (...args: string[]): Promise<Outcome> => gep(['policy', ...args], { env: nowhere, cwd: folder });
const write = (name: string, content: string | Uint8Array): string => {
  fs.writeFileSync(path.join(folder, name), content);
  return name;
};
interface Decided {
  readonly rule: { readonly edition: string };
  readonly payments: readonly {
    readonly carryFen: string;
    readonly values: readonly { readonly code: string; readonly grade?: string; readonly source?: string }[];
    readonly lines: readonly {
      readonly unit: string;
      readonly entitledFen: string;
      readonly values?: readonly object[];
    }[];
  }[];
  readonly proofs: readonly { readonly left?: string; readonly right?: string }[];
  readonly needsConfirmation: readonly object[];
}

const scores = ['单位代码,名称,年度,得分', '350102,甲县,2024,120', '350103,乙县,2024,110', '350104,丙县,2024,99'];

it('decides from a table in UTF-8, UTF-16 and with its mark alike, with sources, and as text for people', async () => {
  const plain = write('scores.csv', scores.join('\n'));
  const utf16 = write('scores-16.csv', Buffer.from(`\ufeff${scores.join('\r\n')}`, 'utf16le'));
  const shuffled = write('scores-other.csv', `\ufeff${[scores[0], ...scores.slice(1).toReversed()].join('\n')}\n`);
  const [json, ...others] = await Promise.all(
    [plain, utf16, shuffled].map((file) => run('run', '--rule', 'fujian-2024', '--input', file, '--json')),
  );
  expect(json).toMatchObject({ code: 0, stderr: '' });
  const decided = json.json<Decided>();
  expect(decided.payments[0].lines.map(({ unit, entitledFen }) => `${unit} ${entitledFen}`)).toEqual([
    '350102 3520000000',
    '350103 3520000000',
  ]);
  expect(decided.payments[0].carryFen).toBe('42960000000');
  expect(decided.payments[0].values[0]).toMatchObject({
    grade: 'published',
    source: expect.stringContaining('闽北日报'),
  });
  for (const { left, right } of decided.proofs) expect(left).toBe(right);
  for (const other of others) expect(other.stdout).toBe(json.stdout);
  const text = await gep(
    ['--lang', 'zh', 'policy', 'run', '--rule', 'fujian-2024', '--input', plain, '--unit', '350102'],
    {
      env: nowhere,
      cwd: folder,
    },
  );
  expect(text.stdout).toContain('35,200,000.00');
  expect(text.stdout).toContain('score = 120');
});

it('tells every bad cell at once, and what stands in the way of a decision', async () => {
  const bad = write('bad.csv', 'unit,period,score\na,2024,many\n,2024,5\nb,24,7\nb,2024,\n');
  const [refused, undecided] = await Promise.all([
    run('run', '--rule', 'fujian-2024', '--input', bad, '--json'),
    run(
      'run',
      '--rule',
      'fujian-2024',
      '--input',
      write('gap.csv', 'unit,period,score\na,2024,\nb,2024,101\n'),
      '--json',
    ),
  ]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  const told = JSON.parse(refused.stderr) as { code: string; facts: { problems: { row: number; column: string }[] } };
  expect(told.code).toBe('policy.input-refused');
  expect(told.facts.problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '2 C score',
    '3 A unit',
    '4 B period',
  ]);
  const missing = JSON.parse(undecided.stderr) as { code: string; facts: { faults: { code: string; at: object }[] } };
  expect(missing).toMatchObject({
    code: 'policy.not-decided',
    facts: { faults: [{ code: 'policy.input-missing', at: { unit: 'a', row: 2, column: 'score' } }] },
  });
});

it('checks a rule of a file, and says of an unverified one that it needs a confirmer, but runs it', async () => {
  const source = fs.readFileSync(path.join(root, 'rulebook/policies/eco-compensation/ezhou.yaml'), 'utf8');
  const broken = source.replace('counted * net', 'counted * nett');
  const rule = write('mine.yaml', broken);
  const input = write('flows.csv', 'unit,period,exported,imported\nA,2018,100,\nB,2018,,100\n');
  const [bad, good, decided, list, show, unknown] = await Promise.all([
    run('check', rule),
    run('check', 'ezhou', '--json'),
    run('run', '--rule', 'ezhou', '--input', input, '--json'),
    run('list', '--json'),
    run('show', 'ezhou'),
    run('show', 'ezhu'),
  ]);
  const before = broken.slice(0, broken.indexOf('nett')).split('\n');
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain(`mine.yaml:${before.length}:${before.at(-1)!.length + 1}  `);
  expect(bad.stdout).toContain('did you mean "net"?');
  expect(good.json<Decided>().needsConfirmation.length).toBeGreaterThan(2);
  expect(decided.code).toBe(0);
  expect(decided.json<Decided>().needsConfirmation.length).toBeGreaterThan(2);
  const rules = list.json<{ id: string; needsConfirmer: boolean; problems: number }[]>();
  expect(rules.every(({ problems }) => problems === 0)).toBe(true);
  expect(rules.find(({ id }) => id === 'ezhou')).toMatchObject({ needsConfirmer: true });
  expect(show.stdout).toContain('unverified');
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(unknown.stderr).toContain('did you mean "ezhou"?');
});

it('holds a new rule against the current one on all past years', async () => {
  const current = fs.readFileSync(path.join(root, 'rulebook/policies/eco-compensation/fujian-2024.yaml'), 'utf8');
  const changed = write(
    'new.yaml',
    current.replace('id: fujian-2024', 'id: new').replace('value: 100,', 'value: 110,'),
  );
  const years = write('years.csv', 'unit,period,score\na,2021,120\nb,2021,105\na,2022,90\nb,2022,130\n');
  const outcome = await run('backtest', '--rule', changed, '--beside', 'fujian-2024', '--input', years, '--json');
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.json<object>()).toMatchObject({
    gaining: 0,
    losing: 1,
    same: 1,
    periods: [{ period: '2021' }, { period: '2022' }],
    units: [
      { unit: 'a', changeFen: '0' },
      { unit: 'b', changeFen: '-3520000000' },
    ],
  });
});

interface Moves {
  readonly rising: number;
  readonly falling: number;
  readonly gradesChanged: number;
  readonly periods: readonly {
    readonly period: string;
    readonly units: readonly {
      readonly unit: string;
      readonly move: string;
      readonly new: { readonly rank?: number };
    }[];
  }[];
}

it('holds scorecards, and lists of credit, against the current one: who rises and falls; unlike rules are refused', async () => {
  const head = (id: string, mechanism: string): string =>
    [
      `id: ${id}`,
      'title: { zh: 试, en: Try }',
      `mechanism: ${mechanism}`,
      'status: usable',
      'valid: { from: 2020-01-01 }',
      'sources: [{ id: own, text: own, standing: A }]\n',
    ].join('\n');
  const card = (id: string, forest: number): string =>
    write(
      `${id}.yaml`,
      `${head(id, 'evaluation')}scorecard:
  total: 100
  themes:
    - code: all
      name: { zh: 全部, en: All }
      indicators:
        - { code: forest, name: { zh: 林, en: Forest }, weight: ${forest}, score: attain, target: 10 }
        - { code: water, name: { zh: 水, en: Water }, weight: ${100 - forest}, score: improve, rate: 100 }
  grades: [{ code: A, from: 80, name: { zh: 甲, en: A } }, { code: B, name: { zh: 乙, en: B } }]
`,
    );
  const years = write('cards.csv', 'unit,period,forest,water\nx,2022,10,10\ny,2022,5,10\nx,2023,10,5\ny,2023,5,10\n');
  const cards = ['--rule', card('wet', 20), '--beside', card('dry', 80), '--input', years];
  const tried = await run('backtest', ...cards, '--json');
  expect(tried).toMatchObject({ code: 0, stderr: '' });
  const { periods, ...counts } = tried.json<Moves>();
  // 2023: dry gives x 80 + 10 and y 40 + 20; wet gives x 20 + 40 and y 10 + 80. Nothing is known of 2021, so 2022 is undecided.
  expect(counts).toMatchObject({ kind: 'score', rising: 1, falling: 1, same: 0, gradesChanged: 2 });
  expect(periods.map(({ period, units }) => `${period} ${units.length}`)).toEqual(['2022 0', '2023 2']);
  expect(periods[1].units.map((one) => `${one.unit} ${one.move} ${one.new.rank}`)).toEqual(['x falls 2', 'y rises 1']);
  const text = await run('backtest', ...cards);
  expect(text.stdout).toContain('1 rise, 1 fall');

  const list = (id: string, points: number): string =>
    write(
      `${id}.yaml`,
      `${head(id, 'credit')}credit:
  score: { base: 100, source: own }
  behaviours: [{ code: fire, name: { zh: 焚烧, en: Fire }, subjects: [person], points: ${points}, source: own }]
`,
    );
  const events = write('fires.csv', 'unit,period,event,act\nh1,2023,1,fire\nh2,2024,2,fire\n');
  const lists = ['--rule', list('hard', -9), '--beside', list('mild', -3), '--input', events];
  const credit = (await run('backtest', ...lists, '--json')).json<Moves>();
  // h2 is there since 2024.
  expect(credit).toMatchObject({ kind: 'score', rising: 0, falling: 3 });
  const unlike = await run('backtest', '--rule', 'wet.yaml', '--beside', 'mild.yaml', '--input', events, '--json');
  expect([unlike.code, (JSON.parse(unlike.stderr) as { code: string }).code]).toEqual([1, 'policy.backtest-unlike']);
});

const onDatabase = cliOnDatabase();

it('puts a rule in force by persons who sign in, says who confirmed it, and takes it back from a day to come', async () => {
  const { done, run: runThere, database } = onDatabase;
  const password = 'lake of seven herons';
  await done(['territory', 'import', '--file', path.join(root, 'rulebook/territories/sample.yaml')]);
  const province = { code: '520000', path: 'CN.520000' };
  for (const role of ['fund-administrator', 'fund-checker', 'fund-approver'] as const) {
    const grants = [{ role, territory: province }];
    await new UserService(database().db).addUser(operator, { login: role, name: `Person ${role}`, grants, password });
  }
  const as = (login: string, ...args: string[]) =>
    runThere(['policy', ...args, '--as', login, '--password-stdin'], `${password}\n`);
  const source = fs.readFileSync(path.join(root, 'rulebook/policies/eco-compensation/ezhou.yaml'), 'utf8');
  const file = path.join(folder, write('flows.yaml', source.replace(/^place: .*\n/m, '')));
  const proposed = await as('fund-administrator', 'propose', file);
  expect(proposed).toMatchObject({ code: 0, stderr: '' });
  const { edition, next } = proposed.json<{ edition: string; next: object[] }>();
  const notBy = ['Person fund-administrator'];
  expect(next).toMatchObject([
    { verb: `policy confirm ${edition} <territory> --reason TEXT`, roles: ['fund-checker'], notBy },
    { roles: expect.arrayContaining(['fund-approver']), notBy },
  ]);
  const adopting = ['adopt', edition, '520500', '--from', '2018-01-01', '--reason', 'resolution 7'];
  const early = await as('fund-approver', ...adopting);
  expect([early.code, (JSON.parse(early.stderr) as { code: string }).code]).toEqual([1, 'policy.unconfirmed']);
  expect((await as('fund-administrator', ...adopting)).code).toBe(1);
  const why = 'checked against the original';
  expect((await as('fund-checker', 'confirm', edition, '520000', '--reason', why)).code).toBe(0);
  const { adoption } = (await as('fund-approver', ...adopting)).json<{ adoption: { id: string } }>();
  const text = await gep(['--lang', 'en', 'policy', 'in-force', '520523', '2024'], { env: onDatabase.environment() });
  expect(text.stdout).toContain(`not attested; confirmed by Person fund-checker`);
  expect(text.stdout).toContain(why);
  const ending = ['withdraw-adoption', adoption.id, '--from', '2030-01-01', '--reason', 'the agreement ended'];
  expect((await as('fund-approver', ...ending)).code).toBe(0);
  const after = await done<object[]>(['policy', 'in-force', '520523', '2030']);
  const known = await done<object[]>(['policy', 'in-force', '520523', '2030', '--known', '2020-01-01']);
  const listed = await done<{ editions: object[]; adoptions: object[] }>(['policy', 'editions']);
  expect([after, known, listed.editions.length, listed.adoptions.length]).toEqual([[], [], 1, 1]);
});
