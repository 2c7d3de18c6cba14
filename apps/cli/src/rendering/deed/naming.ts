/** Names that stand beside codes in lists: of subjects by what they are called, of territories and parties by their names. */
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import type { SubjectCodes } from './subject-kinds';

/** Names of territories, by code. */
export type PlaceNames = ReadonlyMap<string, Bilingual>;

export interface Naming {
  readonly codes: SubjectCodes;
  readonly places: PlaceNames;
}

export const codeOfPath = (path: string): string => path.split('.').at(-1)!.replaceAll('_', '-');

/** `991104 甲县`; the code alone where it is no territory's. */
export function placeSaid(code: string, places: PlaceNames, language: Language): string {
  const name = places.get(code)?.[language];
  return name === undefined || name === code ? code : `${code} ${name}`;
}

/** A party by the name that its settlement gives it, else by that of its territory. */
export const partySaid = (
  { party, name }: { readonly party: string; readonly name: Bilingual },
  places: PlaceNames,
  language: Language,
): string =>
  places.has(party) || name[language] === party ? placeSaid(party, places, language) : `${party} ${name[language]}`;
