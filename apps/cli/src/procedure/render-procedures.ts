/** Steps, appeals and publications as text for a terminal. */
import type { Bilingual } from '@gep/kernel';
import {
  nameOfPublication,
  type Appeal,
  type ListedSubject,
  type Publication,
  type PublicationDuty,
  type TakenStep,
} from '@gep/procedure';
import { codeOfPath, type Naming, placeSaid } from '../rendering/deed/naming';
import { nameOfAct, nameOfState, subjectKey, subjectSaid } from '../rendering/deed/subject-kinds';
import { showYuan } from '../rendering/figures';
import { type Head, renderList } from '../rendering/listed';
import { beijingMoment } from '../terminal/beijing-time';
import type { Language } from '../terminal/language';

const id: Head = { zh: '编号', en: 'Id' };
const subjectHead: Head = { zh: '程序', en: 'Subject', most: 40 };
const kindHead: Head = { zh: '种类', en: 'Kind' };
const editionHead: Head = { zh: '年份与版次', en: 'Year and edition', most: 20 };
const placeHead: Head = { zh: '地域', en: 'Territory', most: 24 };
const state: Head = { zh: '状态', en: 'State' };
const by: Head = { zh: '办理人', en: 'By', most: 24 };
const at: Head = { zh: '时间（北京）', en: 'At (Beijing time)' };

/** @param kind of the subject whose steps they are */
export function renderSteps(kind: string, steps: readonly TakenStep[], language: Language): string {
  const heads: Head[] = [
    ...[{ zh: '步', en: 'Step' }, { zh: '办理', en: 'Act' }, state, by, at],
    { zh: '理由', en: 'Reason', most: 60 },
  ];
  const rows = steps.map((step) => [
    ...[String(step.no), nameOfAct(kind, step.act)[language], nameOfState(kind, step.to)[language], step.actorName],
    ...[beijingMoment(step.at), step.reason ?? ''],
  ]);
  return renderList(language, heads, rows, { zh: '没有步骤', en: 'no step' });
}

export function renderSubjects(
  kind: string,
  subjects: readonly ListedSubject[],
  { codes, places }: Naming,
  language: Language,
): string {
  const heads: Head[] = [{ zh: '代码', en: 'Code', most: 40 }, placeHead, state, by, at, id];
  const rows = subjects.map((one) => [
    ...[codes.get(subjectKey({ kind, id: one.id })) ?? '', placeSaid(codeOfPath(one.territoryPath), places, language)],
    ...[nameOfState(kind, one.state)[language], one.last.actorName, beijingMoment(one.last.at), one.id],
  ]);
  return renderList(language, heads, rows, {
    zh: `没有这样的程序（${kind}）`,
    en: `there is no such procedure (${kind})`,
  });
}

/** @param nothing what is said where there is none */
export function renderAppeals(
  appeals: readonly Appeal[],
  { codes, places }: Naming,
  language: Language,
  nothing: Bilingual = noAppeal,
): string {
  // An objection to the whole has no amount.
  const isShown = appeals.some(({ shownFen }) => shownFen !== null);
  const heads: Head[] = [
    ...[
      { ...subjectHead, most: 32 },
      { zh: '数字', en: 'Figure', most: 18 },
    ],
    ...(isShown ? [{ zh: '所示（元）', en: 'Shown (yuan)', numeric: 'point' } as const] : []),
    ...[{ zh: '当事方', en: 'Party', most: 16 }, { zh: '提出', en: 'Filed' }, state],
    ...[{ zh: '裁定级', en: 'Decided at', most: 14 }, id],
  ];
  const rows = appeals.map(({ id: appeal, subject, figure, shownFen, party, superiorPath, filedOn, state: stands }) => [
    ...[subjectSaid(subject, codes, language), figure === '' ? all[language] : placeSaid(figure, places, language)],
    ...(isShown ? [shownFen === null ? '' : showYuan(shownFen)] : []),
    ...[placeSaid(party, places, language), filedOn, nameOfState('appeal', stands)[language]],
    ...[placeSaid(codeOfPath(superiorPath), places, language), appeal],
  ]);
  return renderList(language, heads, rows, nothing);
}

const all: Bilingual = { zh: '全部', en: 'all of it' };
const noAppeal: Bilingual = {
  zh: '没有异议（提出质疑：gep appeal file）',
  en: 'there is no appeal (one is filed by gep appeal file)',
};

/** What tells documents of one subject apart: the year they speak of, and which edition or version they are. */
function editionSaid(document: string, language: Language): string {
  const told = JSON.parse(document) as Record<'year' | 'period' | 'from' | 'editionNo' | 'versionNo', unknown>;
  const year = told.year ?? told.period ?? told.from;
  const no = told.editionNo ?? told.versionNo;
  const parts = [
    ...(typeof year === 'number' || typeof year === 'string' ? [String(year)] : []),
    ...(typeof no === 'number' ? [{ zh: `第 ${no} 版`, en: `edition ${no}` }[language]] : []),
  ];
  return parts.join(' · ');
}

export function renderDuties(
  duties: readonly PublicationDuty[],
  today: string,
  { codes, places }: Naming,
  language: Language,
): string {
  const heads: Head[] = [
    ...[{ zh: '事项', en: 'What' }, kindHead, subjectHead, editionHead, placeHead],
    ...[{ zh: '到期', en: 'Due' }, { zh: '情况', en: 'Standing', most: 30 }, id],
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
  const rows = duties.map((duty) => [
    ...[nameOfPublication[duty.rule][language], duty.subject.kind, subjectSaid(duty.subject, codes, language)],
    editionSaid(duty.document, language),
    ...[placeSaid(codeOfPath(duty.territoryPath), places, language), duty.dueOn, standing(duty)[language], duty.id],
  ]);
  return renderList(language, heads, rows, {
    zh: '没有这样的公开事项（结果获批、合同签订等时自动产生）',
    en: 'nothing of the kind is to be published (an approved result, a signed contract and the like make it so)',
  });
}

export function renderPublications(
  publications: readonly Publication[],
  { codes, places }: Naming,
  language: Language,
): string {
  const heads: Head[] = [
    ...[{ zh: '事项', en: 'What' }, kindHead, subjectHead, editionHead, placeHead],
    ...[{ zh: '公开日', en: 'Published' }, id],
  ];
  const rows = publications.map((one) => [
    ...[nameOfPublication[one.rule][language], one.subject.kind, subjectSaid(one.subject, codes, language)],
    editionSaid(one.document, language),
    ...[placeSaid(codeOfPath(one.territoryPath), places, language), one.publishedOn, one.id],
  ]);
  return renderList(language, heads, rows, {
    zh: '还没有公开任何结果（gep publication publish）',
    en: 'nothing has been published yet (gep publication publish)',
  });
}
