/** Shows records, measures and queries of credit for people. */
import {
  type CreditAnswer,
  type CreditEvent,
  type CreditRun,
  eventSteps,
  type ExplainedScore,
  type GradeTable,
  type LoanDecisionRow,
  type MeasureView,
  measureSteps,
  type Objection,
  type OwnRecord,
  type Reading,
  type ScoreNotice,
  type ScoreReason,
  type SubjectRow,
} from '@gep/credit';
import { formatYuan, type Bilingual } from '@gep/kernel';
import type { CreditLoanObstacle } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';
import { type ItemNames, itemKey, nameOfReading, outcomeText, purposeText } from './credit-words';

const headings = {
  act: { zh: '行为', en: 'Behaviour' },
  day: { zh: '日期', en: 'Day' },
  times: { zh: '次数', en: 'Times' },
  points: { zh: '清单分值', en: 'Points' },
  counted: { zh: '计入', en: 'Counted' },
  why: { zh: '原因', en: 'Reason' },
  event: { zh: '记录', en: 'Entry' },
  subject: { zh: '主体', en: 'Subject' },
  kind: { zh: '种类', en: 'Kind' },
  place: { zh: '地域', en: 'Territory' },
  state: { zh: '状态', en: 'State' },
  from: { zh: '自何日计入', en: 'Counts from' },
  item: { zh: '措施', en: 'Measure' },
  law: { zh: '依据', en: 'Law' },
  until: { zh: '至', en: 'Until' },
  grade: { zh: '等级', en: 'Grade' },
  who: { zh: '查看人', en: 'Reader' },
  when: { zh: '时间', en: 'When' },
  what: { zh: '内容', en: 'What' },
  purpose: { zh: '用途', en: 'Purpose' },
  grounds: { zh: '理由', en: 'Grounds' },
  outcome: { zh: '结果', en: 'Outcome' },
  total: { zh: '合计', en: 'Total' },
  score: { zh: '得分', en: 'Score' },
  measure: { zh: '措施编号', en: 'Id' },
  objection: { zh: '异议', en: 'Objection' },
  about: { zh: '对何', en: 'About' },
  due: { zh: '应办结日', en: 'Due' },
  consent: { zh: '同意', en: 'Consent' },
  loan: { zh: '贷款', en: 'Loan' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  months: { zh: '月数', en: 'Months' },
  most: { zh: '至多（元）', en: 'At most (yuan)' },
} satisfies Record<string, Bilingual>;

function table(
  language: Language,
  names: readonly (keyof typeof headings)[],
  rows: readonly (readonly string[])[],
): string {
  return renderTable(
    names.map((name) => ({ heading: headings[name][language] })),
    rows,
  );
}

const reasons: Readonly<Record<ScoreReason, Bilingual>> = {
  counted: { zh: '计入', en: 'counted' },
  capped: { zh: '计入到年度上限', en: 'counted up to the yearly cap' },
  'cap-reached': { zh: '已达年度上限', en: 'yearly cap reached' },
  decayed: { zh: '按年衰减', en: 'decayed by years' },
  expired: { zh: '已过期', en: 'expired' },
  paused: { zh: '有异议，暂停', en: 'paused by an objection' },
  'not-yet': { zh: '尚未生效', en: 'does not count yet' },
  repaired: { zh: '已修复', en: 'repaired' },
  voided: { zh: '已更正', en: 'voided by correction' },
  returned: { zh: '已退回', en: 'returned' },
  unconfirmed: { zh: '待核对', en: 'not checked yet' },
};

export function renderScore(score: ExplainedScore, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const lines = score.lines.map((line) => [
    ...[line.event, line.day, line.name[language], String(line.times), line.points, line.counted],
    line.reasons.map((reason) => reasons[reason][language]).join(say('，', ', ')),
  ]);
  const grade = score.grade === null ? '' : say(`，等级 ${score.grade}`, `, grade ${score.grade}`);
  const bounded = score.bounded ? say('（已到上下限）', ' (at its bound)') : '';
  return [
    say(
      `${score.asOf} 得分 ${score.score}${bounded}${grade}（基础分 ${score.base}，规则 ${score.edition.slice(0, 12)}）`,
      `${score.asOf}: score ${score.score}${bounded}${grade} (base ${score.base}, rule ${score.edition.slice(0, 12)})`,
    ),
    ...(lines.length > 0 ? [table(language, ['event', 'day', 'act', 'times', 'points', 'counted', 'why'], lines)] : []),
  ].join('\n');
}

/** Scores from a table of events; the entries of one unit with their reasons. */
export function renderRun({ rule, edition, asOf, units }: CreditRun, language: Language, told: boolean): string {
  const head = `${rule} @ ${edition.slice(0, 12)} · ${asOf}`;
  if (told) return [head, ...units.map((one) => `${one.unit}\n${renderScore(one, language)}`)].join('\n\n');
  const rows = units.map(({ unit, score, grade }) => [unit, score, grade ?? '']);
  return [head, table(language, ['subject', 'score', 'grade'], rows)].join('\n');
}

export const renderSubjects = (found: readonly SubjectRow[], language: Language): string =>
  table(
    language,
    ['subject', 'kind', 'place', 'from'],
    found.map(({ id, kind, territoryPath, since }) => [id, kind, territoryPath.split('.').at(-1)!, since]),
  );

export const renderReadings = (found: readonly Reading[], language: Language): string =>
  table(
    language,
    ['when', 'who', 'what', 'purpose'],
    found.map(({ readAt, readerName, what, purpose }) => [
      ...[readAt.toISOString(), readerName, nameOfReading[what][language], purposeText(purpose, language)],
    ]),
  );

export const renderEntries = (found: readonly CreditEvent[], language: Language): string =>
  table(
    language,
    ['event', 'subject', 'day', 'act', 'times', 'state', 'from'],
    found.map(({ id, subjectId, day, behaviour, times, state, effectiveFrom }) => [
      ...[id, subjectId, day, behaviour, String(times), eventSteps.nameOfState[state][language], effectiveFrom ?? ''],
    ]),
  );

/** @param due days by which open ones have to be handled, by id */
export const renderObjections = (
  found: readonly Objection[],
  due: ReadonlyMap<string, string>,
  language: Language,
): string =>
  table(
    language,
    ['objection', 'subject', 'about', 'grounds', 'due', 'outcome'],
    found.map((one) => [
      ...[one.id, one.subjectId, one.eventId ?? one.measureId ?? '', one.grounds, due.get(one.id) ?? ''],
      outcomeText(one, language),
    ]),
  );

/** Corrections of scores that the reader was told before. */
export const renderNotices = (found: readonly ScoreNotice[], language: Language): string =>
  table(
    language,
    ['when', 'subject', 'event'],
    found.map(({ noticedAt, subjectId, eventId }) => [noticedAt.toISOString(), subjectId, eventId]),
  );

export const renderMeasures = (found: readonly MeasureView[], names: ItemNames, language: Language): string =>
  table(
    language,
    ['item', 'subject', 'state', 'until', 'law', 'measure'],
    found.map(({ id, item, edition, subjectId, state, paused, untilDay, lawZh, lawEn }) => [
      ...[names.get(itemKey({ edition, item }))?.[language] ?? item, subjectId],
      `${measureSteps.nameOfState[state][language]}${paused ? ` · ${reasons.paused[language]}` : ''}`,
      ...[untilDay ?? '', language === 'zh' ? lawZh : lawEn, id],
    ]),
  );

export function renderGradeTable({ grades, rows }: GradeTable, language: Language): string {
  const show = (cell: number | null): string => (cell === null ? '…' : String(cell));
  const columns = [
    headings.place[language],
    ...grades.map((grade) => grade ?? { zh: '无等级', en: 'None' }[language]),
    headings.total[language],
  ];
  return renderTable(
    columns.map((heading) => ({ heading })),
    rows.map(({ place, persons, total }) => [place ?? headings.total[language], ...persons.map(show), show(total)]),
  );
}

export function renderAnswer({ score, grade, objectionOpen, loan, asOf }: CreditAnswer, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const most = loan && formatYuan(loan.mostFen);
  return [
    say(`${asOf} 得分 ${score}，等级 ${grade ?? '无'}`, `${asOf}: score ${score}, grade ${grade ?? 'none'}`),
    ...(objectionOpen ? [say('有未处理的异议', 'an objection is open')] : []),
    ...(loan
      ? [
          loan.open
            ? say(`记录允许该贷款（至多 ${most} 元）`, `the record opens the loan (up to ${most} yuan)`)
            : say(
                `记录不允许该贷款：${loan.obstacles.map((one) => obstacles[one].zh).join('、')}（至多 ${most} 元）`,
                `the record does not open the loan: ${loan.obstacles.map((one) => obstacles[one].en).join(', ')} (up to ${most} yuan)`,
              ),
          say(`决定 ${loan.id}`, `decision ${loan.id}`),
        ]
      : []),
  ].join('\n');
}

const obstacles: Readonly<Record<CreditLoanObstacle, Bilingual>> = {
  'no-terms': { zh: '规则没有贷款条件', en: 'the rule has no terms of loans' },
  grade: { zh: '等级不够', en: 'the grade' },
  amount: { zh: '金额过高', en: 'the amount' },
  years: { zh: '期限过长', en: 'the time' },
  pledge: { zh: '未签保护承诺', en: 'no pledge to protect' },
  'severe-entry': { zh: '有严重负面记录', en: 'a severe bad entry' },
};

export const renderLoanDecisions = (found: readonly LoanDecisionRow[], language: Language): string =>
  table(
    language,
    ['day', 'subject', 'loan', 'amount', 'months', 'grade', 'most', 'outcome'],
    found.map((one) => [
      ...[one.asOf, one.subjectId, one.kind, formatYuan(one.amountFen), String(one.months), one.grade ?? ''],
      ...[formatYuan(one.mostFen), one.open ? '✓' : one.obstacles.map((what) => obstacles[what][language]).join(', ')],
    ]),
  );

const renderConsents = (
  found: OwnRecord['consents'],
  readers: ReadonlyMap<string, string>,
  language: Language,
): string =>
  table(
    language,
    ['consent', 'who', 'purpose', 'from', 'until', 'outcome'],
    found.map(({ id, grantee, purpose, fromDay, untilDay, withdrawnAt }) => [
      ...[id, readers.get(grantee) ?? grantee, purposeText(purpose, language), fromDay, untilDay],
      withdrawnAt === null ? '' : { zh: '已撤回', en: 'withdrawn' }[language],
    ]),
  );

/** What names the ids and codes of own records. */
export interface OwnNames {
  readonly items: ItemNames;
  /** Days by which open objections have to be handled. */
  readonly due: ReadonlyMap<string, string>;
  /** Who may ask by a consent. */
  readonly readers: ReadonlyMap<string, string>;
}

export const renderOwnRecords = (
  found: readonly OwnRecord[],
  { items, due, readers }: OwnNames,
  language: Language,
): string =>
  found
    .map(({ subject, score, measures, objections, consents, readings }) =>
      [
        `${subject.identifiers.name ?? ''} (${subject.id})`,
        renderScore(score, language),
        ...(measures.length > 0 ? [renderMeasures(measures, items, language)] : []),
        ...(objections.length > 0 ? [renderObjections(objections, due, language)] : []),
        ...(consents.length > 0 ? [renderConsents(consents, readers, language)] : []),
        ...(readings.length > 0 ? [renderReadings(readings, language)] : []),
      ].join('\n'),
    )
    .join('\n\n');
