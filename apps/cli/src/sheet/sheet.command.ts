/** `gep sheet`: takes back a data sheet that a department sent, with a reason; the other sheets stand on. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator, requirePermission } from '@gep/access';
import { OperatorGate, ReviewGate } from '@gep/accounting';
import { SheetTakeBack } from '@gep/observation';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from '../machine/signed-in.service';
import { withDatabase } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

interface TakeBackOptions extends ActingOptions {
  readonly norm: string;
  readonly reason: string;
}

export function addSheetCommands(program: Command, open: () => Terminal): void {
  const sheet = program.command('sheet').description('data sheets of departments · 部门数据表');
  const takeBack = sheet
    .command('take-back <territory> <period> <sheet>')
    .description(
      'take a data sheet back; the others stand, and the next recompute makes the account without it · 撤回一张数据表；其余仍有效，下次核算不再计入',
    )
    .requiredOption('--reason <text>', 'why · 理由')
    .option('--norm <id>', 'norm of the sheet · 数据表所依据的规范', 'cn-terrestrial')
    .option(
      '--as <login>',
      'who does it, with --password-stdin; the operator here when absent · 办理人，需 --password-stdin；未给出时为本机操作员',
    )
    .option(...passwordOption)
    .action(async (territory: string, period: string, dataSheet: string, options: TakeBackOptions) => {
      const terminal = open();
      const { norm: normId, reason, as: login } = options;
      const wish = { territory, period, normId, dataSheet, reason };
      const password = await passwordOf(options);
      const { replayed: _, ...done } = await withDatabase(({ database }) => {
        const rulebook = new RulebookService(database);
        if (login === undefined)
          return new SheetTakeBack(database, rulebook, new OperatorGate()).takeBack(operator, wish, randomUUID());
        const folder = new RulebookFolder(readSettings().rulebookDir);
        const service = new SheetTakeBack(database, rulebook, new ReviewGate(), folder);
        return actingAs(database, { login, password }, (person) => {
          const actor = requirePermission(person, 'observation.import');
          return service.takeBack(actor, { ...wish, rights: actor.rights }, randomUUID());
        });
      });
      const standing = done.dataSheets.join(', ');
      terminal.result(done, () =>
        terminal.say({
          zh: `已撤回 ${territory} ${period} 的数据表 ${dataSheet}；仍有效：${standing || '无'}；下一步：gep recompute`,
          en: `the data sheet ${dataSheet} of ${territory} ${period} is taken back; standing: ${standing || 'none'}; next: gep recompute`,
        }),
      );
    });
  withExamples(
    takeBack,
    "gep sheet take-back 520523 2024 farming --reason '误报了上一年的数据'",
    "gep sheet take-back 520523 2024 farming --reason '误报了上一年的数据' --as jinsha-farming --password-stdin < password-file",
  );
}
