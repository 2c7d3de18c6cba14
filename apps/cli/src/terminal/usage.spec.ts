/** Help and wrong usage in both languages, of every command there is: no half may be missing. */
import { CommanderError, type Command } from 'commander';
import { gepProgram } from '../program.command';
import { misuseOf } from './failure';
import { halvesOf } from './usage-words';

const han = /\p{Script=Han}/u;

const withAllBelow = (command: Command): Command[] => [command, ...command.commands.flatMap(withAllBelow)];
const nameOf = (command: Command): string => [command.parent?.name(), command.name()].filter(Boolean).join(' ');

it('has every text of every command in English and in Chinese', () => {
  const commands = withAllBelow(gepProgram().program);
  const texts = commands.flatMap((command) => [
    [nameOf(command), command.description()],
    ...command.options.map(({ flags, description }) => [`${nameOf(command)} ${flags}`, description]),
    ...command.registeredArguments.map((one) => [`${nameOf(command)} ${one.name()}`, one.description || 'a · 无']),
  ]);
  const lacking = texts.filter(([, text]) => {
    const { zh, en } = halvesOf(text);
    return zh === en || han.test(en) || !han.test(zh) || en.trim() === '';
  });
  expect(lacking).toEqual([]);
  expect(texts.length).toBeGreaterThan(50);
});

/** All that `gep` writes for these arguments, and what it ends with. */
async function tried(...args: string[]): Promise<{ text: string; error: CommanderError }> {
  const { program } = gepProgram();
  let text = '';
  const write = (chunk: unknown): boolean => ((text += String(chunk)), true);
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(write));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { text, error };
    throw error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  throw new Error('it did not end');
}

it('shows the help of every command in one language only', async () => {
  for (const command of withAllBelow(gepProgram().program)) {
    const path = nameOf(command)
      .split(' ')
      .slice(nameOf(command).startsWith('gep') ? 1 : 0);
    const [zh, en] = [await tried(...path, '--help', '--lang', 'zh'), await tried(...path, '--help', '--lang', 'en')];
    expect([zh.error.exitCode, en.error.exitCode]).toEqual([0, 0]);
    expect(en.text).toMatch(/^Usage: gep/);
    // What somebody might type as a reason may be Chinese in any help.
    expect(en.text.replace(/'[^']*'/g, '').match(/.*\p{Script=Han}.*/gu) ?? []).toEqual([]);
    expect(zh.text).toMatch(/^用法： ?gep/);
    // What is left in English are names and codes: no sentence, no heading of commander.
    expect(
      zh.text.match(/(?<![-\w])(the|Usage|Options|Commands|Arguments|options|default|choices|of|with)\b[^-]/g) ?? [],
    ).toEqual([]);
  }
});

it.each([
  [['explain', '--bogus'], "unknown option '--bogus'", '没有选项“--bogus”'],
  [['comput'], "unknown command 'comput' (Did you mean compute?)", '没有命令“comput”（是否指 compute？）'],
  [['norm', 'chek', 'x'], "unknown command 'chek' (Did you mean check?)", '没有命令“chek”（是否指 check？）'],
  [['norm', 'check'], "missing required argument 'id-or-folder'", '缺少参数 <id-or-folder>'],
  [
    ['norm', 'check', 'a', 'b'],
    "too many arguments for 'check'. Expected 1 argument but got 2.",
    '“check”的参数过多：应为 1 个，给出了 2 个',
  ],
  [['compute'], "required option '--norm <id-or-folder>' not specified", '必须给出选项“--norm <id-or-folder>”'],
  [['compute', '--norm'], "option '--norm <id-or-folder>' argument missing", '选项“--norm <id-or-folder>”缺少值'],
  [
    ['territory', 'import', '--file', 'f', '--level', 'county'],
    "option '--file <file>' cannot be used with option '--level <level>'",
    '选项“--file <file>”与“--level <level>”不能同时使用',
  ],
  [
    ['--lang', 'fr', 'norm', 'list'],
    "option '--lang <language>' argument 'fr' is invalid. Allowed choices are zh, en.",
    '选项“--lang <language>”的值“fr”无效：可选：zh, en',
  ],
  [
    ['explain', '--limit', '$1.5'],
    "option '--limit <n>' argument '$1.5' is invalid. give a whole number from 1",
    '选项“--limit <n>”的值“$1.5”无效：请给出不小于 1 的整数',
  ],
  [['audit', 'verify', '--rows', '3'], 'give --rows and --hash together', '--rows 与 --hash 须同时给出'],
  [['norm'], 'give a command', '请给出命令'],
])('says in both languages what is wrong with %j', async (args, en, zh) => {
  const { error } = await tried(...args);
  expect(misuseOf(error).text).toEqual({
    en: `${en} (--help shows how it is used)`,
    zh: `${zh}（用 --help 查看用法）`,
  });
});
