/** How well a value is attested, and where it comes from; travels with every parameter up to the page. */
import { Bilingual } from './domain-error';

/**
 * `published`: printed in the source named. `reported`: given by whoever observed, with the observation.
 * `solved`: not printed, recovered from printed results (a calibration). `unverified`: known from practice, its source
 * could not be read. From the strongest to the weakest.
 */
export type EvidenceGrade = 'published' | 'reported' | 'solved' | 'unverified';
export const evidenceGrades: readonly EvidenceGrade[] = ['published', 'reported', 'solved', 'unverified'];
/** What a value of the rulebook may be: nothing in it is reported. */
export const sourceGrades: readonly EvidenceGrade[] = evidenceGrades.filter((grade) => grade !== 'reported');

/** Where a value was read. */
export interface Evidence {
  readonly grade: EvidenceGrade;
  readonly source: string;
  readonly note?: Bilingual;
}

/** The weaker of two grades: a result is no better attested than its weakest part. */
export function weakerGrade(a: EvidenceGrade, b: EvidenceGrade): EvidenceGrade {
  return evidenceGrades.indexOf(a) >= evidenceGrades.indexOf(b) ? a : b;
}
