/** What the other parts of evaluation hold about a term: targets that were set, and incidents and falsifications. */
import type { EntityManager } from 'typeorm';
import type { Departure } from './departure';
import type { TermIncident, TermTarget } from './term-report';

/** @param years those in which the term had days */
export async function readTermRecord(
  _tx: EntityManager,
  _departure: Departure,
  _years: readonly string[],
): Promise<{ readonly targets: readonly TermTarget[]; readonly incidents: readonly TermIncident[] }> {
  return { targets: [], incidents: [] };
}
