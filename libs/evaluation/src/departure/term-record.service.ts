/** What the other parts of evaluation hold about a term: targets that were set, and incidents and falsifications. */
import type { EntityManager } from 'typeorm';
import { listIncidents } from '../incident/incident-states.service';
import type { ProgressService } from '../target/progress/progress.service';
import type { Departure } from './departure';
import type { TermIncident, TermTarget } from './term-report';

/**
 * Targets of the years of the term by what is published, and confirmed incidents that happened in it, whenever they were found.
 * @param years those in which the term had days
 */
export async function readTermRecord(
  tx: EntityManager,
  progress: Pick<ProgressService, 'listProgress'>,
  { territory, territoryPath, appointedOn, departedOn }: Departure,
  years: readonly string[],
): Promise<{ readonly targets: readonly TermTarget[]; readonly incidents: readonly TermIncident[] }> {
  const targets: TermTarget[] = [];
  for (const year of years)
    for (const { rows } of await progress.listProgress(tx, { territory, year: Number(year) }))
      for (const row of rows.filter(({ units }) => units.includes(territory)))
        targets.push({
          ...{ year, plan: row.plan, edition: row.edition, indicator: row.indicator, unit: row.unit },
          ...{ state: row.state, milestoneFen: row.milestoneFen.toString() },
          ...{ actualFen: row.actualFen?.toString() ?? null, attainmentShown: row.attainmentShown },
          attainment: row.attainment ?? null,
          ...{ normEdition: row.normEdition, boundaryDay: row.boundaryDay, pricesOf: row.pricesOf },
        });
  const found = await listIncidents(tx, { territoryPath });
  const incidents = found
    .filter(({ happenedOn }) => happenedOn >= appointedOn && happenedOn <= departedOn)
    .map(({ happenedOn, foundOn, kind, authority, finding, documentName, documentDigest }) => ({
      ...{ happenedOn, foundOn, kind, authority, finding, documentName, documentDigest },
    }));
  return { targets, incidents };
}
