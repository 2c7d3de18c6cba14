/** `gep norm check|show|list|publish`: tells every problem of a norm at its place, names editions, puts one in force. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import {
  checkNorm,
  listEditions,
  listNorms,
  loadNorm,
  type NormEdition,
  type NormStatus,
  RulebookService,
} from '@gep/rulebook';
import { listVersions } from '@gep/territory';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { reading, withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { addShowNormCommand } from './norm/show-norm.command';
import { renderTable } from './rendering/text-table';
import type { Terminal } from './terminal/terminal.service';
import { beijingMoment } from './terminal/beijing-time';

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
    .description(
      'norms in the rulebook: title, usable or a skeleton, what it extends; with --published the editions in the database · 列出规范及其状态',
    )
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

/** A norm of the rulebook as a list shows it; one with problems has nothing but its id and their number. */
interface ListedNorm {
  readonly id: string;
  readonly title: Bilingual | null;
  readonly status: NormStatus | 'faulty';
  /** Id of the norm that it extends. */
  readonly base: string | null;
  readonly edition: string | null;
  readonly problems: number;
}

/** @throws RulebookFolderMissing */
async function listFolder(terminal: Terminal): Promise<void> {
  const { rulebookDir } = readSettings();
  const norms: ListedNorm[] = [];
  for (const id of await listNorms(rulebookDir)) {
    const { norm, problems } = await checkNorm(id, rulebookDir);
    const { title = null, status = 'faulty', edition = null } = norm ?? {};
    norms.push({ id, title, status, base: norm?.base?.id ?? null, edition, problems: problems.length });
  }
  const { language } = terminal.options;
  terminal.result(norms, () =>
    norms.length > 0
      ? renderTable(
          listHeadings.map((heading) => ({ heading: heading[language] })),
          norms.map(({ id, title, status, base, edition }) => [
            ...[id, edition?.slice(0, 12) ?? '', statuses[status][language], base ?? '', title?.[language] ?? ''],
          ]),
        )
      : terminal.say({ zh: `${rulebookDir} 中没有规范`, en: `there are no norms in ${rulebookDir}` }),
  );
}

const listHeadings: readonly Bilingual[] = [
  { zh: '规范', en: 'Norm' },
  { zh: '版本', en: 'Edition' },
  { zh: '状态', en: 'Status' },
  { zh: '所依据的规范', en: 'Extends' },
  { zh: '名称', en: 'Title' },
];
const statuses: Readonly<Record<ListedNorm['status'], Bilingual>> = {
  usable: { zh: '可用', en: 'usable' },
  skeleton: { zh: '骨架', en: 'skeleton' },
  faulty: { zh: '有误，见 gep norm check', en: 'faulty, see gep norm check' },
};

async function listPublished(terminal: Terminal): Promise<void> {
  const editions = await reading((tx) => listEditions(tx));
  const { language } = terminal.options;
  const headings: Bilingual[] = [
    { zh: '规范', en: 'Norm' },
    { zh: '版本', en: 'Edition' },
    { zh: '', en: '' },
    { zh: '发布时间（北京）', en: 'Published (Beijing time)' },
    { zh: '发布人', en: 'By' },
    { zh: '名称', en: 'Title' },
  ];
  const rows = editions.map(({ normId, edition, current, publishedAt, publishedBy, title }) => [
    normId,
    edition.slice(0, 12),
    current ? terminal.say({ zh: '现行', en: 'in force' }) : '',
    beijingMoment(publishedAt),
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
  const { edition, changed, known } = await withDatabase(async ({ database }) => {
    const done = await new RulebookService(database).publish(operator, norm);
    const place = norm.place ?? 'CN';
    const versions = await database.snapshot(operator, (tx) => listVersions(tx, [place]));
    return { ...done, known: place === 'CN' || versions.length > 0 };
  });
  if (!known)
    terminal.remark({
      zh: `行政区划中没有 ${norm.place}：在导入该地域（gep territory import；GET /api/v1/territories 列出已有的）之前，没有账户能按此规范核算；若为误写，请改正 place 后重新发布`,
      en: `the tree has no ${norm.place}: until it is imported (gep territory import; GET /api/v1/territories lists those that are there) no account can be made under this norm; if it is a slip, correct place and publish again`,
    });
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
    const skeleton = norm?.status === 'skeleton' ? skeletonText : { zh: '', en: '' };
    const verdict = norm
      ? {
          zh: `${norm.id} @ ${norm.edition}：无问题${skeleton.zh}`,
          en: `${norm.id} @ ${norm.edition}: no problems${skeleton.en}`,
        }
      : { zh: `${problems.length} 个问题`, en: `${problems.length} problem(s)` };
    return [...lines, terminal.say(verdict), ...(counts ? [terminal.say(textOf(counts))] : [])].join('\n');
  });
}

const skeletonText: Bilingual = {
  zh: '；但它只是骨架，尚缺的部分见 gep norm show，不能发布，也不能据以核算',
  en: '; but it is a skeleton: gep norm show tells what it lacks, and it can be neither published nor computed by',
};

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
