/** `gep review`: where accounts stand on their way to publication, acting on them, and what departments still owe. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { operator } from '@gep/access';
import {
  DataSheets,
  followingActs,
  listReviews,
  QualityService,
  reviewActs,
  ReviewService,
  type ReviewAct,
} from '@gep/accounting';
import { DomainError, type Bilingual } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from './machine/signed-in.service';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderActed, renderReview, renderSheets, renderSteps } from './rendering/review/render-review';
import { renderTable } from './rendering/text-table';
import { calendarDay, withExamples } from './terminal/arguments.command';
import type { Terminal } from './terminal/terminal.service';
import { today } from './machine/today.service';

interface NormChoice {
  readonly norm: string;
}
interface ActOptions extends NormChoice, ActingOptions {
  readonly as: string;
  readonly reason?: string;
}
interface SheetOptions extends NormChoice {
  readonly date?: string;
}

const mostListed = 200;

/** With the quality checks, which hold a review back here as they do over HTTP. */
function reviewsOf(database: Database): ReviewService {
  const folder = new RulebookFolder(readSettings().rulebookDir);
  return new ReviewService(database, new QualityService(database, new RulebookService(database), folder));
}

function addUnder(review: Command, usage: string, description: string): Command {
  return review
    .command(usage)
    .description(description)
    .option('--norm <id>', 'norm of the account · 账户所依据的规范', 'cn-terrestrial');
}

export function addReviewCommands(program: Command, open: () => Terminal): void {
  const review = program.command('review').description('review of accounts up to publication · 账户的评审与发布');
  addShow(review, open);
  addAct(review, open);
  addSheets(review, open);
  addRemind(review, open);
}

function addShow(review: Command, open: () => Terminal): void {
  const show = addUnder(
    review,
    'show <territory> <period>',
    'where a review stands, its lock and its steps · 评审状态、锁定与步骤',
  ).action(async (territory: string, period: string, { norm }: NormChoice) => {
    const terminal = open();
    const key = { territory, period, normId: norm };
    const { view, steps } = await withDatabase(async ({ database }) => {
      const service = reviewsOf(database);
      return { view: await service.show(operator, key), steps: await service.history(operator, key) };
    });
    const { language } = terminal.options;
    const acts = view.acts.map(({ act, refusal }) => ({
      act,
      allowed: refusal === null,
      refusal: refusal?.code ?? null,
    }));
    terminal.result({ ...view, acts, steps }, () =>
      [renderReview(view, language), ...(steps.length > 0 ? [renderSteps(steps, language)] : [])].join('\n'),
    );
  });
  withExamples(show, 'gep review show 520523 2024', 'gep review show 520523 2024 --json');
  const list = addUnder(
    review,
    'list [territory]',
    'reviews at and below a territory, by their last step · 该地域及其下级的评审',
  ).action(async (territory: string | undefined, { norm }: NormChoice) => {
    const terminal = open();
    const steps = await withDatabase(({ database }) =>
      database.snapshot(operator, async (tx) => {
        const within = territory && (await getTerritory(tx, territory, today())).path;
        return listReviews(tx, { within, normId: norm }, { limit: mostListed });
      }),
    );
    terminal.result(steps, () => renderSteps(steps, terminal.options.language));
  });
  withExamples(list, 'gep review list', 'gep review list 520500 --json');
}

function addAct(review: Command, open: () => Terminal): void {
  const acts = reviewActs.filter((act) => act !== 'supersede');
  const act = addUnder(
    review,
    'act <territory> <period>',
    'do a step as the person who signs in · 以登录者的身份办理一步',
  )
    .addArgument(new Argument('<act>', 'what is done · 办理').choices(acts))
    .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
    .option(...passwordOption)
    .option(
      '--reason <text>',
      'why; needed to return, withdraw, restate and abandon · 理由；退回、撤回、重述、放弃重述必填',
    )
    .action(async (territory: string, period: string, wish: ReviewAct, options: ActOptions) => {
      const terminal = open();
      const { norm, as: login, reason } = options;
      const password = await passwordOf(options);
      const { step, next } = await withDatabase(({ database }) =>
        actingAs(database, { login, password }, async (actor) => {
          const request = { act: wish, ...(reason !== undefined && { reason }) };
          const service = reviewsOf(database);
          const key = { territory, period, normId: norm };
          const taken = (await service.act(actor, key, request, randomUUID())).step;
          return { step: taken, next: followingActs(await service.history(actor, key)) };
        }),
      );
      terminal.result({ ...step, next }, () => renderActed(step, next, terminal.options.language));
    });
  withExamples(
    act,
    'gep review act 520523 2024 check --as jinsha-checker --password-stdin < password-file',
    "gep review act 520523 2024 abandon --as jinsha-approver --reason '原数据无误，不再重述' --password-stdin < password-file",
    "gep review act 520523 2024 return --as bijie-expert --reason '五月降水缺测' --password-stdin < password-file",
  );
}

function addSheets(review: Command, open: () => Terminal): void {
  const sheets = addUnder(
    review,
    'sheets <territory> <period>',
    'data sheets of departments: received, missing, late · 部门数据表',
  )
    .option('--date <day>', 'as of this day; today when absent · 以该日计；未给出时为今天', calendarDay)
    .action(async (territory: string, period: string, { norm, date }: SheetOptions) => {
      const terminal = open();
      const { shown, edition } = await withDatabase(async ({ database }) => {
        const service = new DataSheets(database, new RulebookFolder(readSettings().rulebookDir));
        const sheetsOfKey = await service.show(operator, { territory, period, normId: norm }, date);
        // Names alone come from the norm: codes are shown where it is not in force here.
        const inForce = await database
          .snapshot(operator, (tx) => new RulebookService(database).getNorm(tx, norm))
          .catch((error: unknown) => {
            if (error instanceof DomainError) return undefined;
            throw error;
          });
        return { shown: sheetsOfKey, edition: inForce };
      });
      terminal.result(shown, () => renderSheets(shown, edition, terminal.options.language));
    });
  withExamples(sheets, 'gep review sheets 520523 2024', 'gep review sheets 520523 2024 --date 2025-04-01 --json');
}

function addRemind(review: Command, open: () => Terminal): void {
  const remind = review
    .command('remind')
    .description(
      'remind now of sheets that are late, as the worker does every day at 7:30 (Beijing): of the year, quarter and month that ended last, once a day · 立即催报逾期的数据表（平日每天 7:30 由工作进程办理）',
    )
    .option('--date <day>', 'as of this day; today when absent · 以该日计；未给出时为今天', calendarDay)
    .action(async ({ date }: Pick<SheetOptions, 'date'>) => {
      const terminal = open();
      const sent = await withDatabase(({ database }) =>
        new DataSheets(database, new RulebookFolder(readSettings().rulebookDir)).remind(date),
      );
      const { language } = terminal.options;
      const told = sent.map(({ territory, period, sheet, due, missing }) => [
        territory,
        period,
        sheet,
        due,
        missing.join(', '),
      ]);
      terminal.result(sent, () =>
        sent.length > 0
          ? renderTable(
              reminderHeadings.map((heading) => ({ heading: heading[language] })),
              told,
            )
          : terminal.say({
              zh: '没有新的催报：无逾期的数据表，或今天已经催过（GET /api/v1/sheets/reminders）',
              en: 'nothing new to remind of: no sheet is late, or all were reminded of today (GET /api/v1/sheets/reminders)',
            }),
      );
    });
  withExamples(remind, 'gep review remind', 'gep review remind --date 2025-04-01 --json');
}

const reminderHeadings: readonly Bilingual[] = [
  { zh: '地域', en: 'Territory' },
  { zh: '核算期', en: 'Period' },
  { zh: '数据表', en: 'Sheet' },
  { zh: '应报日', en: 'Due' },
  { zh: '缺少', en: 'Missing' },
];
