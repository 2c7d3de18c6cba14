/** `gep account series`: the accounts of a territory year by year, as reported or restated within one boundary. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { SeriesService } from '@gep/accounting';
import { parseTerritoryCode } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { withDatabase } from '../machine/opened-database.service';
import { calendarDay, moment, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { renderSeries } from './render-series';

interface SeriesOptions {
  readonly territory: string;
  readonly from: string;
  readonly to: string;
  readonly norm: string;
  readonly constantBoundary?: true;
  readonly asOfBoundary?: string;
  readonly index?: string | true;
  readonly asOf?: Date;
  readonly published?: true;
}

export function addSeriesCommand(account: Command, open: () => Terminal): void {
  const series = account
    .command('series')
    .description(
      'year by year; where the boundary broke, or all years within one boundary · 逐年序列：标明边界变动，或还原到同一边界',
    )
    .requiredOption('--territory <code>', 'whose accounts · 哪个地域的账户')
    .requiredOption('--from <year>', 'first year · 首年')
    .requiredOption('--to <year>', 'last year · 末年')
    .option('--norm <id>', 'norm of the accounts · 账户所依据的规范', 'cn-terrestrial')
    .option(
      '--constant-boundary',
      'restate every year within one boundary, from the accounts of the predecessors · 由前身的账户把各年还原到同一边界',
    )
    .option(
      '--as-of-boundary <day>',
      'the boundary of this day; that of the end of the last year when left out · 取此日的边界；未给出时为末年年底',
      calendarDay,
    )
    .option(
      '--index [year]',
      'show each year with this one as 100; with the first one when no year is given · 显示以此年为 100 的指数；不写年份则以首年为 100',
    )
    .option('--as-of <moment>', 'accounts as known at this moment · 该时刻所知的账户', moment)
    .option('--published', 'only what was published (by then) · 只看（其时）已发布的账户')
    .action(async (options: SeriesOptions, self: Command) => {
      if (options.asOfBoundary && !options.constantBoundary) {
        self.error(
          'error: --as-of-boundary goes with --constant-boundary · --as-of-boundary 须与 --constant-boundary 同用',
          {
            exitCode: exitCodes.usage,
          },
        );
      }
      await show(open(), options);
    });
  withExamples(
    series,
    'gep account series --territory 990101 --from 2020 --to 2024 --index 2020',
    'gep account series --territory 990101 --from 2020 --to 2024 --constant-boundary --as-of-boundary 2023-12-31 --json',
  );
}

async function show(terminal: Terminal, { asOfBoundary, territory, index, ...request }: SeriesOptions): Promise<void> {
  const indexBase = index === true ? undefined : index;
  const wanted = { ...request, indexBase, territory: parseTerritoryCode(territory), boundaryDay: asOfBoundary };
  const series = await withDatabase(({ database }) =>
    new SeriesService(database, new RulebookService(database)).series(operator, wanted),
  );
  terminal.result(series, () => renderSeries(series, terminal.options.language, index !== undefined));
}
