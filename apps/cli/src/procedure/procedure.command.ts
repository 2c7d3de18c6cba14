/** `gep procedure` and `gep clock`: where procedures of any kind stand, and which legal clocks run, ended or are late. */
import type { Command } from 'commander';
import type { Bilingual } from '@gep/kernel';
import { getSubject, isOverdue, listClocks, listFrozen, listSubjects, type Clock } from '@gep/procedure';
import { agreedDayTitles, listAgreedDays } from '@gep/procurement';
import { loadClockBook } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { namingOf } from '../deed/naming.service';
import { subjectIdOf } from '../deed/named-subject.service';
import { reading } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { codeOfPath, type Naming } from '../rendering/deed/naming';
import { nameOfState, subjectSaid } from '../rendering/deed/subject-kinds';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { renderClocks, urgentFirst } from './render-clocks';
import { renderSteps, renderSubjects } from './render-procedures';
import { today } from '../machine/today.service';

const mostListed = 200;

/** Path of a territory that a list is narrowed to. @throws TerritoryMissing */
export const pathOf = async (tx: EntityManager, code: string | undefined): Promise<string | undefined> =>
  code === undefined ? undefined : (await getTerritory(tx, code, today())).path;

export function addProcedureCommands(program: Command, open: () => Terminal): void {
  const procedure = program
    .command('procedure')
    .description('procedures of settlements, contracts, dividends and the like · 结算、合同、分红等的办理程序');
  const show = procedure
    .command('show <kind> <subject>')
    .description(
      'state, steps, clocks and what appeals have frozen, by code or id · 状态、步骤、期限与被异议冻结的数字（可用代码或编号）',
    )
    .action(async (kind: string, named: string) => {
      const terminal = open();
      const { id, naming, ...found } = await reading(async (tx) => {
        const subject = { kind, id: await subjectIdOf(tx, kind, named) };
        const shown = await getSubject(tx, subject);
        return {
          ...{ ...shown, id: subject.id, clocks: await listClocks(tx, { subject }) },
          frozen: [...(await listFrozen(tx, subject))].sort(),
          naming: await namingOf(tx, [subject], [codeOfPath(shown.territoryPath)]),
        };
      });
      const { state, territoryPath, steps, clocks, frozen } = found;
      const running = await clocksSaid(terminal, clocks, today(), naming);
      const { language } = terminal.options;
      terminal.result({ kind, id, state, territoryPath, steps, clocks, frozen }, () =>
        [
          `${subjectSaid({ kind, id }, naming.codes, language)}  ${nameOfState(kind, state)[language]}  ${id}`,
          renderSteps(kind, steps, language),
          ...(clocks.length > 0 ? [running] : []),
          ...(frozen.length > 0 ? [frozenSaid(terminal, frozen)] : []),
        ].join('\n'),
      );
    });
  withExamples(
    show,
    'gep procedure show settlement minjiang-2024-result',
    'gep procedure show contract dajun-2025 --json',
  );
  const list = procedure
    .command('list <kind>')
    .description('procedures of a kind with their last steps · 某一种类的程序及其最后一步')
    .option('--state <state>', 'in this state alone · 只看此状态')
    .option('--within <territory>', 'this territory and all below it · 此地域及其下级')
    .action(async (kind: string, { state, within }: { state?: string; within?: string }) => {
      const terminal = open();
      const { rows, naming } = await reading(async (tx) => {
        const filter = { kind, state, within: await pathOf(tx, within), page: { limit: mostListed } };
        const found = await listSubjects(tx, filter);
        const subjects = found.map(({ id }) => ({ kind, id }));
        const places = found.map(({ territoryPath }) => codeOfPath(territoryPath));
        return { rows: found, naming: await namingOf(tx, subjects, places) };
      });
      terminal.result(rows, () => renderSubjects(kind, rows, naming, terminal.options.language));
    });
  withExamples(list, 'gep procedure list settlement --state approved', 'gep procedure list appeal --json');
}

export function addClockCommands(program: Command, open: () => Terminal): void {
  const clock = program.command('clock').description('legal clocks on working days · 法定期限（工作日）');
  const list = clock
    .command('list')
    .description(
      'clocks: duties that are late first, then what still runs by its last day, days of Beijing · 期限：已逾期的义务在前，其余按末日，日期为北京时间',
    )
    .option('--overdue', 'only duties that are late and still run · 只看已逾期而未办结的')
    .option('--on <day>', 'late on this day; today when absent · 以该日判断；未给出时为今天', calendarDay)
    .option('--open', 'only those that still run · 只看在计的')
    .option('--code <code>', 'of this code, like query-reply · 只看此代码，如 query-reply')
    .option('--within <territory>', 'this territory and all below it · 此地域及其下级')
    .action(async (options: { overdue?: true; on?: string; open?: true; code?: string; within?: string }) => {
      const terminal = open();
      const { overdue, on = today(), open: running, code, within } = options;
      const { rows, naming } = await reading(async (tx) => {
        const of = { code, within: await pathOf(tx, within), page: { limit: mostListed } };
        const found = await listClocks(tx, { ...of, overdueOn: on });
        if (!overdue) found.push(...(await listClocks(tx, { ...of, open: true })));
        if (!overdue && !running) found.push(...(await listClocks(tx, { ...of, open: false })));
        const agreed = (await listAgreedDays(tx, { within: of.within, on })).filter(
          (clock) => (code === undefined || clock.code === code) && (!overdue || isOverdue(clock, on)),
        );
        found.push(...agreed);
        const once = new Map(found.map((clock) => [clock.id, clock]));
        const shown = urgentFirst([...once.values()], on).slice(0, mostListed);
        return { rows: shown, naming: await namingOfPlaced(tx, shown) };
      });
      const shown = await clocksSaid(terminal, rows, on, naming);
      terminal.result(rows, shown);
    });
  withExamples(list, 'gep clock list --overdue', 'gep clock list --code query-reply --open --json');
}

/** Clocks as a table, each by the name that the rulebook gives it. */
export async function clocksSaid(
  terminal: Terminal,
  clocks: readonly Clock[],
  on: string,
  naming: Naming,
): Promise<string> {
  return renderClocks(clocks, await clockTitles(), on, naming, terminal.options.language);
}

type Placed = Pick<Clock, 'subject' | 'territoryPath'>;

/** Of clocks, and of whatever else is about a subject somewhere. */
export const namingOfPlaced = (tx: EntityManager, rows: readonly Placed[]): Promise<Naming> =>
  namingOf(
    tx,
    rows.map(({ subject }) => subject),
    rows.map(({ territoryPath }) => codeOfPath(territoryPath)),
  );

/** Names of clocks by their code, as the rulebook has them, and of days that were agreed. */
export async function clockTitles(): Promise<ReadonlyMap<string, Bilingual>> {
  const { rules } = await loadClockBook(readSettings().rulebookDir);
  return new Map([...agreedDayTitles, ...rules.map(({ code, title }) => [code, title] as const)]);
}

const frozenSaid = (terminal: Terminal, frozen: readonly string[]): string =>
  terminal.say({
    zh: `被异议冻结：${frozen.map((figure) => figure || '全部').join('、')}（gep appeal list）`,
    en: `frozen by appeals: ${frozen.map((figure) => figure || 'all of it').join(', ')} (gep appeal list)`,
  });
