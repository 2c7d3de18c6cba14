/** `gep norm check|list|publish`: tells every problem of a norm at its place, names editions, puts one in force. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { checkNorm, listNorms, loadNorm, RulebookService } from '@gep/rulebook';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import type { Terminal } from './terminal/terminal.service';

export function addNormCommands(program: Command, open: () => Terminal): void {
  const norm = program.command('norm').description('norms of the rulebook · 核算规范');
  const check = norm
    .command('check <id-or-folder>')
    .description('check a norm: schema, units, formulas, values · 检查规范')
    .action(async (idOrFolder: string) => checkOne(open(), idOrFolder));
  withExamples(check, 'gep norm check cn-terrestrial', 'gep norm check ./my-norm --json');
  const list = norm
    .command('list')
    .description('ids of the norms in the rulebook · 列出规范')
    .action(async () => {
      const ids = await listNorms(readSettings().rulebookDir);
      open().result(ids, ids.join('\n'));
    });
  withExamples(list, 'gep norm list');
  const publish = norm
    .command('publish <id-or-folder>')
    .description('put a norm in force in the database; editions before it stay readable · 发布规范')
    .action(async (idOrFolder: string) => publishOne(open(), idOrFolder));
  withExamples(publish, 'gep norm publish cn-terrestrial');
}

/** @throws NormNotFound, NormRefused, NormIsSkeleton */
async function publishOne(terminal: Terminal, idOrFolder: string): Promise<void> {
  const norm = await loadNorm(idOrFolder, readSettings().rulebookDir);
  const { edition, changed } = await withDatabase(({ database }) =>
    new RulebookService(database).publish(operator, norm),
  );
  terminal.result({ id: norm.id, edition, changed }, () =>
    terminal.say(
      changed
        ? { zh: `${norm.id} @ ${edition} 已生效`, en: `${norm.id} @ ${edition} is in force` }
        : { zh: `${norm.id} @ ${edition} 早已生效，未作改动`, en: `${norm.id} @ ${edition} was in force already` },
    ),
  );
}

async function checkOne(terminal: Terminal, idOrFolder: string): Promise<void> {
  const { norm, problems } = await checkNorm(idOrFolder, readSettings().rulebookDir);
  const result = { id: norm?.id, edition: norm?.edition, status: norm?.status, problems };
  if (!norm) process.exitCode = exitCodes.refused;
  terminal.result(result, () => {
    const lines = problems.map(
      ({ file, line, column, code, text, mend }) =>
        `${file}:${line}:${column}  ${terminal.say(text)} → ${terminal.say(mend)} [${code}]`,
    );
    const verdict = norm
      ? { zh: `${norm.id} @ ${norm.edition}：无问题`, en: `${norm.id} @ ${norm.edition}: no problems` }
      : { zh: `${problems.length} 个问题`, en: `${problems.length} problem(s)` };
    return [...lines, terminal.say(verdict)].join('\n');
  });
}
