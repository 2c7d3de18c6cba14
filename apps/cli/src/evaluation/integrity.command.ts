/** `gep integrity show`: hints on figures that may have been shaped. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { ChangeService, SeriesService } from '@gep/accounting';
import { IntegrityService, ProgressService } from '@gep/evaluation';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { withDatabase } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { renderIntegrity } from '../rendering/evaluation/render-integrity';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

export function integrityOn(database: Database): IntegrityService {
  const [rulebook, folder] = [new RulebookService(database), new RulebookFolder(readSettings().rulebookDir)];
  const changes = new ChangeService(database, rulebook);
  const series = new SeriesService(database, rulebook);
  const progress = new ProgressService(database, series, changes, rulebook, new ClockBooks(folder));
  return new IntegrityService(database, folder, progress);
}

export function addIntegrityCommands(program: Command, open: () => Terminal): void {
  const integrity = program
    .command('integrity')
    .description('checks of figures beside the score; they change none · 评分之外的数据检查，不改变评分');
  const show = integrity
    .command('show <territory> <year>')
    .description('target hugging, jumps at borders, copied values, late edits · 贴近目标、边界跳变、照抄、批准前改动')
    .option('--norm <id>', 'norm · 规范', 'cn-terrestrial')
    .action(async (territory: string, year: string, { norm }: { readonly norm: string }) => {
      const terminal = open();
      const answer = await withDatabase(({ database }) => {
        return integrityOn(database).show(operator, { territory, year, norm });
      });
      terminal.result(answer, () => renderIntegrity(answer, terminal.options.language));
    });
  withExamples(show, 'gep integrity show 991103 2024', 'gep integrity show 991103 2024 --json');
}
