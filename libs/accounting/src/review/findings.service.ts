/** What a review asks of the quality checks. */
import type { EntityManager } from 'typeorm';
import type { OpenFinding } from './errors';

/** Implemented by whoever checks accounts. Without one nothing is held back for its quality. */
export abstract class FindingsOfAccount {
  /** A that are not mended, and B and C that nobody has explained, of one vintage. */
  abstract openFindings(tx: EntityManager, accountId: string): Promise<readonly OpenFinding[]>;
}
