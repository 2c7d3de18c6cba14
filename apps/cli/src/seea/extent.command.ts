/** `gep extent`: what each ecosystem type had, gained, lost and has, of a document, of observations, or of recorded accounts. */
import { InvalidArgumentError, type Command } from 'commander';
import { operator } from '@gep/access';
import {
  AccountingService,
  computeExtent,
  extentOfPatches,
  mapClasses,
  mapTypes,
  mergeExtents,
  plain,
  readClassShares,
  readExtent,
  type ClassShares,
  type ExtentAccount,
  type ObservedPeriod,
} from '@gep/accounting';
import { Fraction, parsePeriod, parseTerritoryCode, type Bilingual } from '@gep/kernel';
import { loadCrosswalk, RulebookService } from '@gep/rulebook';
import { withAccountChoice, type AccountChoice } from '../account.command';
import { readSource, withFiles } from '../compute.command';
import { NothingSelected } from '../errors';
import { readExtentDocument } from '../machine/input-document.loader';
import { withDatabase } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { renderExtent } from '../rendering/extent/render-extent';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

interface ExtentOptions extends AccountChoice {
  readonly crosswalk?: string;
  readonly share?: ClassShares;
  readonly observations?: readonly string[];
}

export function addExtentCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('extent <document-or-territory> [before] [after]')))
    .description('extent account: opening, additions, reductions, closing, change matrix · 生态系统范围账户')
    .option(
      '--crosswalk <id-or-file>',
      'put the classes through this mapping table: one of rulebook/crosswalks, or a YAML file like them · 用这张对照表转换类型：rulebook/crosswalks 中的一张，或同样写法的 YAML 文件',
    )
    .option(
      '--share <class=shares>',
      'shares of a class that stands for several, as 11=T1:0.4,T2:0.6; repeat it · 对应多个类型的一类的份额，可重复',
      readShares,
    )
    .action(async (subject: string, before: string | undefined, after: string | undefined, options, self: Command) => {
      const { crosswalk, share = new Map(), observations, ...choice } = options as ExtentOptions;
      if (before === undefined) return showDocument(open(), subject, crosswalk, share);
      if (after === undefined)
        return self.error(
          'error: give a document, or a territory and two periods · 请给出一个文件，或地域和两个核算期',
          {
            exitCode: exitCodes.usage,
          },
        );
      const wanted = { territory: parseTerritoryCode(subject), before: parsePeriod(before), after: parsePeriod(after) };
      if (observations) return showObserved(open(), wanted, choice.norm, { observations, crosswalk, share });
      return showRecorded(open(), wanted, choice, { crosswalk, share });
    });
  withExamples(
    command,
    'gep extent libs/accounting/samples/extent.yaml',
    'gep extent test/cases/seea/tarim-extent-1990-2015.extent.yaml --crosswalk land-use-7-hj1166 --json',
    'gep extent 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026 \\',
    '  --observations rulebook/cases/jinsha-mine/observations.json',
    'gep extent 520523 2020 2024 --observations patches.csv --crosswalk hj1166-iucn-get --share 11=T1:0.4,T2:0.6',
    'gep extent 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026      # recorded · 已记录的账户',
    'gep extent 520523 2020 2024 --crosswalk ./our-classes.yaml',
    'gep extent change-matrix.csv',
  );
}

function readShares(text: string, earlier: ClassShares = new Map()): ClassShares {
  const read = readClassShares(text);
  if (read) return new Map([...earlier, ...read]);
  throw new InvalidArgumentError('give shares as 11=T1:0.4,T2:0.6 · 请按 11=T1:0.4,T2:0.6 的格式给出份额');
}

async function showDocument(
  terminal: Terminal,
  file: string,
  asked: string | undefined,
  given: ClassShares,
): Promise<void> {
  const { title, source, parts, shares: stated, ...document } = readExtent(await readExtentDocument(file));
  const own = parts.map((part) => computeExtent(part));
  const shares = new Map([...stated, ...given]);
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
  {
    observations,
    crosswalk: id,
    share,
  }: Pick<ExtentOptions, 'crosswalk'> & Required<Pick<ExtentOptions, 'observations' | 'share'>>,
): Promise<void> {
  const { norm, periods } = await readSource(terminal, { norm: normId, observations, territory });
  const of = (period: string): ObservedPeriod => {
    const found = periods.find((one) => one.period === period);
    if (!found) throw new NothingSelected(periods.map((one) => `${one.territory} ${one.period}`));
    return found;
  };
  const unit = norm.attributes.find(({ code }) => code === 'area')!.unit.text;
  const { input, unmatched } = extentOfPatches(norm.types, unit, of(before), of(after));
  if (id === undefined) return tell(terminal, computeExtent(input), unmatched, {});
  const crosswalk = await loadCrosswalk(id, readSettings().rulebookDir);
  const mapped = mapTypes(input, norm, { crosswalk, shares: share });
  tell(terminal, computeExtent(mapped), unmatched, { crosswalk: crosswalk.id });
}

async function showRecorded(
  terminal: Terminal,
  wanted: Wanted,
  { norm, asOf, published }: AccountChoice,
  { crosswalk: id, share }: { readonly crosswalk?: string; readonly share: ClassShares },
): Promise<void> {
  const into = id !== undefined && { crosswalk: await loadCrosswalk(id, readSettings().rulebookDir), shares: share };
  const { extent, unmatched, accounts, crosswalk } = await withDatabase(async ({ database }) =>
    new AccountingService(database, new RulebookService(database)).extent(operator, {
      ...wanted,
      norm,
      asOf,
      published,
      ...(into && { into }),
    }),
  );
  tell(terminal, extent, unmatched, { accounts, ...(crosswalk !== null && { crosswalk }) });
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
