/** Wrong usage, help and paths of the command line, as real processes. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { folderOfTests, withMine } from './cli-place';
import { bareEnvironment, gepProcess, root, type Outcome } from './cli-under-test';

const { at } = folderOfTests();
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  gepProcess(args, { env, cwd: at() });

describe('usage', () => {
  it.each([
    ['no command', [], '请给出命令'],
    ['a number that is none', ['explain', '--limit', '1.5', ...withMine], '请给出不小于 1 的整数'],
    ['a moment that is none', ['account', 'show', '520523', '2024', '--as-of', '2024-02-30'], '的格式给出时刻'],
    ['half a head', ['audit', 'verify', '--rows', '3'], '须同时给出'],
    ['a language that is none', ['--lang', 'fr', 'norm', 'list'], '可选：zh, en'],
  ])('ends with 2 and advice after %s, as JSON when asked', async (_what, args, chinese) => {
    const [text, json] = await Promise.all([run(args), run([...args, '--json'])]);
    expect(text).toMatchObject({ code: 2, stdout: '' });
    expect(text.stderr).toContain('--help');
    expect(json).toMatchObject({ code: 2, stdout: '' });
    const report = JSON.parse(json.stderr) as { code: string; kind: string; text: { zh: string; en: string } };
    expect(report).toMatchObject({ code: 'cli.usage', kind: 'usage' });
    expect(report.text.zh).toContain(chinese);
    expect(report.text.en).toMatch(/^[^\p{Script=Han}]+$/u);
  });

  it('shows what can be typed as it stands', async () => {
    const outcome = await run(['compute', '--help']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('Examples:\n  gep compute --norm jinsha-mine-2026 --observations rulebook/');
  });
});

describe('paths', () => {
  it('are those of the caller, also when npm runs us elsewhere', async () => {
    fs.mkdirSync(at('my-norm'));
    const args = ['run', '--silent', '--prefix', root, 'gep', '--', 'norm', 'check', './my-norm', '--json'];
    // The first one may have to build.
    const said = await new Promise<string>((resolve) => {
      execFile('npm', args, { cwd: at(), env: bareEnvironment() }, (_error, _stdout, stderr) => resolve(stderr));
    });
    expect(said).toContain('"norm.folder-empty"');
  });

  it('are refused by name when the rulebook is not there', async () => {
    const nowhere = at('nowhere');
    for (const args of [['norm', 'list'], ['reproduce']]) {
      const outcome = await run(args, { GEP_RULEBOOK_DIR: nowhere });
      expect(outcome).toMatchObject({ code: 1, stdout: '' });
      expect(outcome.stderr).toContain(`the rulebook folder ${nowhere} cannot be read`);
    }
  });
});
