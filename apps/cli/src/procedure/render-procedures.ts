/** Steps, clocks, appeals and publications as text for a terminal. */
import type { Bilingual } from '@gep/kernel';
import { formatYuan } from '@gep/kernel';
import {
  isOverdue,
  nameOfPublication,
  type Appeal,
  type Clock,
  type ListedSubject,
  type Publication,
  type PublicationDuty,
  type TakenStep,
} from '@gep/procedure';
import { renderTable } from '../rendering/text-table';

type Said = (text: Bilingual) => string;
type Heading = readonly [zh: string, en: string];

const table = (said: Said, headings: readonly Heading[], rows: readonly (readonly string[])[]): string =>
  renderTable(
    headings.map(([zh, en]) => ({ heading: said({ zh, en }) })),
    rows,
  );
const codeOf = (path: string): string => path.split('.').at(-1)!.replaceAll('_', '-');

export function renderSteps(steps: readonly TakenStep[], said: Said): string {
  const headings: Heading[] = [
    ...([
      ['步', 'Step'],
      ['办理', 'Act'],
      ['状态', 'State'],
      ['办理人', 'By'],
      ['时间', 'At'],
      ['理由', 'Reason'],
    ] as const),
  ];
  return table(
    said,
    headings,
    steps.map((step) => [
      ...[String(step.no), step.act, step.to, step.actorName, step.at.toISOString(), step.reason ?? ''],
    ]),
  );
}

export function renderSubjects(subjects: readonly ListedSubject[], said: Said): string {
  const headings: Heading[] = [
    ...([
      ['编号', 'Id'],
      ['地域', 'Territory'],
      ['状态', 'State'],
      ['办理人', 'By'],
      ['时间', 'At'],
    ] as const),
  ];
  return table(
    said,
    headings,
    subjects.map(({ id, territoryPath, state, last }) => [
      ...[id, codeOf(territoryPath), state, last.actorName, last.at.toISOString()],
    ]),
  );
}

export function renderClocks(clocks: readonly Clock[], today: string, said: Said): string {
  const headings: Heading[] = [
    ...([
      ['期限', 'Clock'],
      ['程序', 'Subject'],
      ['地域', 'Territory'],
      ['起算', 'From'],
      ['到期', 'Due'],
    ] as const),
    ...([
      ['情况', 'Standing'],
      ['依据', 'Law'],
    ] as const),
  ];
  return table(
    said,
    headings,
    clocks.map((clock) => [
      ...[clock.code, `${clock.subject.kind} ${clock.subject.id}`, codeOf(clock.territoryPath), clock.startedOn],
      ...[`${clock.dueOn}${clock.isCovered ? '' : ' *'}`, said(standingOf(clock, today)), said(clock.law)],
    ]),
  );
}

/** Said below clocks of which one is marked with a star. */
export const uncovered: Bilingual = {
  zh: '* 所经年份有的没有放假安排，只除去了周末',
  en: '* some year that was counted is not in the calendar of holidays: weekends alone were left out',
};

function standingOf(clock: Clock, today: string): Bilingual {
  const { metOn, isLate, waivedBecause } = clock;
  if (waivedBecause !== null) return { zh: `${metOn} 不再需办理`, en: `fell away on ${metOn}` };
  if (metOn !== null)
    return isLate
      ? { zh: `${metOn} 逾期办结`, en: `met late on ${metOn}` }
      : { zh: `${metOn} 办结`, en: `met on ${metOn}` };
  return isOverdue(clock, today) ? { zh: '已逾期', en: 'overdue' } : { zh: '在计', en: 'running' };
}

export function renderAppeals(appeals: readonly Appeal[], said: Said): string {
  const headings: Heading[] = [
    ...([
      ['编号', 'Id'],
      ['程序', 'Subject'],
      ['数字', 'Figure'],
      ['所示（元）', 'Shown, yuan'],
    ] as const),
    ...([
      ['当事方', 'Party'],
      ['裁定级', 'Decided at'],
      ['提出', 'Filed'],
      ['状态', 'State'],
    ] as const),
  ];
  return table(
    said,
    headings,
    appeals.map(({ id, subject, figure, shownFen, party, superiorPath, filedOn, state }) => [
      ...[id, `${subject.kind} ${subject.id}`, figure || '*', shownFen === null ? '' : formatYuan(shownFen)],
      ...[party, codeOf(superiorPath), filedOn, state],
    ]),
  );
}

export function renderDuties(duties: readonly PublicationDuty[], today: string, said: Said): string {
  const headings: Heading[] = [
    ...([
      ['编号', 'Id'],
      ['事项', 'What'],
      ['程序', 'Subject'],
      ['地域', 'Territory'],
      ['到期', 'Due'],
    ] as const),
    ['情况', 'Standing'],
  ];
  const standing = ({ publishedOn, exception, isLate, dueOn }: PublicationDuty): Bilingual => {
    if (exception) return { zh: `依法例外：${exception.law}`, en: `excepted: ${exception.law}` };
    if (publishedOn !== null)
      return {
        zh: `${publishedOn} ${isLate ? '逾期' : ''}公开`,
        en: `published ${isLate ? 'late ' : ''}on ${publishedOn}`,
      };
    return dueOn < today ? { zh: '已逾期', en: 'overdue' } : { zh: '待公开', en: 'to be published' };
  };
  return table(
    said,
    headings,
    duties.map((duty) => [
      ...[duty.id, said(nameOfPublication[duty.rule]), `${duty.subject.kind} ${duty.subject.id}`],
      ...[codeOf(duty.territoryPath), duty.dueOn, said(standing(duty))],
    ]),
  );
}

export function renderPublications(publications: readonly Publication[], said: Said): string {
  const headings: Heading[] = [
    ...([
      ['编号', 'Id'],
      ['事项', 'What'],
      ['程序', 'Subject'],
      ['地域', 'Territory'],
      ['公开日', 'Published'],
    ] as const),
  ];
  return table(
    said,
    headings,
    publications.map(({ id, rule, subject, territoryPath, publishedOn }) => [
      ...[id, said(nameOfPublication[rule]), `${subject.kind} ${subject.id}`, codeOf(territoryPath), publishedOn],
    ]),
  );
}
