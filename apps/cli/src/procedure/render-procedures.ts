/** Steps, clocks, appeals and publications as text for a terminal. */
import type { Bilingual } from '@gep/kernel';
import { formatYuan } from '@gep/kernel';
import {
  nameOfPublication,
  type Appeal,
  type ListedSubject,
  type Publication,
  type PublicationDuty,
  type TakenStep,
} from '@gep/procedure';
import { renderTable } from '../rendering/text-table';
import { beijingMoment } from '../terminal/beijing-time';

export type Said = (text: Bilingual) => string;
export type Heading = readonly [zh: string, en: string];

export const renderTableOf = (said: Said, headings: readonly Heading[], rows: readonly (readonly string[])[]): string =>
  renderTable(
    headings.map(([zh, en]) => ({ heading: said({ zh, en }) })),
    rows,
  );
export const codeOf = (path: string): string => path.split('.').at(-1)!.replaceAll('_', '-');

export function renderSteps(steps: readonly TakenStep[], said: Said): string {
  const headings: Heading[] = [
    ...([
      ['步', 'Step'],
      ['办理', 'Act'],
      ['状态', 'State'],
      ['办理人', 'By'],
      ['时间（北京）', 'At (Beijing time)'],
      ['理由', 'Reason'],
    ] as const),
  ];
  return renderTableOf(
    said,
    headings,
    steps.map((step) => [
      ...[String(step.no), step.act, step.to, step.actorName, beijingMoment(step.at), step.reason ?? ''],
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
      ['时间（北京）', 'At (Beijing time)'],
    ] as const),
  ];
  return renderTableOf(
    said,
    headings,
    subjects.map(({ id, territoryPath, state, last }) => [
      ...[id, codeOf(territoryPath), state, last.actorName, beijingMoment(last.at)],
    ]),
  );
}

export function renderAppeals(appeals: readonly Appeal[], said: Said): string {
  // An objection to the whole has no amount.
  const isShown = appeals.some(({ shownFen }) => shownFen !== null);
  const headings: Heading[] = [
    ...([
      ['编号', 'Id'],
      ['程序', 'Subject'],
      ['数字', 'Figure'],
    ] as const),
    ...(isShown ? ([['所示（元）', 'Shown, yuan']] as const) : []),
    ...([
      ['当事方', 'Party'],
      ['裁定级', 'Decided at'],
      ['提出', 'Filed'],
      ['状态', 'State'],
    ] as const),
  ];
  return renderTableOf(
    said,
    headings,
    appeals.map(({ id, subject, figure, shownFen, party, superiorPath, filedOn, state }) => [
      ...[id, `${subject.kind} ${subject.id}`, figure || '*'],
      ...(isShown ? [shownFen === null ? '' : formatYuan(shownFen)] : []),
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
  return renderTableOf(
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
  return renderTableOf(
    said,
    headings,
    publications.map(({ id, rule, subject, territoryPath, publishedOn }) => [
      ...[id, said(nameOfPublication[rule]), `${subject.kind} ${subject.id}`, codeOf(territoryPath), publishedOn],
    ]),
  );
}
