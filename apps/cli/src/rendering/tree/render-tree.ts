/** The accounts of a parallel tree as text: all nodes with their totals, and one with its lines and parts. */
import type { ToldPart, TreeAnswer } from '@gep/accounting';
import { sumInOrder, type Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { formatQuantity, showUnit, showYuan } from '../figures';
import { categoryNames, type Names } from '../render-account';
import { renderTable } from '../text-table';

const words = {
  node: { zh: '节点', en: 'Node' },
  name: { zh: '名称', en: 'Name' },
  area: { zh: '面积', en: 'Area' },
  yuan: { zh: '价值量（元）', en: 'Value (yuan)' },
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  quantity: { zh: '实物量', en: 'Quantity' },
  unit: { zh: '单位', en: 'Unit' },
  whole: { zh: '全域', en: 'whole territory' },
  part: { zh: '行政单元', en: 'Unit of the account' },
  by: { zh: '依据', en: 'By' },
  vintage: { zh: '版次', en: 'Vintage' },
  account: { zh: '账户', en: 'Account' },
  incomplete: {
    zh: '不完整：某些单元的账户缺失或不完整',
    en: 'Incomplete: the account of some unit is missing or incomplete',
  },
} satisfies Record<string, Bilingual>;

const bases: Readonly<Record<ToldPart['basis'], Bilingual>> = {
  whole: { zh: '整个单元', en: 'all of it' },
  patch: { zh: '图斑', en: 'patches' },
  share: { zh: '份额', en: 'shares' },
  rest: { zh: '其余', en: 'the rest' },
};
const reasons: Readonly<Record<TreeAnswer['idle'][number]['reason'], Bilingual>> = {
  'no-account': { zh: '该期没有此单元的账户', en: 'no account of the unit in this period' },
  overruled: { zh: '其下各单元另有归属', en: 'the units below have rows of their own' },
  'no-patch': { zh: '该期的观测中没有这样的图斑', en: 'no such patch is observed in this period' },
  'no-type': { zh: '该期的账户中没有此类型', en: 'the account has no such type in this period' },
};

/** @param detailed also the lines of the node that was asked for, and what it was added up from */
export function renderTree(answer: TreeAnswer, names: Names, language: Language, detailed: boolean): string {
  const { tree, period, norm, scope, node } = answer;
  const say = (text: Bilingual): string => text[language];
  const title = `${language === 'zh' ? tree.nameZh : (tree.nameEn ?? tree.nameZh)} · ${period} · ${norm.id} @ ${norm.edition.slice(0, 12)}`;
  return [
    `${title}\n${say(scope)}`,
    renderNodes(answer, language),
    ...(detailed ? [renderLines(node, names, language), renderParts(node.parts, language)] : []),
    ...(node.coverage.complete ? [] : [say(words.incomplete)]),
    ...renderIdle(answer, say),
  ].join('\n\n');
}

function renderNodes({ nodes }: TreeAnswer, language: Language): string {
  const categories = [...new Set(nodes.flatMap(({ totals }) => Object.keys(totals.byCategory)))];
  const [{ areaUnit }] = nodes;
  return renderTable(
    [
      { heading: words.node[language] },
      { heading: words.name[language] },
      { heading: `${words.area[language]} (${showUnit(areaUnit, language)})`, numeric: 'point' },
      ...categories.map((code) => ({ heading: categoryNames[code]?.[language] ?? code, numeric: true })),
      { heading: words.yuan[language], numeric: true },
    ],
    nodes.map(({ code, nameZh, nameEn, depth, areaByType, totals }) => [
      `${'  '.repeat(depth)}${code}`,
      language === 'zh' ? nameZh : (nameEn ?? nameZh),
      formatQuantity(sumInOrder(Object.values(areaByType))),
      ...categories.map((category) => showYuan(totals.byCategory[category] ?? 0n)),
      showYuan(totals.totalFen),
    ]),
  );
}

function renderLines({ code, lines }: TreeAnswer['node'], names: Names, language: Language): string {
  const table = renderTable(
    [
      { heading: words.service[language] },
      { heading: words.type[language] },
      { heading: words.quantity[language], numeric: 'point' },
      { heading: words.unit[language] },
      { heading: words.yuan[language], numeric: true },
    ],
    lines.map(({ service, type, item, quantity, unit, valueFen }) => [
      item === null ? names(service) : `${names(service)} / ${names(item)}`,
      type === null ? words.whole[language] : names(type),
      formatQuantity(quantity),
      showUnit(unit, language),
      showYuan(valueFen),
    ]),
  );
  return `${code}\n${table}`;
}

function renderParts(parts: readonly ToldPart[], language: Language): string {
  return renderTable(
    [
      { heading: words.part[language] },
      { heading: words.node[language] },
      { heading: words.by[language] },
      { heading: words.yuan[language], numeric: true },
      { heading: words.vintage[language] },
      { heading: words.account[language] },
    ],
    parts.map(({ territory, node, basis, totalFen, vintage, accountId }) => [
      ...[territory, node, bases[basis][language], showYuan(totalFen), `v${vintage}`, accountId],
    ]),
  );
}

function renderIdle({ idle, idleCount }: TreeAnswer, say: (text: Bilingual) => string): string[] {
  if (idleCount === 0) return [];
  const head = {
    zh: `${idleCount} 行归属在本期没有作用：`,
    en: `${idleCount} rows of membership decided nothing in this period:`,
  };
  const rows = idle.map(
    ({ unit, node, patch, type, reason }) =>
      `  ${[unit, patch ?? type].filter(Boolean).join(' ')} → ${node}: ${say(reasons[reason])}`,
  );
  return [[say(head), ...rows, ...(idleCount > idle.length ? ['  …'] : [])].join('\n')];
}
