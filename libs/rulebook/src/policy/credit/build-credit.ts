/** Reads the section `credit` of a rule into a catalogue, and tells what is wrong with it at its place. */
import { Fraction, type Bilingual } from '@gep/kernel';
import type { NormPath } from '../../yaml/problem-log';
import type { RuleDraft } from '../rule-draft';
import {
  mostYearsOfBadRecord,
  type CreditBehaviour,
  type CreditCatalogue,
  type CreditCount,
  type CreditGrade,
  type CreditLoanTerms,
  type CreditMeasureItem,
} from './credit-catalogue';
import type { RawBehaviour, RawCredit, RawMeasureItem } from './raw-credit';

/** Reads at a path below `credit`, and notes what is wrong. */
class Section {
  constructor(
    readonly draft: RuleDraft,
    readonly isSkeleton: boolean,
  ) {}

  number(path: NormPath, text: string): Fraction {
    return this.draft.numberAt(['credit', ...path], text) ?? Fraction.zero;
  }

  maybe(path: NormPath, text: string | undefined): Fraction | undefined {
    return text === undefined ? undefined : this.number(path, text);
  }

  fault(path: NormPath, text: Bilingual, mend: Bilingual): void {
    this.draft.log.add(['credit', ...path], 'policy.credit-malformed', text, mend);
  }

  /** A source is among those of the rule. */
  source(path: NormPath, source: string): void {
    const sources = (this.draft.raw?.sources ?? []).map(({ id }) => id);
    if (!sources.includes(source))
      this.draft.log.unknown(['credit', ...path, 'source'], { zh: '来源', en: 'source' }, source, sources);
  }

  /** Codes stand once. */
  entries(key: string, list: readonly { readonly code: string; readonly source?: string }[]): void {
    list.forEach(({ code, source }, at) => {
      if (list.findIndex((one) => one.code === code) !== at)
        this.fault(
          [key, at, 'code'],
          { zh: `“${code}”出现两次`, en: `"${code}" stands twice` },
          { zh: '每项一个代码', en: 'give each item a code of its own' },
        );
      if (source !== undefined) this.source([key, at], source);
    });
  }
}

/** Pure. Faults are in the log of the draft; what is returned beside them is not to be used. */
export function buildCredit(draft: RuleDraft, raw: RawCredit): CreditCatalogue {
  const section = new Section(draft, draft.raw?.status === 'skeleton');
  const { behaviours = [], measures = [], score, loan, points } = raw;
  section.entries('behaviours', behaviours);
  section.entries('measures', measures);
  section.entries('grades', raw.grades ?? []);
  section.source(['score'], score.source);
  if (loan) section.source(['loan'], loan.source);
  section.entries('points', points ? [{ code: 'points', source: points.source }] : []);
  if (behaviours.length === 0 && !section.isSkeleton)
    section.fault(
      [],
      { zh: '没有行为清单', en: 'there is no list of behaviours' },
      {
        zh: '写 behaviours；清单未公布的写 status: skeleton',
        en: 'add behaviours; where none were published, status: skeleton',
      },
    );
  const built = behaviours.map((one, at) => behaviourOf(section, one, at));
  const items = measures.map((one, at) => measureOf(section, one, at));
  const grades = gradesOf(section, raw.grades ?? []);
  const unverified = [
    ...(score.grade === 'unverified' ? ['score'] : []),
    ...(loan?.grade === 'unverified' ? ['loan'] : []),
    ...(points?.grade === 'unverified' ? ['points'] : []),
    ...[...behaviours, ...measures].filter(({ grade }) => grade === 'unverified').map(({ code }) => code),
  ];
  return {
    ...boundsOf(section, score),
    ...{ behaviours: built, measures: items, grades, unverified },
    ...(loan && { loan: loanOf(section, loan, grades) }),
    ...(points && { points: pointsOf(section, points) }),
    counts: (raw.counts ?? []).map(({ what, published, source }) => ({
      ...{ what, source, published: Number(published) },
      named: namedOf(what, built, items),
    })),
  };
}

function boundsOf(section: Section, score: RawCredit['score']): Pick<CreditCatalogue, 'base' | 'lowest' | 'highest'> {
  const base = section.number(['score', 'base'], score.base);
  const lowest = section.maybe(['score', 'lowest'], score.lowest);
  const highest = section.maybe(['score', 'highest'], score.highest);
  if ((lowest && lowest.compare(base) > 0) || (highest && highest.compare(base) < 0))
    section.fault(
      ['score', 'base'],
      { zh: '基础分不在上下限之间', en: 'the base lies outside the bounds' },
      { zh: 'lowest ≤ base ≤ highest', en: 'lowest ≤ base ≤ highest' },
    );
  return { base, ...(lowest && { lowest }), ...(highest && { highest }) };
}

function behaviourOf(section: Section, raw: RawBehaviour, at: number): CreditBehaviour {
  const path = ['behaviours', at];
  const { code, name, subjects, source, grade = 'published', severity = 'ordinary', evidence = [] } = raw;
  const points = section.maybe([...path, 'points'], raw.points);
  if (!section.isSkeleton && (!points || points.equals(Fraction.zero)))
    section.fault(
      [...path, 'points'],
      { zh: `“${code}”没有分值`, en: `"${code}" has no points` },
      {
        zh: '正面行为写正数，负面行为写负数；未公布的只能放在 skeleton 中',
        en: 'a number above or below zero; what was not published stands in a skeleton only',
      },
    );
  const isBad = points !== undefined && points.compare(Fraction.zero) < 0;
  const years = raw.years === undefined ? (isBad ? mostYearsOfBadRecord : undefined) : Number(raw.years);
  if (years === 0 || (isBad && years! > mostYearsOfBadRecord))
    section.fault(
      [...path, 'years'],
      { zh: '不良记录至多保留五年', en: 'a bad record is kept for five years at most' },
      { zh: '写 1 至 5', en: 'write 1 to 5' },
    );
  const decay = (raw.decay ?? ['1']).map((text, index) => section.number([...path, 'decay', index], text));
  const isFalling = decay.every((part, index) => {
    const inside = part.compare(Fraction.zero) >= 0 && part.compare(Fraction.one) <= 0;
    return inside && (index === 0 || part.compare(decay[index - 1]) <= 0);
  });
  if (!isFalling)
    section.fault(
      [...path, 'decay'],
      { zh: '衰减系数应在 0 与 1 之间，且不回升', en: 'factors of decay lie between 0 and 1 and never rise' },
      { zh: '例如 [1, 0.8, 0.5]', en: 'for example [1, 0.8, 0.5]' },
    );
  const yearlyCap = section.maybe([...path, 'yearlyCap'], raw.yearlyCap);
  if (yearlyCap && yearlyCap.compare(Fraction.zero) <= 0)
    section.fault(
      [...path, 'yearlyCap'],
      { zh: '年度上限不带符号，大于零', en: 'a yearly cap has no sign and is above zero' },
      { zh: '例如 12', en: 'for example 12' },
    );
  const repair = raw.repair && { afterMonths: Number(raw.repair.afterMonths), conditions: raw.repair.conditions };
  return {
    ...{ code, name, subjects, source, grade, severity, evidence, decay },
    ...{ ...(points && { points }), ...(yearlyCap && { yearlyCap }), ...(repair && { repair }) },
    ...(years !== undefined && { years }),
  };
}

function measureOf(section: Section, raw: RawMeasureItem, at: number): CreditMeasureItem {
  const { code, name, kind, subjects, law, source, grade = 'published', leastSeverity = 'minor' } = raw;
  const mostShare = section.maybe(['measures', at, 'mostShare'], raw.mostShare);
  if (kind === 'punishment' && !law && !section.isSkeleton)
    section.fault(
      ['measures', at],
      { zh: `惩戒“${code}”没有法律依据`, en: `the punishment "${code}" names no law` },
      { zh: '写 law：法规名称与条款', en: 'add law: the text and its article' },
    );
  return {
    ...{ code, name, kind, subjects, source, grade, leastSeverity },
    ...(law && { law }),
    ...(raw.mostMonths !== undefined && { mostMonths: Number(raw.mostMonths) }),
    ...(mostShare && { mostShare }),
  };
}

function gradesOf(section: Section, raw: NonNullable<RawCredit['grades']>): CreditGrade[] {
  const grades = raw.map(({ code, name, from }, at) => ({
    code,
    name,
    from: section.number(['grades', at, 'from'], from),
  }));
  grades.forEach(({ from }, at) => {
    if (at > 0 && from.compare(grades[at - 1].from) <= 0)
      section.fault(
        ['grades', at, 'from'],
        { zh: '等级应由低到高', en: 'grades stand from the lowest to the highest' },
        { zh: '按 from 递增排列', en: 'order them by from' },
      );
  });
  return grades;
}

function loanOf(
  section: Section,
  { years, pledge, source, grade = 'published', grades, ...whole }: NonNullable<RawCredit['loan']>,
  known: readonly CreditGrade[],
): CreditLoanTerms {
  const most = amountsOf(section, ['loan'], whole);
  const byGrade = grades?.map(({ code, ...amounts }, at) => {
    const path = ['loan', 'grades', at];
    const own = amountsOf(section, path, amounts);
    const isAbove = own.unsecured.compare(most.unsecured) > 0 || own.guaranteed.compare(most.guaranteed) > 0;
    const isTwice = grades.findIndex((one) => one.code === code) !== at;
    if (isAbove || isTwice || !known.some((one) => one.code === code))
      section.fault(
        path,
        {
          zh: `贷款等级“${code}”不在等级表中、重复，或金额高于总上限`,
          en: `the grade "${code}" of the loan is none of the grades, stands twice, or opens more than the whole`,
        },
        {
          zh: '每个等级写一次，金额不超过 loan 的上限',
          en: 'write each grade once, with no more than the loan has in all',
        },
      );
    return { code, ...own };
  });
  return { ...most, years: Number(years), pledge: pledge === 'yes', source, grade, ...(byGrade && { byGrade }) };
}

const amountsOf = (
  section: Section,
  path: NormPath,
  raw: { readonly unsecured: string; readonly guaranteed: string },
) => ({
  unsecured: section.number([...path, 'unsecured'], raw.unsecured),
  guaranteed: section.number([...path, 'guaranteed'], raw.guaranteed),
});

function pointsOf(section: Section, { months, source, grade = 'published' }: NonNullable<RawCredit['points']>) {
  if (months !== undefined && Number(months) === 0)
    section.fault(
      ['points', 'months'],
      { zh: '积分有效月数应大于零', en: 'points are good for a month at least' },
      { zh: '不失效的不写 months', en: 'leave months out where they do not expire' },
    );
  return { source, grade, ...(months !== undefined && { months: Number(months) }) };
}

function namedOf(
  what: CreditCount['what'],
  behaviours: readonly CreditBehaviour[],
  measures: readonly CreditMeasureItem[],
): number {
  const sign = ({ points }: CreditBehaviour): number => points?.compare(Fraction.zero) ?? 0;
  if (what === 'behaviours') return behaviours.length;
  if (what === 'positive') return behaviours.filter((one) => sign(one) > 0).length;
  if (what === 'negative') return behaviours.filter((one) => sign(one) < 0).length;
  return measures.filter(({ kind }) => (kind === 'incentive') === (what === 'incentives')).length;
}
