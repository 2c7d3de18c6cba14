/** Which results are published by when, and what a document for all to read may not name. */
import type { Bilingual } from '@gep/kernel';
import type { Subject } from '../step/step-table';

/** What is owed to the public → the clock by which it is due. */
export const publicationClocks = {
  result: 'result-publication',
  'single-source': 'notice-publication',
  contract: 'contract-publication',
  acceptance: 'acceptance-publication',
  budget: 'budget-disclosure',
  decision: 'result-publication',
} as const;
export type PublicationKind = keyof typeof publicationClocks;

/** Whether a party of the book is a person or a household. */
export const isHousehold = (party: string): boolean => party.startsWith('owner:');

/** The first place of a document that names a household; undefined when it names none. */
export function placeOfHousehold(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return isHousehold(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = `${path}/${key}`;
    const found = isHousehold(key) ? place : placeOfHousehold(inner, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What every published result says of how to object to it. */
export const wayToObject = ({ kind, id }: Subject): Bilingual => ({
  zh: `当事方对其中数字有异议的，可自知道或应知之日起七个工作日内提出质疑：gep appeal file ${kind} ${id}，或 POST /api/v1/appeals`,
  en: `a party that disputes a figure may query it within seven working days of knowing it: gep appeal file ${kind} ${id}, or POST /api/v1/appeals`,
});

export const publicationKinds = Object.keys(publicationClocks) as PublicationKind[];

export const nameOfPublication: Readonly<Record<PublicationKind, Bilingual>> = {
  result: { zh: '结果', en: 'result' },
  'single-source': { zh: '单一来源公示', en: 'single-source notice' },
  contract: { zh: '合同公告', en: 'contract' },
  acceptance: { zh: '验收结果', en: 'acceptance' },
  budget: { zh: '预算、决算', en: 'budget or final account' },
  decision: { zh: '异议处理决定', en: 'decision on an appeal' },
};
