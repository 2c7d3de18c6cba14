/** `gep score`: a year of scores, from the figures of departments to the ranking, and every point of a unit. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { listScores, scoreRunActs } from '@gep/evaluation';
import { getPolicyEdition, type Scorecard } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import { byPerson } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { today } from '../machine/today.service';
import { renderHintsBeside } from '../rendering/evaluation/render-integrity';
import {
  renderRanking,
  renderReplay,
  renderScoreRuns,
  renderStandings,
  renderUnitScore,
} from '../rendering/evaluation/render-scores';
import { calendarDay, listOf, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { integrityOn } from './integrity.command';
import { addDeliveryCommands } from './score-delivery.command';
import { readingScores, scoreServices, tellScores } from './score-services.service';

const run = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const password = '--password-stdin < password-file';

export function addScoreCommands(program: Command, open: () => Terminal): void {
  const score = program
    .command('score')
    .description(
      'scores of a year by a scorecard: ranking, grades, every point explained · 年度考评：得分、排名、等级与逐项说明',
    );
  addDeliveryCommands(score, open);
  addRun(score, open);
  addActs(score, open);
  addReads(score, open);
  addStandings(score, open);
}

interface RunOptions extends DeedOptions {
  readonly scorecard?: string;
  readonly units?: string[];
  readonly queue?: true;
}

function addRun(score: Command, open: () => Terminal): void {
  const compute = byPerson(
    score
      .command('run <place> <year>')
      .description('score a year from what is verified and published · 由已核实、已公布的数据计算一年的评分')
      .option('--scorecard <id>', 'rule, where several are in force · 规则代码（启用多条时）')
      .option(
        '--units <codes>',
        'units, separated by commas; all one level below when left out · 单位，省略为下一级全部',
        listOf,
      )
      .option('--queue', 'have it computed by the queue · 交队列计算'),
  ).action(async (place: string, period: string, { scorecard, units, queue, ...options }: RunOptions) => {
    const wish = { place, period, scorecard, units };
    if (queue) {
      const terminal = open();
      const done = await deedAs(options, 'evaluation.prepare', ({ database, actor }) =>
        scoreServices(database).requests.request(actor, wish, randomUUID()),
      );
      terminal.result(done.result, () => done.result.id);
      return;
    }
    await tellScores(open(), options, 'evaluation.prepare', { kind: 'score-run', act: 'open' }, ({ runs }, actor) =>
      runs.compute(actor, wish, randomUUID()),
    );
  });
  withExamples(compute, `gep score run 990100 2024 --as evaluation-officer ${password}`);
  const rescore = byPerson(
    score
      .command('rescore <run>')
      .description(
        'the next version: what upheld appeals and incidents concern is taken anew, the version before stays · 重评：只动被支持的异议与事件所涉数据，旧版保留',
      )
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action((id: string, { reason, ...options }: DeedOptions & { readonly reason: string }) =>
    tellScores(open(), options, 'evaluation.prepare', { kind: 'score-run', act: 'open' }, ({ runs }, actor) =>
      runs.rescore(actor, { id, reason }, randomUUID()),
    ),
  );
  withExamples(rescore, `gep score rescore ${run} --reason "appeal upheld" --as evaluation-officer ${password}`);
}

interface ActOptions extends DeedOptions {
  readonly reason?: string;
  readonly on?: string;
  readonly digest?: string;
}

function addActs(score: Command, open: () => Terminal): void {
  const act = byPerson(
    score
      .command('act <run>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices([...scoreRunActs]))
      .description(
        'verify, score, notify, make final, disclose or withdraw, each by its hand · 核实、评分、告知、生效、公开、撤回，各由其人',
      )
      .option('--reason <text>', 'why; needed to withdraw · 理由；撤回必填')
      .option(
        '--on <day>',
        'day of service of the notice; before today with --digest · 送达日；早于今天须附 --digest',
        calendarDay,
      )
      .option('--digest <sha256>', 'of the proof of service · 送达回证的摘要'),
  ).action((id: string, wish: (typeof scoreRunActs)[number], { reason, on, digest, ...options }: ActOptions) =>
    tellScores(open(), options, 'evaluation.read', { kind: 'score-run', act: wish, named: id }, ({ runs }, actor) =>
      runs.act(actor, { id, act: wish, reason, on, documentDigest: digest }, randomUUID()),
    ),
  );
  withExamples(
    act,
    `gep score act ${run} verify --as evaluation-checker ${password}`,
    `gep score act ${run} notify --on 2025-06-10 --digest $(sha256sum < receipt.pdf | cut -c1-64) --as evaluation-officer ${password}`,
  );
}

function addReads(score: Command, open: () => Terminal): void {
  const list = score
    .command('list [place] [year]')
    .description('runs of scores, version by version · 各年评分及其版次')
    .action(async (place: string | undefined, period: string | undefined) => {
      const terminal = open();
      const found = await readingScores(async ({ runs }, actor, database) => {
        const path = place && (await database.snapshot(actor, (tx) => getTerritory(tx, place, today()))).path;
        return runs.list(actor, { territoryPath: path, period });
      });
      terminal.result(found, () => renderScoreRuns(found, terminal.options.language));
    });
  withExamples(list, 'gep score list 990100 2024');
  const show = score
    .command('show <run>')
    .description(
      'the ranking of a run, or with --unit every point of a unit and hints on its figures · 排名；加 --unit 看一个单位的每一分及数据提示',
    )
    .option('--unit <code>', 'the unit · 单位')
    .action(async (id: string, { unit }: { readonly unit?: string }) => {
      const terminal = open();
      const { language } = terminal.options;
      await readingScores(async ({ runs }, actor, database) => {
        const view = await runs.show(actor, id);
        const { scorecard } = await database.snapshot(actor, (tx) => getPolicyEdition(tx, view.ruleEdition));
        if (unit !== undefined) {
          const { detail } = await runs.unitScore(actor, id, unit);
          const beside = await integrityOn(database).besideScore(actor, { runId: id, unit });
          return terminal.result({ ...detail, ...beside }, () =>
            [renderUnitScore(detail, scorecard, language), renderHintsBeside(beside, language)].join('\n\n'),
          );
        }
        const scores = view.scores.map(({ detail }) => detail);
        return terminal.result(view, () =>
          [renderScoreRuns([view], language), renderRanking(scores, scorecard, language)].join('\n\n'),
        );
      });
    });
  withExamples(show, `gep score show ${run}`, `gep score show ${run} --unit 990101`);
  const check = score
    .command('check <run>')
    .description('score again from the frozen figures and the edition, and compare · 由快照与规则版本重算并比对')
    .action(async (id: string) => {
      const terminal = open();
      const found = await readingScores(({ runs }, actor) => runs.replay(actor, id));
      if (!found.isSame) process.exitCode = exitCodes.refused;
      terminal.result(found, () => renderReplay(found, terminal.options.language));
    });
  withExamples(check, `gep score check ${run}`);
}

function addStandings(score: Command, open: () => Terminal): void {
  const standings = score
    .command('standings <territory> [year]')
    .description('scores of units that were notified or are final · 已告知、已生效的评分')
    .option('--final', 'those that are final alone · 只看已生效的')
    .action(async (territory: string, year: string | undefined, { final }: { readonly final?: true }) => {
      const terminal = open();
      const found = await readingScores((_, actor, database) =>
        database.snapshot(actor, async (tx) => {
          const { path: territoryPath } = await getTerritory(tx, territory, today());
          const scores = await listScores(tx, {
            territoryPath,
            year: year === undefined ? undefined : Number(year),
            final,
          });
          const grades = new Map<string, Scorecard['grades']>();
          for (const edition of new Set(scores.map(({ gist }) => gist.ruleEdition)))
            grades.set(edition, (await getPolicyEdition(tx, edition)).scorecard?.grades ?? []);
          return { scores, grades };
        }),
      );
      terminal.result(found.scores, () => renderStandings(found.scores, found.grades, terminal.options.language));
    });
  withExamples(standings, 'gep score standings 990100 2024 --final');
}
