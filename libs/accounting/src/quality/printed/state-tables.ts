/** States the printed tables of a study, whatever their shape, in the form that the checks read. */
import type { NormEdition, PrintedCase } from '@gep/rulebook';
import type { Account } from '../../account/account';
import { typeName } from '../state-accounts';
import type { StatedAccount } from '../stated-account';
import { figuresOfTables } from './figures-of-tables';
import { statePrinted } from './state-printed';

/**
 * @param accounts of all territories and periods of its observations: they tell what each cell is of, not what it should be
 * @returns one account for each territory that figures are of; those over several territories go by the name of the study
 */
export function stateTables(norm: NormEdition, printed: PrintedCase, accounts: readonly Account[]): StatedAccount[] {
  return statePrinted({
    ...figuresOfTables(norm, printed, accounts),
    types: norm.types.map(typeName),
    services: [...norm.services, ...norm.products].map(({ code, name }) => ({ code, name })),
    units: norm.units,
  });
}
