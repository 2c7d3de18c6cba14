/** Explains any figure of an account as a tree: total, category, service, line, and what a line is made of. */
import { Fen, formatYuan, sumFen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { Account, AccountChild, AccountLine } from '../account/account';
import { AccountLineMissing } from '../lacking/errors';
import { textOfDivided, textOfDivision } from './explain-division';
import { excludedNodes } from './explain-counting';
import type { RecordedFlow } from '../flow/declared-flow';
import { LineExplainer } from './explain-line';
import { defaultExplainLimit, ExplainNode, ExplainSelection } from './explain-node';
import { compareCodes, lineKey } from '../account/line-order';
import { ObservedPeriod } from '../account/observed-period';

/**
 * The tree of an observed account, or of the lines selected.
 * @param observed the observation that the account was computed from
 * @throws AccountLineMissing when the selection names nothing
 */
export function explainAccount(
  norm: NormEdition,
  observed: ObservedPeriod,
  account: Account,
  selection: ExplainSelection = {},
): ExplainNode {
  const explainer = new LineExplainer(norm, observed, account.lines, selection);
  return treeOf(norm, account, selection, (line) => explainer.factorsOf(line));
}

/**
 * The tree of an aggregate: each line leads to the same line in the accounts of the children; what is taken back, to the
 * declared flow as well; what was divided, to the whole line, with the split that a share of it came by.
 * @param flows declarations that lines name, by id
 */
export function explainAggregate(
  norm: NormEdition,
  account: Account,
  children: readonly ExplainedChild[],
  flows: ReadonlyMap<string, RecordedFlow>,
  selection: ExplainSelection = {},
): ExplainNode {
  const sorted = [...children].sort((a, b) => compareCodes(a.territory, b.territory));
  return treeOf(norm, account, selection, (line) => {
    const flow = line.flow === undefined ? undefined : flows.get(line.flow);
    return [...childLines(sorted, line, selection), ...(flow ? [flowNode(flow, line)] : [])];
  });
}

/** The account of a child, and by which ways a part of it went in; absent where all of it did. */
export type ExplainedChild = Account & Pick<AccountChild, 'division'>;

function treeOf(
  norm: NormEdition,
  account: Account,
  selection: ExplainSelection,
  below: (line: AccountLine) => ExplainNode[],
): ExplainNode {
  const lines = account.lines.filter((line) => isSelected(line, selection));
  const selected = selection.service !== undefined || selection.type !== undefined || selection.item !== undefined;
  if (selected && lines.length === 0)
    throw new AccountLineMissing(account.territory, account.period, selection, account.lines);
  const categories = [...new Set(lines.map(({ category }) => category))];
  return {
    ...moneyNode('total', account.territory, lines),
    ...textOfTotal(account, selected),
    ...(account.origin === 'divided' && !selected ? { text: textOfDivided(account) } : {}),
    children: [
      ...categories.map((category): ExplainNode => {
        const within = lines.filter((line) => line.category === category);
        const services = norm.services.filter(({ code }) => within.some((line) => line.service === code));
        return {
          ...moneyNode('category', category, within),
          children: services.map(({ code, name }) => {
            const own = within.filter((line) => line.service === code);
            return {
              ...moneyNode('service', code, own),
              name,
              children: own.map((line) => lineNode(line, below(line))),
            };
          }),
        };
      }),
      ...(selected ? [] : excludedNodes(norm)),
    ],
  };
}

function textOfTotal({ coverage: { refusedRows } }: Account, selected: boolean): Pick<ExplainNode, 'text'> {
  if (selected) return { text: { zh: '所选各行之和', en: 'sum of the lines selected' } };
  if (refusedRows === undefined) return {};
  return {
    text: {
      zh: `不完整：有 ${refusedRows} 行观测在导入时被拒绝，未计入`,
      en: `incomplete: ${refusedRows} ${refusedRows === 1 ? 'row of its observations was refused at import and is' : 'rows of its observations were refused at import and are'} not in it`,
    },
  };
}

function isSelected(line: AccountLine, { service, type, item }: ExplainSelection): boolean {
  return (
    (service === undefined || line.service === service) &&
    (type === undefined || line.type === type) &&
    (item === undefined || line.item === item)
  );
}

function moneyNode(
  kind: ExplainNode['kind'],
  code: string,
  lines: readonly AccountLine[],
): Omit<ExplainNode, 'children'> {
  return { kind, code, value: yuan(sumFen(lines.map(({ valueFen }) => valueFen))), unit: 'yuan' };
}

function lineNode(line: AccountLine, children: readonly ExplainNode[]): ExplainNode {
  const code = [line.type, line.item].filter((part) => part !== null).join(' ') || line.service;
  const text = {
    zh: '实物量 × 单价 × γ，四舍五入到分',
    en: 'quantity × price × γ, rounded to the fen',
  };
  return {
    kind: 'line',
    code,
    value: yuan(line.valueFen),
    unit: 'yuan',
    ...(line.type === null ? {} : { type: line.type }),
    ...(line.flow !== undefined
      ? { text: takenBack }
      : children.some(({ division }) => division)
        ? { text: sumOfShares }
        : children.some(({ kind }) => kind === 'child')
          ? { text: sumOfChildren }
          : { text }),
    children,
  };
}

const takenBack = {
  zh: '下级账户中重复计入的部分，按声明扣减一次',
  en: 'what two accounts below both count, taken back once as declared',
};
const sumOfShares = {
  zh: '前身账户同一行中划入的部分之和，各后继合计恰为前身，不再相乘取整',
  en: 'sum of what came of the same line in the accounts of the predecessors; over all successors that is the whole line, and nothing is multiplied or rounded anew',
};
const sumOfChildren = { zh: '下级账户同一行之和', en: 'sum of the same line in the accounts below' };

function childLines(
  children: readonly ExplainedChild[],
  line: AccountLine,
  selection: ExplainSelection,
): ExplainNode[] {
  const { offset = 0, limit = defaultExplainLimit } = selection;
  const key = lineKey(line);
  const all = children.flatMap((child) => {
    const same = child.lines.find((each) => lineKey(each) === key);
    return same ? [{ child, same }] : [];
  });
  const shown = all.slice(offset, offset + limit);
  const quantity: ExplainNode = {
    kind: 'quantity',
    code: line.service,
    value: String(line.quantity),
    unit: line.unit,
    page: { total: all.length, offset, shown: shown.length },
    children: [],
  };
  return [
    quantity,
    ...shown.map(({ child, same }): ExplainNode => ({
      kind: 'child',
      code: child.territory,
      value: yuan(same.valueFen),
      unit: 'yuan',
      account: { territory: child.territory, digest: child.digest },
      ...(child.division && { division: child.division, text: textOfDivision(child.division) }),
      children: [{ kind: 'quantity', code: same.service, value: String(same.quantity), unit: same.unit, children: [] }],
    })),
  ];
}

/** Who declared what, since when and why; a stranger to the declaration sees the line without it. */
function flowNode(flow: RecordedFlow, line: AccountLine): ExplainNode {
  const { supplier, beneficiary, amount, from, reason, source, withdrawn } = flow;
  const [zhAmount, enAmount] =
    'share' in amount
      ? [`供给量的 ${amount.share.toExactText()}`, `${amount.share.toExactText()} of the supply`]
      : [
          `每年 ${amount.quantity.toExactText()} ${amount.unit}`,
          `${amount.quantity.toExactText()} ${amount.unit} a year`,
        ];
  const [zhEnd, enEnd] = withdrawn ? ['（其后已撤回）', ' (withdrawn since)'] : ['', ''];
  return {
    kind: 'flow',
    code: flow.id,
    value: String(line.quantity),
    unit: line.unit,
    from,
    text: {
      zh: `${supplier} 供给、${beneficiary} 也计入：${zhAmount}；理由：${reason}；依据：${source}${zhEnd}`,
      en: `supplied by ${supplier} and counted by ${beneficiary} as well: ${enAmount}; reason: ${reason}; source: ${source}${enEnd}`,
    },
    children: [],
  };
}

const yuan = (fen: Fen): string => formatYuan(fen);
