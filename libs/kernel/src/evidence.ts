/** How well a value is attested, and where it comes from; travels with every parameter up to the page. */
import { Bilingual } from './domain-error';

/**
 * `published`: printed in the source named. `solved`: not printed, recovered from printed results (a calibration).
 * `unverified`: known from practice, its source could not be read.
 */
export type EvidenceGrade = 'published' | 'solved' | 'unverified';
export const evidenceGrades: readonly EvidenceGrade[] = ['published', 'solved', 'unverified'];

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
