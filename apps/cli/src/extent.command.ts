/** `gep extent`: what each ecosystem type had, gained, lost and has, of a document, of observations, or of recorded accounts. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import {
  AccountingService,
  computeExtent,
  extentOfPatches,
  mapClasses,
  mergeExtents,
  plain,
  readExtent,
  type ExtentAccount,
  type ObservedPeriod,
} from '@gep/accounting';
import { Fraction, parsePeriod, parseTerritoryCode, type Bilingual } from '@gep/kernel';
import { loadCrosswalk, RulebookService } from '@gep/rulebook';
import { withAccountChoice, type AccountChoice } from './account.command';
import { readSource, withFiles } from './compute.command';
import { NothingSelected } from './errors';
import { readDocument } from './input-document.loader';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderExtent } from './rendering/extent/render-extent';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface ExtentOptions extends AccountChoice {
  readonly crosswalk?: string;
  readonly observations?: readonly string[];
}

export function addExtentCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('extent <document-or-territory> [before] [after]')))
    .description('extent account: opening, additions, reductions, closing, change matrix · 生态系统范围账户')
    .option(
      '--crosswalk <id>',
      'put the classes of a document through this mapping table of rulebook/crosswalks · 用 rulebook/crosswalks 中的这张对照表转换文件中的类型',
    )
    .action(async (subject: string, before: string | undefined, after: string | undefined, options, self: Command) => {
      const { crosswalk, observations, ...choice } = options as ExtentOptions;
      if (before === undefined) return showDocument(open(), subject, crosswalk);
      if (after === undefined || crosswalk !== undefined)
        return self.error(
          'error: give a document, or a territory and two periods · 请给出一个文件，或地域和两个核算期',
          { exitCode: exitCodes.usage },
        );
      const wanted = { territory: parseTerritoryCode(subject), before: parsePeriod(before), after: parsePeriod(after) };
      if (observations) return showObserved(open(), wanted, choice.norm, observations);
      return showRecorded(open(), wanted, choice);
    });
  withExamples(
    command,
    'gep extent libs/accounting/samples/extent.yaml',
    'gep extent test/cases/seea/tarim-extent-1990-2015.extent.yaml --crosswalk land-use-7-hj1166 --json',
    'gep extent 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026 \\',
    '  --observations rulebook/cases/jinsha-mine/observations.json',
    'gep extent 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026      # recorded · 已记录的账户',
  );
}

async function showDocument(terminal: Terminal, file: string, asked: string | undefined): Promise<void> {
  const { title, source, parts, shares, ...document } = readExtent(await readDocument(file));
  const own = parts.map((part) => computeExtent(part));
  const id = asked ?? document.crosswalk;
  const crosswalk = id === null ? null : await loadCrosswalk(id, readSettings().rulebookDir);
  const shown = crosswalk ? parts.map((part) => mapClasses(part, crosswalk, shares)) : parts;
  const accounts = crosswalk ? shown.map((part) => computeExtent(part)) : own;
  const whole = shown.length > 1 ? computeExtent(mergeExtents(terminal.say(title), shown)) : null;
  const { language } = terminal.options;
  terminal.result({ title, source, crosswalk: id, parts: plain(accounts), whole: whole && plain(whole) }, () =>
    [title[language], ...[...accounts, ...(whole ? [whole] : [])].map((one) => renderExtent(one, language))].join(
      '\n\n',
    ),
  );
}

interface Wanted {
  readonly territory: string;
  readonly before: string;
  readonly after: string;
}

async function showObserved(
  terminal: Terminal,
  { territory, before, after }: Wanted,
  normId: string,
  observations: readonly string[],
): Promise<void> {
  const { norm, periods } = await readSource(terminal, { norm: normId, observations, territory });
  const of = (period: string): ObservedPeriod => {
    const found = periods.find((one) => one.period === period);
    if (!found) throw new NothingSelected(periods.map((one) => `${one.territory} ${one.period}`));
    return found;
  };
  const unit = norm.attributes.find(({ code }) => code === 'area')!.unit.text;
  const { input, unmatched } = extentOfPatches(norm.types, unit, of(before), of(after));
  tell(terminal, computeExtent(input), unmatched, {});
}

async function showRecorded(terminal: Terminal, wanted: Wanted, { norm, asOf }: AccountChoice): Promise<void> {
  const { extent, unmatched, accounts } = await withDatabase(async ({ database }) =>
    new AccountingService(database, new RulebookService(database)).extent(operator, { ...wanted, norm, asOf }),
  );
  tell(terminal, extent, unmatched, { accounts });
}

function tell(terminal: Terminal, extent: ExtentAccount, unmatched: Fraction, more: object): void {
  const { language } = terminal.options;
  const remark: Bilingual = {
    zh: `有 ${unmatched.toDecimalText(12)} ${extent.unit} 的图斑无法在两期之间对应，转移矩阵未知`,
    en: `${unmatched.toDecimalText(12)} ${extent.unit} lie in patches that cannot be followed between the periods: the change matrix is unknown`,
  };
  if (unmatched.numerator !== 0n) terminal.remark(remark, { unmatched: unmatched.toExactText() });
  terminal.result({ ...plain({ extent, unmatched }), ...more }, () => renderExtent(extent, language));
}
