/**
 * What is said about usage, in both languages. A text of help or wrong usage is written once, as `English · 中文`
 * (description, option, example comment, `InvalidArgumentError`, `command.error`); the terminal shows one half of it.
 */
import type { Bilingual } from '@gep/kernel';

/** The two halves of `English · 中文`; what has no Chinese half is the same in both. */
export function halvesOf(text: string): Bilingual {
  const [, en, zh] = /^(\P{Script=Han}*?) · (.*\p{Script=Han}.*)$/su.exec(text) ?? [];
  return en === undefined ? { zh: text, en: text } : { zh, en };
}

/** Headings and remarks that commander puts into every help. */
const frame: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  '[options]': '[选项]',
  '[command]': '[命令]',
  'must be given': '必填',
  'choices: ': '可选：',
  'default: ': '默认：',
};

/** A line of help as commander writes it, with its fixed words in Chinese. */
export function frameInChinese(line: string): string {
  return Object.entries(frame).reduce((text, [english, chinese]) => text.replaceAll(english, chinese), line);
}

/** What commander says about wrong usage, and the same in Chinese; `$1` is the first fact. */
const complaints: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.*?)'/, '没有选项“$1”'],
  [/^unknown command '(.*?)'/, '没有命令“$1”'],
  [/^missing required argument '(.*?)'/, '缺少参数 <$1>'],
  [/^required option '(.*?)' not specified/, '必须给出选项“$1”'],
  [/^option '(.*?)' argument missing/, '选项“$1”缺少值'],
  [
    /^too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)\./,
    '“$1”的参数过多：应为 $2 个，给出了 $3 个',
  ],
  [/^too many arguments\. Expected (\d+) arguments? but got (\d+)\./, '参数过多：应为 $1 个，给出了 $2 个'],
  [/^option '(.*?)' cannot be used with option '(.*?)'/, '选项“$1”与“$2”不能同时使用'],
  [/^option '(.*?)' argument '([^]*?)' is invalid\. ?/, '选项“$1”的值“$2”无效：'],
  [/^command-argument value '([^]*?)' is invalid for argument '(.*?)'\. ?/, '参数 <$2> 的值“$1”无效：'],
];

/** What follows a complaint. */
const additions: readonly (readonly [RegExp, string])[] = [
  [/Allowed choices are (.*?)\.$/, '可选：$1'],
  [/\s*\(Did you mean one of (.*?)\?\)$/, '（是否指 $1 中的一个？）'],
  [/\s*\(Did you mean (.*?)\?\)$/, '（是否指 $1？）'],
];

/** What is wrong with the usage, in both languages, from the message that commander made. */
export function complaintOf(message: string): Bilingual {
  const { en, zh } = halvesOf(message.replace(/^error: /, ''));
  if (message.includes('(outputHelp)')) return { zh: '请给出命令', en: 'give a command' };
  const known = complaints.find(([pattern]) => pattern.test(en));
  const english = en.replace(/\s*\n\s*/g, ' ');
  if (!known) return { zh, en: english };
  const [pattern, chinese] = known;
  const about = pattern.exec(en)!;
  const rest = en.slice(about[0].length);
  const more = additions.find(([addition]) => addition.test(rest));
  // What was typed may hold a dollar sign, so nothing is put in by replace().
  const filled = (template: string, facts: readonly string[]): string =>
    template.replace(/\$(\d)/g, (_, at: string) => facts[Number(at)]);
  const tail = zh === en.trim() || zh === en ? (more ? filled(more[1], more[0].exec(rest)!) : rest) : zh;
  return { zh: filled(chinese, about) + tail, en: english };
}
