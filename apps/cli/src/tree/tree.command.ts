/** `gep territory tree import|list|show`: watersheds, reserves and project units beside the administrative tree. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import {
  basisOf,
  getTree,
  listTreeMembership,
  listTreeNodes,
  listTrees,
  TreeService,
  type TreeEdition,
  type TreeMembership,
} from '@gep/territory';
import { reading, withDatabase } from '../machine/opened-database.service';
import { renderTable } from '../rendering/text-table';
import { moment, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { loadTreeTables } from './tree-tables.loader';

interface KnownOptions {
  readonly asOf?: Date;
}

export function addTreeCommands(territory: Command, open: () => Terminal): void {
  const tree = territory
    .command('tree')
    .description('parallel trees: watersheds, reserves, project units · 平行树：流域、保护地、项目单元');
  const taken = tree
    .command('import <file...>')
    .description(
      'take in one tree: tables tree, nodes and membership as CSV files, one JSON or one XLSX · 导入一棵树：tree、nodes、membership 三表，CSV 各一文件，或一个 JSON、XLSX',
    )
    .option('--dry-run', 'check everything, keep nothing · 全部检查，不保存')
    .action(async (files: string[], { dryRun }: { dryRun?: true }) => importTree(open(), files, dryRun));
  withExamples(
    taken,
    'gep territory tree import rulebook/territories/demonstration-qing.json --dry-run',
    'gep territory tree import tree.csv nodes.csv membership.csv',
  );
  const list = asKnown(tree.command('list'))
    .description('the trees that are recorded · 已登记的平行树')
    .action(async ({ asOf }: KnownOptions) => {
      const terminal = open();
      const trees = await reading((tx) => listTrees(tx, asOf));
      terminal.result(trees, () => treesTable(trees, terminal));
    });
  withExamples(list, 'gep territory tree list');
  const show = asKnown(tree.command('show <code>'))
    .description('one tree with its nodes and membership · 一棵树的节点与归属')
    .action(async (code: string, { asOf }: KnownOptions) => showTree(open(), code, asOf));
  withExamples(show, 'gep territory tree show demonstration-basins');
}

const asKnown = (command: Command): Command =>
  command.option(
    '--as-of <moment>',
    'as known at this moment, for example 2026-03-01T00:00:00Z; now when absent · 该时刻所知，如 2026-03-01T00:00:00Z；未给出时为现在',
    moment,
  );

async function importTree(terminal: Terminal, files: readonly string[], dryRun?: boolean): Promise<void> {
  const { tables, problems } = await loadTreeTables(files);
  const result = await withDatabase(({ database }) =>
    new TreeService(database).importTree(operator, tables, problems, { dryRun }),
  );
  const { tree, edition, nodes, membership, changed } = result;
  const rows = { zh: `${nodes} 个节点，${membership} 行归属`, en: `${nodes} nodes, ${membership} rows of membership` };
  const said = {
    zh: `${tree} 此前已登记（第 ${edition} 版），未变`,
    en: `${tree} says so already (edition ${edition})`,
  };
  const kept = {
    zh: `${tree} 第 ${edition} 版已登记：${rows.zh}`,
    en: `${tree} recorded, edition ${edition}: ${rows.en}`,
  };
  const wouldBe = {
    zh: `试运行，未登记：${tree} 将为第 ${edition} 版，${rows.zh}`,
    en: `dry run, nothing recorded: ${tree} would be edition ${edition}, ${rows.en}`,
  };
  terminal.result(result, () => terminal.say(!changed ? said : dryRun ? wouldBe : kept));
}

function treesTable(trees: readonly TreeEdition[], { options: { language } }: Terminal): string {
  const headings = {
    zh: ['代码', '名称', '类别', '覆盖', '起', '止', '版', '依据'],
    en: ['code', 'name', 'kind', 'covers', 'from', 'until', 'edition', 'source'],
  }[language];
  return renderTable(
    headings.map((heading) => ({ heading })),
    trees.map((tree) => [
      ...[tree.code, nameIn(tree, language), tree.kind, tree.covers, tree.validFrom, tree.validTo ?? ''],
      ...[String(tree.edition), tree.source],
    ]),
  );
}

const nameIn = ({ nameZh, nameEn }: Pick<TreeEdition, 'nameZh' | 'nameEn'>, language: 'zh' | 'en'): string =>
  language === 'zh' ? nameZh : (nameEn ?? nameZh);

async function showTree(terminal: Terminal, code: string, asOf?: Date): Promise<void> {
  const shown = await reading(async (tx) => {
    const tree = await getTree(tx, code, asOf);
    return { ...tree, nodes: await listTreeNodes(tx, tree), membership: await listTreeMembership(tx, tree) };
  });
  const { language } = terminal.options;
  const words = {
    zh: { nodes: ['节点', '上级', '名称', '起', '止'], rows: ['单元', '节点', '方式', '内容', '份额', '起', '止'] },
    en: {
      nodes: ['node', 'parent', 'name', 'from', 'until'],
      rows: ['unit', 'node', 'by', 'what', 'share', 'from', 'until'],
    },
  }[language];
  const what = (row: TreeMembership): string => row.patch ?? row.type ?? '';
  terminal.result(shown, () =>
    [
      treesTable([shown], terminal),
      renderTable(
        words.nodes.map((heading) => ({ heading })),
        shown.nodes.map((node) => [
          ...[node.code, node.parent ?? code, nameIn(node, language), node.validFrom, node.validTo ?? ''],
        ]),
      ),
      renderTable(
        words.rows.map((heading) => ({ heading })),
        shown.membership.map((row) => [
          ...[row.unit, row.node, basisOf(row), what(row), row.share.toExactText(), row.validFrom, row.validTo ?? ''],
        ]),
      ),
    ].join('\n\n'),
  );
}
