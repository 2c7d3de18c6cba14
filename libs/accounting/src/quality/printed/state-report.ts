/** States a report that is given as plain tables, with no norm, observation or account behind it. */
import type { NormEdition } from '@gep/rulebook';
import { typeName } from '../state-accounts';
import type { StatedAccount } from '../stated-account';
import { figuresOfRows } from './figures-of-rows';
import type { PlainTable } from './read-rows';
import { ReportNames } from './report-names';
import { statePrinted } from './state-printed';

/**
 * @param norm whose words the names of services and types are understood by; nothing is computed with it
 * @returns one account for each territory of the tables
 * @throws FiguresUnreadable with every place that cannot be read
 */
export function stateReport(tables: readonly PlainTable[], norm: NormEdition): StatedAccount[] {
  const names = new ReportNames(norm);
  const { figures, sums } = figuresOfRows(tables, names);
  return statePrinted({ figures, sums, types: norm.types.map(typeName), services: names.services, units: norm.units });
}
