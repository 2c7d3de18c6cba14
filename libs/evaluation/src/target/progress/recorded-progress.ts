/** What a plan had reached in a year, as it was recorded. */
import type { ProgressRow } from './progress-row';

export interface RecordedProgress {
  readonly id: string;
  readonly planId: string;
  readonly plan: string;
  readonly territoryPath: string;
  readonly year: number;
  /** 1 for the first record of the year, then counting up. */
  readonly round: number;
  readonly rows: readonly ProgressRow[];
  /** SHA-256 of the rows. */
  readonly digest: string;
  readonly recordedByName: string;
  readonly recordedAt: Date;
}
