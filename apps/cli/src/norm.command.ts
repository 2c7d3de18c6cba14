/** `gep norm check|list|publish`: tells every problem of a norm at its place, names editions, puts one in force. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import { checkNorm, listEditions, listNorms, loadNorm, RulebookService } from '@gep/rulebook';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { reading, withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderTable } from './rendering/text-table';
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
    .description('ids of the norms in the rulebook, or with --published the editions in the database · 列出规范')
    .option(
      '--published',
      'published editions: which is in force, since when, by whom · 已发布的版本：何者现行、何时、何人发布',
    )
    .action(async ({ published }: { published?: true }) => (published ? listPublished(open()) : listFolder(open())));
  withExamples(list, 'gep norm list', 'gep norm list --published');
  const publish = norm
    .command('publish <id-or-folder>')
    .description('put a norm in force in the database; editions before it stay readable · 发布规范')
    .action(async (idOrFolder: string) => publishOne(open(), idOrFolder));
  withExamples(publish, 'gep norm publish cn-terrestrial');
}

/** @throws RulebookFolderMissing */
async function listFolder(terminal: Terminal): Promise<void> {
  const { rulebookDir } = readSettings();
  const ids = await listNorms(rulebookDir);
  terminal.result(ids, () =>
    ids.length > 0
      ? ids.join('\n')
      : terminal.say({ zh: `${rulebookDir} 中没有规范`, en: `there are no norms in ${rulebookDir}` }),
  );
}

async function listPublished(terminal: Terminal): Promise<void> {
  const editions = await reading((tx) => listEditions(tx));
  const { language } = terminal.options;
  const headings: Bilingual[] = [
    { zh: '规范', en: 'Norm' },
    { zh: '版本', en: 'Edition' },
    { zh: '', en: '' },
    { zh: '发布时间', en: 'Published' },
    { zh: '发布人', en: 'By' },
    { zh: '名称', en: 'Title' },
  ];
  const rows = editions.map(({ normId, edition, current, publishedAt, publishedBy, title }) => [
    normId,
    edition.slice(0, 12),
    current ? terminal.say({ zh: '现行', en: 'in force' }) : '',
    publishedAt.toISOString(),
    publishedBy,
    title[language],
  ]);
  terminal.result(editions, () =>
    rows.length > 0
      ? renderTable(
          headings.map((heading) => ({ heading: heading[language] })),
          rows,
        )
      : terminal.say({
          zh: '数据库中还没有已发布的规范；用 gep norm publish 发布',
          en: 'no norm is published in the database yet; gep norm publish does it',
        }),
  );
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
