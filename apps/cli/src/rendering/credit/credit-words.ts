/** Words of credit for people: fields of answers, what was read of a record, ends of objections, and names of items. */
import { objectionSteps, type MeasureView, type Objection, type Reading } from '@gep/credit';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';

const labels: Readonly<Record<string, Bilingual>> = {
  id: { zh: '编号', en: 'id' },
  state: { zh: '状态', en: 'state' },
  effectiveFrom: { zh: '自何日计入', en: 'counts from' },
  dueOn: { zh: '应办结日', en: 'due on' },
  subject: { zh: '主体', en: 'subject' },
  linked: { zh: '已关联', en: 'linked' },
  stock: { zh: '库存', en: 'stock' },
  points: { zh: '积分', en: 'points' },
  entries: { zh: '记录', en: 'entries' },
};

/** Of a field of an answer to a deed. */
export const labelOf = (name: string): Bilingual => labels[name] ?? { zh: name, en: name };

export const nameOfReading: Readonly<Record<Reading['what'], Bilingual>> = {
  identity: { zh: '身份', en: 'identity' },
  record: { zh: '记录', en: 'record' },
  score: { zh: '分数与等级', en: 'score and grade' },
};

/** Purposes are words of whoever asks; those of the platform's own loans are told in the language of the reader. */
export const purposeText = (purpose: string, language: Language): string =>
  purpose === 'loan' ? { zh: '贷款', en: 'loan' }[language] : purpose;

export const outcomeText = ({ outcome }: Pick<Objection, 'outcome'>, language: Language): string =>
  outcome === null ? { zh: '未处理', en: 'open' }[language] : objectionSteps.nameOfState[outcome][language];

/** Names of items of lists by edition and code. */
export type ItemNames = ReadonlyMap<string, Bilingual>;

export const itemKey = ({ edition, item }: Pick<MeasureView, 'edition' | 'item'>): string => `${edition} ${item}`;
