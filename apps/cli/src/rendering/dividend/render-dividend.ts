/** Writes dividends for a terminal: figures, plan, vote, sums, steps, and what a worker does. */
import type { Bilingual } from '@gep/kernel';
import {
  codeOfDividend,
  type Dividend,
  type DividendLine,
  type DividendPlan,
  type DividendView,
} from '@gep/procurement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { nameOfAct, nameOfState } from '../deed/subject-kinds';
import { type Head, renderList } from '../listed';
import { beijingMoment } from '../../terminal/beijing-time';

const heads: readonly Head[] = [
  { zh: '代码', en: 'Code', most: 40 },
  { zh: '公司', en: 'Company', most: 24 },
  { zh: '期间', en: 'Period' },
  { zh: '状态', en: 'State' },
  { zh: '收入（元）', en: 'Income (yuan)', numeric: 'point' },
  { zh: '成本（元）', en: 'Cost (yuan)', numeric: 'point' },
  { zh: '公积公益金（元）', en: 'Reserve (yuan)', numeric: 'point' },
  { zh: '分红（元）', en: 'Dividend (yuan)', numeric: 'point' },
  { zh: '户数', en: 'Owners', numeric: true },
  { zh: '编号', en: 'Id' },
];
const none: Bilingual = {
  zh: '没有分红（结账后 gep dividend plan；npm start 的演示未填完时请稍候）',
  en: 'there is no dividend (gep dividend plan, after the period is closed; that of a demonstration comes before npm start says that it is filled)',
};

/** By company and period. */
export function renderDividends(
  dividends: readonly (Dividend & { readonly state: string })[],
  language: Language,
): string {
  const ordered = dividends.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const rows = ordered.map(({ id, company, period, round, state, incomeFen, costFen, plan, allotment }) => [
    ...[codeOfDividend({ company, period, round }), company, period, nameOfState('dividend', state)[language]],
    ...[showYuan(incomeFen), showYuan(costFen)],
    ...(plan ? [showYuan(plan.reserveFen), showYuan(plan.dividendFen)] : ['', '']),
    ...[String(allotment?.owners ?? ''), id],
  ]);
  return renderList(language, heads, rows, none);
}

const placeOf = ({ company, period, round }: Dividend): string => `${company} ${period} ${round}`;

/** Where the money of one line is. */
export const nameOfLineState: Readonly<Record<DividendLine['state'], Bilingual>> = {
  allotted: { zh: '已分配，未入账', en: 'allotted' },
  declared: { zh: '应付', en: 'owed' },
  held: { zh: '有异议，暂不支付', en: 'held: disputed' },
  paid: { zh: '已付', en: 'paid' },
  returned: { zh: '银行退回，仍应付', en: 'returned by the bank, still owed' },
  'set-aside': { zh: '未领，仍应付', en: 'unclaimed, still owed' },
  claimed: { zh: '已领取', en: 'claimed' },
};
const countings: Readonly<Record<DividendPlan['counting'], Bilingual>> = {
  'record-date': { zh: '按登记日', en: 'by the record date' },
  'days-held': { zh: '按持有天数', en: 'by days held' },
};

const words = {
  zh: {
    ...{
      lines: (count: number) => `${count} 行`,
      yuan: '元',
      working: '办理中',
      rule: '规则',
      recordDate: '登记日',
      vote: '表决',
      of: '共',
      attended: '参加',
      inFavour: '赞成',
    },
    ...{ root: '证明的根', total: '总额（分）', retained: '留存（元）', failed: '未办成' },
  },
  en: {
    ...{
      lines: (count: number) => `${count} lines`,
      yuan: 'yuan',
      working: 'under way',
      rule: 'Rule',
      recordDate: 'Record date',
      vote: 'Vote',
      of: 'of',
      attended: 'attended',
      inFavour: 'in favour',
    },
    ...{ root: 'Root of proofs', total: 'total in fen', retained: 'retained (yuan)', failed: 'Failed' },
  },
} as const;

export function renderDividend(view: DividendView, language: Language): string {
  const said = words[language];
  const { plan, vote, allotment, task, steps, apart } = view;
  const stateSaid = (of: string): string => nameOfState('dividend', of)[language];
  const actSaid = (of: string): string => nameOfAct('dividend', of)[language];
  const lines = [renderDividends([view], language)];
  if (plan)
    lines.push(
      `${said.rule}: ${plan.policy} @ ${plan.ruleEdition.slice(0, 12)}…; ${said.recordDate}: ${plan.recordDate} (${countings[plan.counting][language]}); ${said.retained} ${showYuan(plan.retainedFen)}`,
    );
  if (vote)
    lines.push(
      `${said.vote} ${vote.heldOn}: ${said.of} ${vote.members}, ${said.attended} ${vote.attended}, ${said.inFavour} ${vote.inFavour}`,
    );
  if (allotment) lines.push(`${said.root}: ${allotment.root}; ${said.total}: ${allotment.dividendFen}`);
  for (const { state, lines: count, leftFen } of apart)
    lines.push(`${nameOfLineState[state][language]}: ${said.lines(count)}, ${showYuan(leftFen)} ${said.yuan}`);
  for (const { no, act, to, actorName, at } of steps)
    lines.push(`${no}. ${actSaid(act)} → ${stateSaid(to)}  ${actorName}  ${beijingMoment(at)}`);
  if (task?.failure)
    lines.push(`${said.failed} (${actSaid(task.act)}): ${task.failure.text[language]} [${task.failure.code}]`);
  else if (task && task.doneAt === null)
    lines.push(`${actSaid(task.act)}: ${said.working} (${said.lines(task.doneRows)})`);
  return lines.join('\n');
}
