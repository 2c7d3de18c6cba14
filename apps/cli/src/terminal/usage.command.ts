/** Help and wrong usage in the language of the terminal; under `--json` wrong usage is JSON like every other failure. */
import type { Command } from 'commander';
import { displayWidth } from '../rendering/text-table';
import { languageOf, type Language } from './language';
import { frameInChinese, halvesOf } from './usage-words';

/** The options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly lang?: Language;
}

export const helpOfHelp = 'show this help · 显示帮助';

/** Settings that the commands added afterwards inherit. What went wrong is told by whoever catches the error. */
export function speakBothLanguages(program: Command): Command {
  const said = (text: string): string => halvesOf(text)[languageIn(program)];
  const framed = (line: string): string => (languageIn(program) === 'zh' ? frameInChinese(line) : line);
  return program
    .exitOverride()
    .helpOption('-h, --help', helpOfHelp)
    .configureHelp({
      displayWidth,
      styleTitle: framed,
      styleUsage: framed,
      styleSubcommandTerm: framed,
      styleCommandDescription: said,
      styleSubcommandDescription: said,
      optionDescription: (option) => said(option.description) + framed(factsOf(option)),
      argumentDescription: (argument) => said(argument.description) + framed(factsOf({ ...argument, optional: true })),
    })
    .configureOutput({
      outputError: () => undefined,
      writeErr: (text) => void (program.opts<CommonOptions>().json || process.stderr.write(text)),
    });
}

/** What `--lang` says as far as it has been read, else what the environment says. */
const languageIn = (program: Command): Language => languageOf(program.opts<CommonOptions>().lang, process.env);

/** An option, or an argument, as far as its help goes. */
interface Choosable {
  readonly mandatory?: boolean;
  readonly argChoices?: readonly string[];
  readonly required: boolean;
  readonly optional: boolean;
  readonly defaultValue?: unknown;
}

function factsOf({ mandatory, argChoices, required, optional, defaultValue }: Choosable): string {
  const facts = [
    ...(mandatory ? ['must be given'] : []),
    ...(argChoices ? [`choices: ${argChoices.join(', ')}`] : []),
    ...(defaultValue !== undefined && (required || optional) ? [`default: ${String(defaultValue)}`] : []),
  ];
  return facts.length > 0 ? ` (${facts.join('; ')})` : '';
}

/** Adds lines to the end of the help of a command, chosen when it is shown. */
export function withFooter(command: Command, footer: (said: (text: string) => string) => string): Command {
  return command.addHelpText('after', () => {
    const language = languageIn(rootOf(command));
    return `\n${footer((text) => halvesOf(text)[language])}`;
  });
}

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command);
