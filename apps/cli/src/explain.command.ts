/** `gep explain`: the whole tree behind a figure, of files with a norm, or of a recorded account. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { AccountingService, type ExplainSelection } from '@gep/accounting';
import { RulebookService } from '@gep/rulebook';
import { readAccount, withAccountChoice, type AccountChoice } from './account.command';
import { wholeNumber, withExamples } from './terminal/arguments.command';
import { explainFiles, withFiles, type FileSource } from './compute.command';
import { exitCodes } from './terminal/failure';
import { withDatabase } from './machine/opened-database.service';
import { renderExplanation } from './rendering/render-explanation';
import type { Terminal } from './terminal/terminal.service';

interface ExplainOptions extends AccountChoice, Omit<FileSource, 'norm' | 'observations'>, ExplainSelection {
  readonly observations?: readonly string[];
}

export function addExplainCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('explain [territory] [period]')))
    .description('formula, parameters and inputs behind every figure · 解释数字的来源')
    .option('--service <code>', 'only this service · 只取该项服务')
    .option('--type <code>', 'only this ecosystem type · 只取该生态系统类型')
    .option('--item <code>', 'only this product · 只取该产品')
    .option('--patch <name>', 'only this patch: its name, or sheet:row · 只取该图斑：名称，或 表:行')
    .option('--offset <n>', 'first patch shown, from 0 · 从第几个图斑开始显示，自 0 起', wholeNumber(0))
    .option('--limit <n>', 'most patches shown of each line · 每行最多显示的图斑数', wholeNumber(1))
    .action(
      async (territory: string | undefined, period: string | undefined, options: ExplainOptions, self: Command) => {
        const { observations } = options;
        if (observations) return explainFiles(open(), { ...options, observations, territory, period });
        if (territory && period) return explainRecorded(open(), territory, period, options);
        return self.error(
          'error: give a territory and a period, or --observations <file> · 请给出地域和核算期，或用 --observations 给出文件',
          { exitCode: exitCodes.usage },
        );
      },
    );
  withExamples(
    command,
    'gep explain 520523-jinsha-mine 2024 --norm jinsha-mine-2026 --service sedimentReduction   # recorded · 已记录的账户',
    'gep explain --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json \\',
    '  520523-jinsha-mine 2024 --service carbonFixation --type forestLand                      # of a file · 来自文件',
  );
}

async function explainRecorded(
  terminal: Terminal,
  territory: string,
  period: string,
  { service, type, item, patch, offset, limit, ...choice }: ExplainOptions,
): Promise<void> {
  const { tree, norm } = await withDatabase(async ({ database }) => {
    const rulebook = new RulebookService(database);
    const { id, norm: edition } = await database.snapshot(operator, async (tx) => {
      const account = await readAccount(tx, territory, period, choice);
      return { id: account.id, norm: await rulebook.getNorm(tx, account.norm.id, account.norm.edition) };
    });
    const accounting = new AccountingService(database, rulebook);
    const selection = { accountId: id, service, type, item, patch, offset, limit };
    return { tree: await accounting.explain(operator, selection), norm: edition };
  });
  terminal.result(tree, () => renderExplanation(tree, norm, terminal.options.language));
}
