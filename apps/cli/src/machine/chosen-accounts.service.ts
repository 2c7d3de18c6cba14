/** Accounts that a command was asked for: computed from files, or recorded in the database. */
import { computeAccount, type Account } from '@gep/accounting';
import type { NormEdition } from '@gep/rulebook';
import { readAccount, type AccountChoice } from '../account.command';
import { readSource } from '../compute.command';
import { NothingSelected } from '../errors';
import { reading } from './opened-database.service';
import type { Terminal } from '../terminal/terminal.service';

export interface AccountsChoice extends AccountChoice {
  readonly observations?: readonly string[];
}

/**
 * The accounts of one territory in the periods given, with their norm.
 * @throws NothingSelected when the files have no such period; AccountMissing when the database has none
 */
export async function chosenAccounts(
  terminal: Terminal,
  territory: string,
  periods: readonly string[],
  { observations, ...choice }: AccountsChoice,
): Promise<{ norm: NormEdition; accounts: Account[] }> {
  if (!observations) {
    return reading(async (tx, rulebook) => {
      const accounts: Account[] = [];
      for (const period of periods) accounts.push(await readAccount(tx, territory, period, choice));
      const { id, edition } = accounts[0].norm;
      return { norm: await rulebook.getNorm(tx, id, edition), accounts };
    });
  }
  const source = await readSource(terminal, { norm: choice.norm, observations, territory });
  const accounts = periods.map((period) => {
    const observed = source.periods.find((one) => one.period === period);
    if (!observed) throw new NothingSelected(source.periods.map((one) => `${one.territory} ${one.period}`));
    return computeAccount(source.norm, observed);
  });
  return { norm: source.norm, accounts };
}
