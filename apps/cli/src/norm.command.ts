/** `gep norm check|show|list|publish`: tells every problem of a norm at its place, names editions, puts one in force. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import { checkNorm, listEditions, listNorms, loadNorm, type NormEdition, RulebookService } from '@gep/rulebook';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { reading, withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { addShowNormCommand } from './norm/show-norm.command';
import { renderTable } from './rendering/text-table';
import type { Terminal } from './terminal/terminal.service';

export function addNormCommands(program: Command, open: () => Terminal): void {
  const norm = program.command('norm').description('norms of the rulebook · 核算规范');
  const check = norm
    .command('check <id-or-folder>')
    .description('check a norm: schema, units, formulas, values · 检查规范')
    .action(async (idOrFolder: string) => checkOne(open(), idOrFolder));
  withExamples(check, 'gep norm check cn-terrestrial', 'gep norm check ./my-norm --json');
  addShowNormCommand(norm, open);
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
  const counts = norm && countsOf(norm);
  const result = { id: norm?.id, edition: norm?.edition, status: norm?.status, counts, problems };
  if (!norm) process.exitCode = exitCodes.refused;
  terminal.result(result, () => {
    const lines = problems.map(
      ({ file, line, column, code, text, mend }) =>
        `${file}:${line}:${column}  ${terminal.say(text)} → ${terminal.say(mend)} [${code}]`,
    );
    const verdict = norm
      ? { zh: `${norm.id} @ ${norm.edition}：无问题`, en: `${norm.id} @ ${norm.edition}: no problems` }
      : { zh: `${problems.length} 个问题`, en: `${problems.length} problem(s)` };
    return [...lines, terminal.say(verdict), ...(counts ? [terminal.say(textOf(counts))] : [])].join('\n');
  });
}

/** What a norm holds, so that a reader sees at once what it leaves out and what is not attested. */
function countsOf({ services, excluded, exclusive, switches, series, parameters }: NormEdition) {
  const values = parameters.flatMap((parameter) => parameter.values);
  return {
    services: services.length,
    excluded: excluded.length,
    switches: switches.length,
    exclusive: exclusive.length,
    withoutBeneficiaries: services.filter(({ beneficiaries }) => beneficiaries.length === 0).length,
    series: series.length,
    parameters: parameters.length,
    values: values.length,
    unverified: values.filter(({ evidence }) => evidence.grade === 'unverified').length,
    ranges: values.filter(({ spread }) => spread !== undefined).length,
  };
}

const textOf = (n: ReturnType<typeof countsOf>): Bilingual => ({
  zh: `服务 ${n.services} 项（另有 ${n.excluded} 项按开关不计，${n.withoutBeneficiaries} 项未指明受益者），开关 ${n.switches} 个，互斥组 ${n.exclusive} 个，逐日序列 ${n.series} 个；参数 ${n.parameters} 个、取值 ${n.values} 个，其中未核实 ${n.unverified} 个，有区间 ${n.ranges} 个；详见 gep norm show`,
  en: `${n.services} services (${n.excluded} more left out by switches, ${n.withoutBeneficiaries} without beneficiaries), ${n.switches} switches, ${n.exclusive} exclusive groups, ${n.series} daily series; ${n.parameters} parameters with ${n.values} values, ${n.unverified} of them unverified, ${n.ranges} with a range; see gep norm show`,
});
