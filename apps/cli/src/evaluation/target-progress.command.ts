/** `gep target progress|forecast|record|confirm|records|supply|judge|figures`: what years reached, and figures from outside. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { ObservationsUnreadable } from '../errors';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderFigures, renderForecast, renderProgress, renderRecords } from '../rendering/evaluation/render-progress';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import { fileFailure } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { forecasting, readingTargets, tellTarget } from './target-services.service';

const password = '--password-stdin < password-file';
const anId = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const year = (name = 'year'): Argument => new Argument(`<${name}>`, 'year · 年份').argParser(wholeNumber(1900));

export function addProgressCommands(target: Command, open: () => Terminal): void {
  addFollowing(target, open);
  addForecast(target, open);
  addRecords(target, open);
  addFigures(target, open);
  addJudging(target, open);
}

function addFollowing(target: Command, open: () => Terminal): void {
  const progress = target
    .command('progress <plan>')
    .addArgument(year())
    .description('a year by what is published, under the edition in force for it · 按已公布核算的年度进展')
    .action(async (plan: string, of: number) => {
      const terminal = open();
      const { found, names } = await readingTargets(async ({ progress: years, plans }, actor) => {
        const followed = await years.follow(actor, { plan, year: of });
        return { found: followed, names: (await plans.show(actor, followed.planId)).terms.indicators };
      });
      terminal.result(found, () => renderProgress(found, names, terminal.options.language));
    });
  withExamples(progress, 'gep target progress gep-2023 2024', 'gep target progress gep-2023 2024 --json');
}

interface ForecastOptions {
  readonly unit?: string;
  readonly indicator?: string;
  readonly draws?: number;
  readonly seed?: number;
}

function addForecast(target: Command, open: () => Terminal): void {
  const forecast = target
    .command('forecast <plan>')
    .addArgument(year('until'))
    .description('where each target is heading: interval and probability · 末年预测、区间与达标概率')
    .option('--unit <territory>', 'of this unit · 此单位')
    .option('--indicator <code>', 'of this indicator · 此指标')
    .option(
      '--draws <number>',
      'also the interval of the last account itself · 并给出最后一年核算自身的区间',
      wholeNumber(100),
    )
    .option('--seed <number>', 'of the draws · 抽样种子', wholeNumber(0))
    .action(async (plan: string, until: number, options: ForecastOptions) => {
      const terminal = open();
      const found = await forecasting((forecasts, actor) => forecasts.forecast(actor, { ...options, plan, until }));
      const { terms } = await readingTargets(({ plans }, actor) => plans.show(actor, found.planId));
      terminal.result(found, () => renderForecast(found, terms.indicators, terminal.options.language));
    });
  withExamples(
    forecast,
    'gep target forecast gep-2023 2024',
    'gep target forecast gep-2023 2024 --unit 990101 --draws 1000 --seed 7 --json',
  );
}

function addRecords(target: Command, open: () => Terminal): void {
  const record = byPerson(
    target
      .command('record <plan>')
      .addArgument(year())
      .description('record a year with the vintages that it rests on · 登记一年的进展及所依据的核算'),
  ).action((plan: string, of: number, options: DeedOptions) =>
    tellTarget(open(), options, 'evaluation.prepare', { kind: 'target-progress', act: 'open' }, (services, actor) =>
      services.progress.record(actor, { plan, year: of }, randomUUID()),
    ),
  );
  withExamples(record, `gep target record gep-2023 2024 --as evaluation-officer ${password}`);
  for (const [verb, act, permission, role, description] of [
    [
      ...(['confirm', 'confirm', 'evaluation.confirm', 'evaluation-checker'] as const),
      'confirm a record, by another person than made it · 核实登记（非登记人）',
    ],
    [
      ...(['withdraw-record', 'withdraw', 'evaluation.prepare', 'evaluation-officer'] as const),
      'withdraw a record that is not confirmed · 撤回未核实的登记',
    ],
  ] as const) {
    const command = byPerson(target.command(`${verb} <record>`).description(description))
      .option('--reason <text>', 'why; needed to withdraw · 理由；撤回时必填')
      .action((id: string, { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
        tellTarget(open(), options, permission, { kind: 'target-progress', act, named: id }, (services, actor) =>
          services.progress.judge(actor, { id, act, reason }, randomUUID()),
        ),
      );
    const reason = act === 'withdraw' ? ' --reason "recorded too early"' : '';
    withExamples(command, `gep target ${verb} ${anId}${reason} --as ${role} ${password}`);
  }
  const records = target
    .command('records <plan>')
    .description('recorded years, and what was restated since · 登记的各年进展及其后的重述')
    .option('--year <year>', 'of this year · 此年', wholeNumber(1900))
    .action(async (plan: string, options: { readonly year?: number }) => {
      const terminal = open();
      const found = await readingTargets(({ progress }, actor) =>
        progress.listOf(actor, { plan, year: options.year, limit: 500 }),
      );
      terminal.result(found, () => renderRecords(found, terminal.options.language));
    });
  withExamples(records, 'gep target records gep-2023', 'gep target records gep-2023 --year 2024 --json');
}

interface SupplyOptions extends DeedOptions {
  readonly value: string;
  readonly pricesOf?: string;
  readonly by: string;
  readonly supplier: string;
}

function addFigures(target: Command, open: () => Terminal): void {
  const supply = byPerson(
    target
      .command('supply <territory>')
      .addArgument(year())
      .argument('<document>', 'file that it comes from · 来源文件')
      .description('supply the GDP of a unit, from above it; never by the unit itself · 由上级部门报送下级 GDP'),
  )
    .requiredOption('--value <yuan>', 'with two decimals at most · 元，至多两位小数')
    .requiredOption('--by <body>', 'the supplying body · 提供部门')
    .requiredOption('--supplier <territory>', 'territory of that body · 该部门所在地域')
    .option('--prices-of <year>', 'year of its prices; its own when left out · 价格年，默认当年价')
    .action(async (territory: string, of: number, document: string, options: SupplyOptions) => {
      const documentDigest = createHash('sha256')
        .update(await bytesOf(document))
        .digest('hex');
      const { value, by, supplier, pricesOf = null } = options;
      const wish = {
        ...({ territory, measure: 'gdp', year: of, pricesOf, value, suppliedByBody: by, supplier } as const),
        ...{ document: path.basename(document), documentDigest },
      };
      const about = { kind: 'outside-figure', act: 'open' } as const;
      await tellTarget(open(), options, 'evaluation.supply', about, ({ figures }, actor) =>
        figures.supply(actor, wish, randomUUID()),
      );
    });
  withExamples(
    supply,
    `gep target supply 990101 2024 yearbook.pdf --value 1200000000 --by '统计局' --supplier 990100 --as data-department ${password}`,
  );
}

function addJudging(target: Command, open: () => Terminal): void {
  const judge = byPerson(
    target
      .command('judge <figure>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(['confirm', 'reject']))
      .description('confirm or reject a supplied figure, by another person · 核实或不采用报送的数据（非报送人）'),
  )
    .option('--reason <text>', 'why; needed to reject · 理由；不采用时必填')
    .action(
      (id: string, act: 'confirm' | 'reject', { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
        tellTarget(
          open(),
          options,
          'evaluation.confirm',
          { kind: 'outside-figure', act, named: id },
          (services, actor) => services.figures.judge(actor, { id, act, reason }, randomUUID()),
        ),
    );
  withExamples(judge, `gep target judge ${anId} confirm --as evaluation-checker ${password}`);
  const list = target
    .command('figures [territory]')
    .description('figures from outside, with their documents · 外来数据及其文件')
    .option('--year <year>', 'of this year · 此年', wholeNumber(1900))
    .action(async (territory: string | undefined, options: { readonly year?: number }) => {
      const terminal = open();
      const found = await readingTargets(({ figures }, actor) =>
        figures.list(actor, { territory, year: options.year, limit: 500 }),
      );
      terminal.result(found, () => renderFigures(found, terminal.options.language));
    });
  withExamples(list, 'gep target figures 990101', 'gep target figures --year 2024 --json');
}

/** @throws ObservationsUnreadable */
async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
}
