/** `gep procedure` and `gep clock`: where procedures of any kind stand, and which legal clocks run, ended or are late. */
import type { Command } from 'commander';
import type { Bilingual } from '@gep/kernel';
import { getSubject, listClocks, listFrozen, listSubjects, type Clock } from '@gep/procedure';
import { loadClockBook } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { reading } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
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
    .command('show <kind> <id>')
    .description('state, steps, clocks and what appeals have frozen · 状态、步骤、期限与被异议冻结的数字')
    .action(async (kind: string, id: string) => {
      const terminal = open();
      const subject = { kind, id };
      const found = await reading(async (tx) => ({
        ...(await getSubject(tx, subject)),
        clocks: await listClocks(tx, { subject }),
        frozen: [...(await listFrozen(tx, subject))].sort(),
      }));
      const { state, territoryPath, steps, clocks, frozen } = found;
      const running = await clocksSaid(terminal, clocks, today());
      terminal.result({ kind, id, state, territoryPath, steps, clocks, frozen }, () =>
        [
          terminal.say({ zh: `${kind} ${id}：${state}`, en: `${kind} ${id}: ${state}` }),
          renderSteps(steps, (text) => terminal.say(text)),
          ...(clocks.length > 0 ? [running] : []),
          ...(frozen.length > 0 ? [frozenSaid(terminal, frozen)] : []),
        ].join('\n'),
      );
    });
  withExamples(show, 'gep procedure show settlement 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --json');
  const list = procedure
    .command('list <kind>')
    .description('procedures of a kind with their last steps · 某一种类的程序及其最后一步')
    .option('--state <state>', 'in this state alone · 只看此状态')
    .option('--within <territory>', 'this territory and all below it · 此地域及其下级')
    .action(async (kind: string, { state, within }: { state?: string; within?: string }) => {
      const terminal = open();
      const rows = await reading(async (tx) =>
        listSubjects(tx, { kind, state, within: await pathOf(tx, within), page: { limit: mostListed } }),
      );
      terminal.result(rows, () => renderSubjects(rows, (text) => terminal.say(text)));
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
      const rows = await reading(async (tx) => {
        const of = { code, within: await pathOf(tx, within), page: { limit: mostListed } };
        const found = await listClocks(tx, { ...of, overdueOn: on });
        if (!overdue) found.push(...(await listClocks(tx, { ...of, open: true })));
        if (!overdue && !running) found.push(...(await listClocks(tx, { ...of, open: false })));
        const once = new Map(found.map((clock) => [clock.id, clock]));
        return urgentFirst([...once.values()], on).slice(0, mostListed);
      });
      const shown = await clocksSaid(terminal, rows, on);
      terminal.result(rows, shown);
    });
  withExamples(list, 'gep clock list --overdue', 'gep clock list --code query-reply --open --json');
}

/** Clocks as a table, each by the name that the rulebook gives it. */
export async function clocksSaid(terminal: Terminal, clocks: readonly Clock[], on: string): Promise<string> {
  return renderClocks(clocks, await clockTitles(), on, (text) => terminal.say(text));
}

/** Names of clocks by their code, as the rulebook has them. */
export async function clockTitles(): Promise<ReadonlyMap<string, Bilingual>> {
  const { rules } = await loadClockBook(readSettings().rulebookDir);
  return new Map(rules.map(({ code, title }) => [code, title]));
}

const frozenSaid = (terminal: Terminal, frozen: readonly string[]): string =>
  terminal.say({
    zh: `被异议冻结：${frozen.map((figure) => figure || '全部').join('、')}（gep appeal list）`,
    en: `frozen by appeals: ${frozen.map((figure) => figure || 'all of it').join(', ')} (gep appeal list)`,
  });
