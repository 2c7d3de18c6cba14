/** Reviews from a terminal, as real processes: acting as somebody, what stands in the way, published figures, corrections. */
import fs from 'node:fs';
import path from 'node:path';
import { operator, UserService } from '@gep/access';
import { QualityService } from '@gep/accounting';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { cliOnDatabase, mine } from './cli-place';
import { root } from './cli-under-test';

const site = '520523-jinsha-mine';
const norm = ['--norm', 'jinsha-mine-2026'];
const password = 'lake of seven herons';

const { database, done, run, write } = cliOnDatabase();
const act = (deed: string, login: string, ...more: string[]) =>
  run(['review', 'act', site, '2024', deed, ...norm, '--as', login, '--password-stdin', ...more], `${password}\n`);

/** What the checks find is explained in writing, and without that no department checks it. */
async function explainFindings(): Promise<void> {
  const early = await act('check', 'r-checker');
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('accounting.findings-open')]);
  const folderOfRules = new RulebookFolder(path.join(root, 'rulebook'));
  const quality = new QualityService(database().db, new RulebookService(database().db), folderOfRules);
  const { current } = await done<{ current: { accountId: string } }>(['review', 'show', site, '2024', ...norm]);
  const findings = await quality.findings(operator, current.accountId);
  const [told] = await done<{ findings: { key: string }[] }[]>([
    'quality',
    '--territory',
    site,
    '--period',
    '2024',
    ...norm,
  ]);
  expect(told.findings.map(({ key }) => key)).toEqual(findings.map(({ key }) => key));
  for (const { key, open } of findings) {
    const wish = { accountId: current.accountId, findingKey: key, text: '坡度大、降雨强，已与实测核对' };
    if (open) await quality.explain(operator, wish, key);
  }
}

interface Shown {
  readonly state: string;
  readonly acts: readonly { act: string; allowed: boolean; refusal: string | null }[];
  readonly steps: readonly { act: string; by: { name: string } }[];
}

it('carries an account up by people who sign in, and shows where it stands', async () => {
  await done(['norm', 'publish', 'jinsha-mine-2026']);
  await done(['territory', 'import', '--file', path.join(root, 'rulebook/territories/sample.yaml')]);
  await done(['observe', mine, ...norm]);
  await done(['recompute', '--period', '2024', '--territory', site, ...norm]);
  const people = [
    ['r-reporter', 'accountant', 'submit'],
    ['r-checker', 'checker', 'check'],
    ['r-expert', 'reviewer', 'review'],
    ['r-approver', 'approver', 'approve'],
    ['r-publisher', 'publisher', 'publish'],
  ] as const;
  const users = new UserService(database().db);
  const territory = { code: '520523', path: 'CN.520000.520500.520523' };
  for (const [login, role] of people)
    await users.addUser(operator, { login, name: login, grants: [{ role, territory }], password });
  expect((await done<Shown>(['review', 'show', site, '2024', ...norm])).state).toBe('draft');

  const wrong = await run(
    ['review', 'act', site, '2024', 'submit', ...norm, '--as', 'r-reporter', '--password-stdin'],
    'not the one\n',
  );
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('access.login-refused')]);
  const early = await act('check', 'r-checker');
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('accounting.act-not-now')]);
  for (const [login, , deed] of people) {
    if (deed === 'check') await explainFindings();
    const { code, stdout } = await act(deed, login);
    expect([deed, code]).toEqual([deed, 0]);
    if (deed === 'submit')
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ from: 'draft', state: 'computed' },
        next: [{ act: 'check', notBy: ['r-reporter'] }, { act: 'return', reasonNeeded: true }, { act: 'withdraw' }],
      });
  }

  const shown = await done<Shown>(['review', 'show', site, '2024', ...norm]);
  expect(shown.state).toBe('published');
  expect(shown.steps.map((step) => `${step.act} by ${step.by.name}`)).toEqual(
    people.map(([login, , deed]) => `${deed} by ${login}`),
  );
  expect(shown.acts.find((offer) => offer.act === 'submit')).toMatchObject({ refusal: 'accounting.account-locked' });
  expect(await done(['review', 'list', ...norm])).toMatchObject([{ territory: site, state: 'published' }]);
  await done(['account', 'show', site, '2024', ...norm, '--published']);
  const unpublished = await run(['account', 'show', site, '2021', ...norm, '--published']);
  expect([unpublished.code, unpublished.stderr]).toEqual([1, expect.stringContaining('accounting.account-missing')]);
});

it('stops an upload at the lock, lists publications, and prints the document as it was', async () => {
  const changed = JSON.parse(fs.readFileSync(mine, 'utf8')) as {
    extent: { type: string; period: string; area: number }[];
  };
  const extent = changed.extent.map((row) =>
    row.type === 'forestLand' && row.period === '2024' ? { ...row, area: 33 } : row,
  );
  write('changed.json', JSON.stringify({ ...changed, extent }));
  const locked = await run(['observe', 'changed.json', ...norm]);
  expect(locked.code).toBe(1);
  expect(locked.stdout).toMatch(/accounting\.account-locked/);

  expect(await done(['restatement', 'list'])).toEqual([]);
  const [disclosure] = await done<{ id: string; documentDigest: string }[]>(['restatement', 'list', '--all']);
  const texts = [
    await run(['restatement', 'document', disclosure.id]),
    await run(['restatement', 'document', disclosure.id]),
  ].map(({ stdout }) => stdout);
  expect(texts[1]).toBe(texts[0]);
  expect(JSON.parse(texts[0])).toMatchObject({ format: 2, territory: { code: site }, publication: { round: 1 } });
  const none = await run(['restatement', 'document', '00000000-0000-4000-8000-000000000000']);
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('accounting.disclosure-missing')]);
});

it('tells what departments still owe', async () => {
  const sheets = await done<{ sheet: string; state: string; overdue: boolean }[]>([
    'review',
    'sheets',
    '520523',
    '2024',
    '--norm',
    'cn-terrestrial',
    '--date',
    '2025-03-01',
  ]);
  expect(sheets.find(({ sheet }) => sheet === 'weather')).toMatchObject({ state: 'missing', overdue: true });
  expect(sheets.find(({ sheet }) => sheet === 'landSurvey')).toMatchObject({ state: 'missing', overdue: false });
});
