/** What parallel trees are refused for, and how to mend it. */
import { Bilingual, DomainError } from '@gep/kernel';

/** One thing wrong with one cell of the tables of a tree. */
export interface TreeProblem {
  readonly sheet: string;
  /** As its author sees it: the header of a sheet is row 1, the first item of a JSON list too. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  /** What is wrong and how to mend it. */
  readonly text: Bilingual;
}

/** Problems told in the message itself; the rest is in its facts. */
const told = 5;

/** The tables do not make a tree; nothing was recorded. */
export class TreeRefused extends DomainError {
  readonly code = 'territory.tree-refused';
  readonly kind = 'invalid';
  constructor(problems: readonly TreeProblem[]) {
    const say = (language: 'zh' | 'en'): string =>
      problems
        .slice(0, told)
        .map(({ sheet, row, column, value, text }) => {
          const place = [sheet, row, column].filter((part) => part !== '').join(':');
          return `\n  ${place}${value === '' ? '' : ` “${value}”`} ${text[language]}`;
        })
        .join('');
    const count = problems.length;
    super(
      {
        zh: `平行树未导入：${count} 处有误${count > told ? `，前 ${told} 处` : ''}：${say('zh')}`,
        en: `the parallel tree is not imported: ${count} problem(s)${count > told ? `, the first ${told}` : ''}:${say('en')}`,
      },
      { count, problems: problems.slice(0, 100) },
    );
  }
}

/** No such tree, or none was recorded by that moment, or it does not hold on that day. */
export class TreeMissing extends DomainError {
  readonly code = 'territory.tree-missing';
  readonly kind = 'missing';
  constructor(tree: string, { asOf, day }: { readonly asOf?: Date; readonly day?: string } = {}) {
    const moment = asOf?.toISOString();
    const [zhDay, enDay] = day ? [`在 ${day} 有效`, ` that holds on ${day}`] : ['', ''];
    const [zhKnown, enKnown] = moment ? [`截至 ${moment} `, ` as of ${moment}`] : ['', ''];
    super(
      {
        zh: `${zhKnown}没有代码为“${tree}”${zhDay && '、'}${zhDay}的平行树；已有的及其期间见 gep territory tree list 或 GET /api/v1/trees`,
        en: `there is no parallel tree "${tree}"${enDay}${enKnown}; gep territory tree list or GET /api/v1/trees shows those that are there, and when they hold`,
      },
      { tree, ...(moment && { asOf: moment }), ...(day && { day }) },
    );
  }
}

/** The tree is there, but not this node, or neither of them on that day. */
export class TreeNodeMissing extends DomainError {
  readonly code = 'territory.tree-node-missing';
  readonly kind = 'missing';
  constructor(tree: string, node: string, date: string, known: readonly string[]) {
    const some = known.slice(0, 20).join(', ');
    super(
      {
        zh: `平行树 ${tree} 在 ${date} 没有节点“${node}”；当日的节点：${some}`,
        en: `the parallel tree ${tree} has no node "${node}" on ${date}; it has ${some}`,
      },
      { tree, node, date, known: known.slice(0, 100) },
    );
  }
}
