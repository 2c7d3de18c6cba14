/** Reads the tables of a parallel tree into a statement; every cell that cannot be read is told at its place. */
import { Fraction, isTerritoryCode, type Bilingual } from '@gep/kernel';
import { isDay, type Validity } from '../validity';
import type { TreeProblem } from './errors';
import { everyType, treeKinds, type TreeHead, type TreeKind, type TreeMembership, type TreeNode } from './tree';
import { problemAt, readTreeTable, treeTables, type StatedRow, type TreeTable } from './tree-columns';

/** A row with the place it was read from. */
export interface Placed<T> {
  readonly value: T;
  readonly at: { readonly sheet: string; readonly row: number };
}

/** What the tables say, row by row, before the rows are held against each other. */
export interface PlacedTree {
  readonly head: TreeHead;
  readonly nodes: readonly Placed<TreeNode>[];
  readonly membership: readonly Placed<TreeMembership>[];
}

const codeShape = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;
const longestName = 200;
const longestPatch = 200;

type Refuse = (column: string, value: string, code: string, text: Bilingual) => undefined;

/**
 * Tables of one tree: `tree` with one row, `nodes`, `membership`; each may be spread over several tables. Days that a node
 * leaves out are those of the tree, days that a membership leaves out are those of its node.
 * @returns the tree unless its own row cannot be read
 */
export function readTree(tables: readonly TreeTable[], problems: TreeProblem[]): PlacedTree | undefined {
  const read = tables.flatMap((table) => readTreeTable(table, problems) ?? []);
  const rowsOf = (kind: string): StatedRow[] => read.filter((one) => one.kind === kind).flatMap(({ rows }) => rows);
  for (const kind of treeTables) {
    if (read.some((one) => one.kind === kind)) continue;
    const text = { zh: `没有 ${kind} 表；请一并给出`, en: `there is no table ${kind}; give it as well` };
    problems.push(problemAt({ sheet: kind, row: 0 }, '', '', 'table-missing', text));
  }
  const [first, second] = rowsOf('tree');
  if (second)
    problems.push(
      problemAt(second, '', '', 'two-trees', {
        zh: '一次导入一棵树；请分开导入',
        en: 'one import is one tree; import them one after the other',
      }),
    );
  const head = first && readHead(first, refusing(first, problems));
  if (!head) return undefined;
  const nodes = rowsOf('nodes').flatMap((row) => readNode(row, head, refusing(row, problems)) ?? []);
  const spans = new Map(nodes.map(({ value }) => [value.code, value]));
  const membership = rowsOf('membership').flatMap(
    (row) => readMembership(row, spans.get(row.cells.node) ?? head, refusing(row, problems)) ?? [],
  );
  return { head, nodes, membership };
}

const refusing =
  (row: StatedRow, problems: TreeProblem[]): Refuse =>
  (column, value, code, text) =>
    void problems.push(problemAt(row, column, value, code, text));

function readHead({ cells }: StatedRow, refuse: Refuse): TreeHead | undefined {
  const code = codeIn(cells.code, 'code', refuse);
  const names = namesIn(cells, refuse);
  const kind = kindIn(cells.kind, refuse);
  const span = spanIn(cells, undefined, refuse);
  const covers = unitIn(cells.covers, 'covers', refuse);
  const source = cells.source ?? needed('source', refuse);
  if (!code || !names || !kind || !span || !covers || !source) return undefined;
  return { code, ...names, kind, covers, source, ...span };
}

function readNode({ cells, ...at }: StatedRow, head: TreeHead, refuse: Refuse): Placed<TreeNode> | undefined {
  const code = codeIn(cells.code, 'node', refuse);
  const names = namesIn(cells, refuse);
  const span = spanIn(cells, head, refuse);
  const parent = cells.parent === undefined || cells.parent === head.code ? null : cells.parent;
  return code && names && span ? { value: { code, parent, ...names, ...span }, at } : undefined;
}

function readMembership(
  { cells, ...at }: StatedRow,
  within: Validity,
  refuse: Refuse,
): Placed<TreeMembership> | undefined {
  const unit = unitIn(cells.unit, 'unit', refuse);
  const node = cells.node ?? needed('node', refuse);
  const span = spanIn(cells, within, refuse);
  const share = shareIn(cells.share, refuse);
  const { patch = null, source = null } = cells;
  const type = cells.type ?? (cells.share !== undefined && patch === null ? everyType : null);
  if (patch !== null && (type !== null || cells.share !== undefined))
    return refuse('patch', patch, 'patch-with-share', {
      zh: '一行或按图斑、或按份额，不能兼有；请分成两行，份额行只写 unit、node、type、share',
      en: 'a row goes by patch or by share, not by both; make two rows, the one of the share with unit, node, type and share',
    });
  if (patch !== null && (patch === '*' || patch.slice(0, -1).includes('*') || patch.length > longestPatch))
    return refuse('patch', patch, 'patch-shape', {
      zh: '图斑应为名称，或以 * 结尾的开头部分（如 520523-a-*）；整个单元请留空',
      en: 'a patch is a name, or the beginning of names followed by one * (520523-a-*); for the whole unit leave it empty',
    });
  if (!unit || !node || !span || !share) return undefined;
  return { value: { unit, node, patch, type, share, source, ...span }, at };
}

function needed(column: string, refuse: Refuse): undefined {
  return refuse(column, '', 'cell-missing', { zh: '不能为空；请填写', en: 'must not be empty; fill it in' });
}

function codeIn(text: string | undefined, column: string, refuse: Refuse): string | undefined {
  if (text === undefined) return needed(column, refuse);
  if (codeShape.test(text)) return text;
  return refuse(column, text, 'code-shape', {
    zh: '代码应为 1 至 64 个字母、数字、点或连字符，以字母或数字开头',
    en: 'a code has 1 to 64 letters, digits, points and hyphens and begins with a letter or digit',
  });
}

function unitIn(text: string | undefined, column: string, refuse: Refuse): string | undefined {
  if (text === undefined) return needed(column, refuse);
  if (isTerritoryCode(text)) return text;
  return refuse(column, text, 'unit-shape', {
    zh: '应为行政区划代码：CN、6、9、12 位数字或地块代码',
    en: 'must be the code of a territory: CN, 6, 9 or 12 digits, or a site',
  });
}

function namesIn(
  { nameZh, nameEn = '' }: StatedRow['cells'],
  refuse: Refuse,
): Pick<TreeNode, 'nameZh' | 'nameEn'> | undefined {
  if (nameZh === undefined) return needed('name', refuse);
  if (nameZh.length <= longestName && nameEn.length <= longestName) return { nameZh, nameEn: nameEn || null };
  return refuse('name', nameZh, 'name-long', {
    zh: `名称至多 ${longestName} 字`,
    en: `a name has at most ${longestName} characters`,
  });
}

const kindWords: Readonly<Record<string, TreeKind>> = { 流域: 'watershed', 保护地: 'reserve', 项目: 'project' };

function kindIn(text: string | undefined, refuse: Refuse): TreeKind | undefined {
  if (text === undefined) return needed('kind', refuse);
  const kind = treeKinds.find((one) => one === text) ?? kindWords[text];
  if (kind) return kind;
  return refuse('kind', text, 'kind-unknown', {
    zh: `类别应为 ${treeKinds.join('、')}（流域、保护地、项目）`,
    en: `the kind is one of ${treeKinds.join(', ')}`,
  });
}

function spanIn(cells: StatedRow['cells'], within: Validity | undefined, refuse: Refuse): Validity | undefined {
  const validFrom = cells.from ?? within?.validFrom;
  const validTo = cells.to ?? within?.validTo ?? null;
  if (validFrom === undefined) return needed('from', refuse);
  const wrong = [validFrom, ...(validTo === null ? [] : [validTo])].find((text) => !isDay(text));
  if (wrong !== undefined)
    return refuse(cells.from === wrong ? 'from' : 'to', wrong, 'day-shape', {
      zh: '日期应写成 YYYY-MM-DD 的文本',
      en: 'days are written as text, YYYY-MM-DD',
    });
  if (validTo !== null && validTo <= validFrom)
    return refuse('to', validTo, 'span-empty', {
      zh: `止日须晚于起日 ${validFrom}`,
      en: `it must end after the day on which it begins, ${validFrom}`,
    });
  return { validFrom, validTo };
}

function shareIn(text: string | undefined, refuse: Refuse): Fraction | undefined {
  if (text === undefined) return Fraction.one;
  const share = Fraction.parse(text);
  if (share && share.compare(Fraction.zero) > 0 && share.compare(Fraction.one) <= 0) return share;
  return refuse('share', text, 'share-shape', {
    zh: '份额应为大于 0、不超过 1 的小数或分数（如 0.4、1/3）',
    en: 'a share is a decimal or fraction above 0 and at most 1 (0.4, 1/3)',
  });
}
