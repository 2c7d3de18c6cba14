/** Shows lists, records, measures and queries of credit for people. */
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
  type ScoreReason,
  type SubjectRow,
} from '@gep/credit';
import { formatYuan, type Bilingual } from '@gep/kernel';
import type { CreditLoanObstacle, creditView } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

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
  cap: { zh: '年度上限', en: 'Yearly cap' },
  years: { zh: '有效年数', en: 'Years' },
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

export function renderCatalogue(list: ReturnType<typeof creditView>, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const behaviours = list.behaviours.map(({ code, name, points, yearlyCap, years }) => [
    ...[`${code} ${name[language]}`, points ?? say('未公布', 'not published'), yearlyCap ?? '', String(years ?? '')],
  ]);
  const measures = list.measures.map(({ code, name, kind, law }) => [
    `${code} ${name[language]}`,
    kind,
    law?.[language] ?? '',
  ]);
  const grades = list.grades.map(({ code, from }) => `${code} ≥ ${from}`).join('  ');
  const counts = list.counts.map(({ what, published, named }) =>
    say(
      `${what}：来源计 ${published} 项，写明 ${named} 项，其余 ${published - named} 项为空`,
      `${what}: ${published} by the source, ${named} named, the other ${published - named} empty`,
    ),
  );
  return [
    say(`基础分 ${list.base}`, `Base ${list.base}`),
    ...(behaviours.length > 0 ? [table(language, ['act', 'points', 'cap', 'years'], behaviours)] : []),
    ...(grades === '' ? [] : [say(`等级：${grades}`, `Grades: ${grades}`)]),
    ...(measures.length > 0 ? [table(language, ['item', 'kind', 'law'], measures)] : []),
    ...termsOf(list, say),
    ...counts,
  ].join('\n');
}

function termsOf(
  { loan, points }: Pick<ReturnType<typeof creditView>, 'loan' | 'points'>,
  say: (zh: string, en: string) => string,
): string[] {
  const loans = loan && [
    say(
      `贷款：信用至多 ${loan.unsecured} 元，担保至多 ${loan.guaranteed} 元，至多 ${loan.years} 年${loan.pledge ? '，须签保护承诺' : ''}`,
      `Loans: up to ${loan.unsecured} yuan unsecured, ${loan.guaranteed} guaranteed, ${loan.years} years${loan.pledge ? ', the pledge signed' : ''}`,
    ),
    ...(loan.byGrade ?? []).map(({ code, unsecured, guaranteed }) =>
      say(`  ${code} 级：${unsecured} 元、${guaranteed} 元`, `  grade ${code}: ${unsecured} yuan, ${guaranteed} yuan`),
    ),
  ];
  const months = points?.months;
  const goods = points && [
    months === null || months === undefined
      ? say('积分可兑换商品，不失效', 'Points buy goods and do not expire')
      : say(`积分可兑换商品，${months} 个月后失效`, `Points buy goods and expire after ${months} months`),
  ];
  return [...(loans ?? []), ...(goods ?? [])];
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
    found.map(({ readAt, readerName, what, purpose }) => [readAt.toISOString(), readerName, what, purpose]),
  );

export const renderEntries = (found: readonly CreditEvent[], language: Language): string =>
  table(
    language,
    ['event', 'subject', 'day', 'act', 'times', 'state', 'from'],
    found.map(({ id, subjectId, day, behaviour, times, state, effectiveFrom }) => [
      ...[id, subjectId, day, behaviour, String(times), eventSteps.nameOfState[state][language], effectiveFrom ?? ''],
    ]),
  );

export const renderObjections = (found: readonly Objection[], language: Language): string =>
  table(
    language,
    ['objection', 'subject', 'about', 'grounds', 'outcome'],
    found.map(({ id, subjectId, eventId, measureId, grounds, outcome }) => [
      ...[id, subjectId, eventId ?? measureId ?? '', grounds, outcome ?? ''],
    ]),
  );

export const renderMeasures = (found: readonly MeasureView[], language: Language): string =>
  table(
    language,
    ['item', 'subject', 'state', 'until', 'law', 'measure'],
    found.map(({ id, item, subjectId, state, paused, untilDay, lawZh, lawEn }) => [
      ...[item, subjectId],
      `${measureSteps.nameOfState[state][language]}${paused ? ` · ${reasons.paused[language]}` : ''}`,
      ...[untilDay ?? '', language === 'zh' ? lawZh : lawEn, id],
    ]),
  );

export function renderGradeTable({ grades, rows }: GradeTable, language: Language): string {
  const show = (cell: number | null): string => (cell === null ? '…' : String(cell));
  const columns = [headings.place[language], ...grades.map((grade) => grade ?? '-'), headings.total[language]];
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

const renderConsents = (found: OwnRecord['consents'], language: Language): string =>
  table(
    language,
    ['consent', 'who', 'purpose', 'from', 'until', 'outcome'],
    found.map(({ id, grantee, purpose, fromDay, untilDay, withdrawnAt }) => [
      ...[id, grantee, purpose, fromDay, untilDay],
      withdrawnAt === null ? '' : { zh: '已撤回', en: 'withdrawn' }[language],
    ]),
  );

export const renderOwnRecords = (found: readonly OwnRecord[], language: Language): string =>
  found
    .map(({ subject, score, measures, objections, consents, readings }) =>
      [
        `${subject.identifiers.name ?? ''} (${subject.id})`,
        renderScore(score, language),
        ...(measures.length > 0 ? [renderMeasures(measures, language)] : []),
        ...(objections.length > 0 ? [renderObjections(objections, language)] : []),
        ...(consents.length > 0 ? [renderConsents(consents, language)] : []),
        ...(readings.length > 0 ? [renderReadings(readings, language)] : []),
      ].join('\n'),
    )
    .join('\n\n');
