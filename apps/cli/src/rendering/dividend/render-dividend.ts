/** Writes dividends for a terminal: figures, plan, vote, sums, steps, and what a worker does. */
import type { Dividend, DividendView } from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

const heads = {
  zh: ['分红', '公司', '期间', '收入（元）', '成本', '公积公益金', '分红', '户数'],
  en: ['Dividend', 'Company', 'Period', 'Income (yuan)', 'Cost', 'Reserve', 'Dividends', 'Owners'],
} as const;

export function renderDividends(dividends: readonly Dividend[], language: Language): string {
  return renderTable(
    heads[language].map((heading, at) => ({ heading, numeric: at > 2 })),
    dividends.map(({ id, company, period, incomeFen, costFen, plan, allotment }) => [
      ...[id, company, period, showYuan(incomeFen), showYuan(costFen)],
      ...(plan ? [showYuan(plan.reserveFen), showYuan(plan.dividendFen)] : ['', '']),
      String(allotment?.owners ?? ''),
    ]),
  );
}

const words = {
  zh: {
    ...{
      state: '状态',
      rule: '规则',
      recordDate: '登记日',
      vote: '表决',
      of: '共',
      attended: '参加',
      inFavour: '赞成',
    },
    ...{ root: '证明的根', total: '总额（分）', retained: '留存', failed: '未办成' },
  },
  en: {
    ...{
      state: 'State',
      rule: 'Rule',
      recordDate: 'Record date',
      vote: 'Vote',
      of: 'of',
      attended: 'attended',
      inFavour: 'in favour',
    },
    ...{ root: 'Root of proofs', total: 'total in fen', retained: 'retained', failed: 'Failed' },
  },
} as const;

export function renderDividend(view: DividendView, language: Language): string {
  const said = words[language];
  const { plan, vote, allotment, task, steps, apart } = view;
  const lines = [renderDividends([view], language), `${said.state}: ${view.state}`];
  if (plan)
    lines.push(
      `${said.rule}: ${plan.policy} @ ${plan.ruleEdition.slice(0, 12)}…; ${said.recordDate}: ${plan.recordDate} (${plan.counting}); ${said.retained} ${showYuan(plan.retainedFen)}`,
    );
  if (vote)
    lines.push(
      `${said.vote} ${vote.heldOn}: ${said.of} ${vote.members}, ${said.attended} ${vote.attended}, ${said.inFavour} ${vote.inFavour}`,
    );
  if (allotment) lines.push(`${said.root}: ${allotment.root}; ${said.total}: ${allotment.dividendFen}`);
  for (const { state, lines: count, leftFen } of apart) lines.push(`${state}: ${count}, ${showYuan(leftFen)}`);
  for (const { no, act, to, actorName, at } of steps)
    lines.push(`${no}. ${act} → ${to}  ${actorName}  ${beijingMoment(at)}`);
  if (task?.failure) lines.push(`${said.failed} (${task.act}): ${task.failure.text[language]} [${task.failure.code}]`);
  else if (task && task.doneAt === null) lines.push(`${task.act}: ${task.stage} ${task.doneRows}`);
  return lines.join('\n');
}
