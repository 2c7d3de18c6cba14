/** A departing audit and hints of integrity at the terminal, by persons who sign in. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { operator, UserService } from '@gep/access';
import { forest } from '../services/accounting-setup';
import { county, holder, paths, type ReviewsTest, startReviews, way } from '../services/review-setup';
import { gep, type Outcome } from './cli-under-test';

const password = 'lake of seven herons';
const digest = 'd'.repeat(64);
let place: ReviewsTest;
let folder: string;

beforeAll(async () => {
  place = await startReviews();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-cli-'));
  const { accounting, reviews } = place;
  for (const [period, hectares, rain] of [
    ['2022', 100, 1000],
    ['2023', 130, 900],
  ] as const) {
    await accounting.observe([forest(county, hectares, { period, rain })]);
    await accounting.recompute(period);
    const key = { territory: county, period, normId: 'sample' };
    for (const [act, role] of way) await reviews.act(holder(role), key, { act, reason: 'as observed' }, randomUUID());
  }
  const users = new UserService(accounting.test.db);
  const territory = { code: county, path: paths[county] };
  for (const [login, role] of [
    ['organisation', 'evaluation-approver'],
    ['auditor', 'evaluation-officer'],
    ['head', 'evaluation-checker'],
    ['publisher', 'evaluation-officer'],
  ] as const)
    await users.addUser(operator, { login, name: login, grants: [{ role, territory }], password });
}, 60_000);
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await place.accounting.close();
});

function run(args: readonly string[], input?: string): Promise<Outcome> {
  const { databaseUrl, secret } = place.accounting.test.config;
  const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: folder };
  return gep(args, { env, cwd: folder, input });
}
const by = (login: string, ...args: readonly string[]): Promise<Outcome> =>
  run(['--json', 'departure', ...args, '--as', login, '--password-stdin'], `${password}\n`);
async function done(login: string, ...args: readonly string[]): Promise<{ to: string; made: object }> {
  const { code, stderr, json } = await by(login, ...args);
  expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 0, '']);
  return json();
}
const codeOf = ({ stderr }: Outcome): string => (JSON.parse(stderr) as { code: string }).code;

it('goes from the frozen ends to the follow-up, and gives the pack as three files', async () => {
  const norm = ['--norm', 'sample'];
  const terms = ['--from', '2023-01-01', '--to', '2023-12-31', '--by', '组织部', '--digest', digest];
  const office = ['--office', '县长', '--holder', 'H-7', ...terms, ...norm];
  const refused = await by('auditor', 'commission', county, 'head-2023', ...office);
  expect([refused.code, codeOf(refused)]).toEqual([1, 'access.forbidden']);
  await done('organisation', 'commission', county, 'head-2023', ...office);
  const early = await by('auditor', 'plan', 'head-2023', '--weather', 'rain');
  expect([early.code, codeOf(early)]).toEqual([1, 'evaluation.departure-refused']);
  await done('auditor', 'freeze', county, 'appointment', '2023-01-01', ...norm);
  await done('auditor', 'freeze', county, 'departure', '2023-12-31', ...norm);
  expect((await done('auditor', 'plan', 'head-2023', '--weather', 'rain')).to).toBe('planned');
  await done('auditor', 'act', 'head-2023', 'begin');
  const cause = ['area', '--type', 'forest', '--human', '1', '--reason', 'planted', '--document', 'records'];
  await done('auditor', 'cause', 'head-2023', ...cause, '--digest', digest);
  const verdict = ['--verdict', 'good', '--reason', 'the forest grew', '--finding', 'F1=recorded late'];
  await done('auditor', 'report', 'head-2023', ...verdict);
  const said = ['--on', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), '--text', '无异议 none'];
  expect(codeOf(await by('head', 'issue', 'head-2023'))).toBe('evaluation.departure-refused');
  await done('auditor', 'record', 'head-2023', 'comment', ...said);
  await done('head', 'issue', 'head-2023');
  await done('auditor', 'record', 'head-2023', 'rectification', '--finding', 'F1', ...said);
  await done('auditor', 'act', 'head-2023', 'rectify', '--reason', 'all put right');
  await done('publisher', 'act', 'head-2023', 'publish');
  expect((await done('organisation', 'act', 'head-2023', 'close', '--reason', 'in the files')).to).toBe('closed');
  await done('auditor', 'record', 'head-2023', 'follow-up', ...said);

  const shown = await run(['--lang', 'en', 'departure', 'pack', 'head-2023']);
  expect(shown.stdout).toMatch(/cause undeclared.*\n.*\nWater +1,000,000\.00 +-115,000\.00 +285,000\.00 /);
  for (const [format, head] of [
    ['json', '{"records"'],
    ['xlsx', 'PK'],
    ['pdf', '%PDF-'],
  ]) {
    const { code } = await run(['departure', 'pack', 'head-2023', '--format', format, '--out', `pack.${format}`]);
    const text = fs.readFileSync(path.join(folder, `pack.${format}`), 'latin1');
    expect([format, code, text.slice(0, head.length)]).toEqual([format, 0, head]);
  }
  expect((await run(['--lang', 'zh', 'departure', 'show', 'head-2023'])).stdout).toContain('已办结');
  expect((await run(['--lang', 'en', 'departure', 'list'])).stdout).toContain('head-2023');
  expect((await run(['--lang', 'en', 'departure', 'snapshots', county])).stdout).toContain('appointment');
});

it('tells hints with what was compared, or that there is none', async () => {
  const { code, stdout } = await run(['--lang', 'en', 'integrity', 'show', county, '2023', '--norm', 'sample']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('There is no hint.')]);
  expect(stdout).toContain('none declared');
  const absent = await run(['--json', 'integrity', 'show', county, '2019', '--norm', 'sample']);
  expect([absent.code, codeOf(absent)]).toEqual([1, 'accounting.account-missing']);
});
