/** Names of the tables and columns of a parallel tree, in English and Chinese, and which of them a header has. */
import type { Bilingual } from '@gep/kernel';
import type { TreeProblem } from './errors';

/** A table as a reader of files gives it. */
export interface TreeTable {
  readonly sheet: string;
  /** Names of the columns where the file gives them outright; otherwise they stand in one of the first rows. */
  readonly header?: readonly string[];
  readonly rows: Iterable<{ readonly row: number; readonly cells: readonly unknown[] }>;
}

export const treeTables = ['tree', 'nodes', 'membership'] as const;
export type TreeTableKind = (typeof treeTables)[number];

/** Accepted names; the first is the one that messages use. */
const columns = {
  tree: {
    code: ['code', '代码'],
    nameZh: ['name', 'nameZh', '名称', '中文名', '中文名称'],
    nameEn: ['nameEn', '英文名', '英文名称'],
    kind: ['kind', '类别', '种类'],
    covers: ['covers', '覆盖', '覆盖地域'],
    source: ['source', '来源', '依据'],
    from: ['from', '起', '生效日'],
    to: ['to', '止', '失效日'],
    remark: ['remark', 'note', '备注'],
  },
  nodes: {
    code: ['node', 'code', '节点', '代码'],
    parent: ['parent', '上级', '上级节点'],
    nameZh: ['name', 'nameZh', '名称', '中文名', '中文名称'],
    nameEn: ['nameEn', '英文名', '英文名称'],
    from: ['from', '起', '生效日'],
    to: ['to', '止', '失效日'],
    remark: ['remark', 'note', '备注'],
  },
  membership: {
    unit: ['unit', '单元', '行政单元', '行政区代码'],
    node: ['node', '节点'],
    patch: ['patch', '图斑', '图斑编号'],
    type: ['type', '类型', '生态系统类型'],
    share: ['share', '份额'],
    from: ['from', '起', '生效日'],
    to: ['to', '止', '失效日'],
    source: ['source', '来源', '依据'],
    remark: ['remark', 'note', '备注'],
  },
} satisfies Record<TreeTableKind, Record<string, readonly string[]>>;

const required: Readonly<Record<TreeTableKind, readonly string[]>> = {
  tree: ['code', 'nameZh', 'kind', 'covers', 'source', 'from'],
  nodes: ['code', 'nameZh'],
  membership: ['unit', 'node'],
};
/** A column that no other kind of table has. */
const telling: Readonly<Record<TreeTableKind, string>> = { tree: 'covers', nodes: 'parent', membership: 'unit' };
const sheetNames: Readonly<Record<TreeTableKind, RegExp>> = {
  membership: /membership|归属/i,
  nodes: /node|节点/i,
  tree: /tree|树/i,
};
/** Control characters but line ends and tabs, and halves of characters, neither of which can be stored. */
const unprintable = /[^\P{Cc}\n\r\t]|\p{Cs}/u;
const noControls: Bilingual = {
  zh: '含有控制字符或残缺字符；请删去',
  en: 'it has control characters or halves of characters; take them out',
};
/** Titles and remarks may stand above the header. */
const rowsSearched = 20;

/** One row of a table, its cells as trimmed text by column; empty cells are absent. */
export interface StatedRow {
  readonly sheet: string;
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

const key = (text: unknown): string =>
  String(text ?? '')
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
const textOf = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell).trim() : '';

export const problemAt = (
  { sheet, row }: { readonly sheet: string; readonly row: number },
  column: string,
  value: string,
  code: string,
  text: Bilingual,
): TreeProblem => ({ sheet, row, column, value: value.slice(0, 80), code: `territory.tree-${code}`, text });

/** The column that a name stands for in a table of this kind. */
function columnOf(kind: TreeTableKind, name: unknown): string | undefined {
  const wanted = key(name);
  const entries = Object.entries<readonly string[]>(columns[kind]);
  return entries.find(([, names]) => names.some((one) => key(one) === wanted))?.[0];
}

function kindOf(sheet: string, names: readonly unknown[]): TreeTableKind | undefined {
  const told = treeTables.find((kind) => names.some((name) => columnOf(kind, name) === telling[kind]));
  if (told) return told;
  const named = (['membership', 'nodes', 'tree'] as const).find((kind) => sheetNames[kind].test(sheet));
  return named && required[named].every((column) => names.some((name) => columnOf(named, name) === column))
    ? named
    : undefined;
}

/** Rows of a table under the columns of its kind; what cannot be understood goes to `problems`. */
export function readTreeTable(
  table: TreeTable,
  problems: TreeProblem[],
): { readonly kind: TreeTableKind; readonly rows: readonly StatedRow[] } | undefined {
  const rows: StatedRow[] = [];
  const { sheet, header } = table;
  let kind = header && kindOf(sheet, header);
  let found = kind && headerOf({ sheet, row: 1 }, kind, header!, problems);
  let searched = 0;
  for (const { row, cells } of table.rows) {
    const texts = cells.map(textOf);
    if (texts.every((text) => text === '')) continue;
    if (kind === undefined) {
      searched += 1;
      if (header || searched > rowsSearched) break;
      kind = kindOf(sheet, texts);
      found = kind && headerOf({ sheet, row }, kind, texts, problems);
      continue;
    }
    const stated = texts.flatMap((text, at): [string, string][] => {
      const column = found![at];
      if (column === undefined || column === 'remark' || text === '') return [];
      if (unprintable.test(text))
        problems.push(problemAt({ sheet, row }, column, text, 'cell-unprintable', noControls));
      return [[column, text]];
    });
    rows.push({ sheet, row, cells: Object.fromEntries(stated) });
  }
  if (kind) return { kind, rows };
  problems.push(
    problemAt({ sheet, row: 1 }, '', '', 'table-unknown', {
      zh: '不是 tree（code, name, kind, covers, source, from）、nodes（node, parent, name）或 membership（unit, node, patch, type, share）表；请补上列名',
      en: 'it is none of the tables tree (code, name, kind, covers, source, from), nodes (node, parent, name) and membership (unit, node, patch, type, share); give it their column names',
    }),
  );
  return undefined;
}

/** The column of each name of a header. */
function headerOf(
  at: { readonly sheet: string; readonly row: number },
  kind: TreeTableKind,
  names: readonly string[],
  problems: TreeProblem[],
): readonly (string | undefined)[] {
  const known = Object.values<readonly string[]>(columns[kind]).map(([first]) => first);
  const found = names.map((name) => columnOf(kind, name));
  names.forEach((name, index) => {
    if (name === '') return;
    if (found[index] === undefined)
      problems.push(
        problemAt(at, name, '', 'column-unknown', {
          zh: `不认识的列；可用 ${known.join('、')}`,
          en: `unknown column; the columns are ${known.join(', ')}`,
        }),
      );
    else if (found.indexOf(found[index]) !== index)
      problems.push(problemAt(at, name, '', 'column-twice', { zh: '该列出现两次', en: 'this column stands twice' }));
  });
  for (const column of required[kind]) {
    if (found.includes(column)) continue;
    const [name] = (columns[kind] as Record<string, readonly string[]>)[column];
    problems.push(
      problemAt(at, name, '', 'column-missing', {
        zh: '缺少该列；请补上',
        en: 'this column is missing; add it',
      }),
    );
  }
  return found;
}
