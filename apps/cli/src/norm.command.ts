/** `gep norm check`: reads a norm and tells every problem at its place, or names the edition. */
import type { Command } from 'commander';
import { readConfig } from '@gep/platform';
import { checkNorm, listNorms } from '@gep/rulebook';
import { exitCodes } from './failure';
import type { Terminal } from './terminal.service';

export function addNormCommands(program: Command, open: () => Terminal): void {
  const norm = program.command('norm').description('norms of the rulebook · 核算规范');
  norm
    .command('check <id-or-folder>')
    .description('check a norm: schema, units, formulas, values · 检查规范')
    .action(async (idOrFolder: string) => checkOne(open(), idOrFolder));
  norm
    .command('list')
    .description('ids of the norms in the rulebook · 列出规范')
    .action(async () => {
      const ids = await listNorms(readConfig(process.env).rulebookDir);
      open().result(ids, ids.join('\n'));
    });
}

async function checkOne(terminal: Terminal, idOrFolder: string): Promise<void> {
  const { norm, problems } = await checkNorm(idOrFolder, readConfig(process.env).rulebookDir);
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
