/** `gep reproduce <case>`: computes a published study and prints its tables beside the computed figures. */
import type { Command } from 'commander';
import { computeAccount, reproduceCase, type Account } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import { readConfig } from '@gep/platform';
import { listCases, loadCase, loadNorm, type LoadedCase, type NormEdition } from '@gep/rulebook';
import { readAccount, reading } from './account.command';
import { observedPeriods } from './observed-file.loader';
import { renderReproduction } from './render-reproduction';
import type { Terminal } from './terminal.service';

interface ReproduceOptions {
  readonly recorded?: true;
}

export function addReproduceCommand(program: Command, open: () => Terminal): void {
  program
    .command('reproduce [case]')
    .description('a published study beside our figures; without a name, list the studies · 复算已发表案例')
    .option('--recorded', 'take the accounts recorded in the database instead of computing them here')
    .action(async (name: string | undefined, options: ReproduceOptions) =>
      name ? reproduce(open(), name, options) : listStudies(open()),
    );
}

async function listStudies(terminal: Terminal): Promise<void> {
  const names = await listCases(readConfig(process.env).rulebookDir);
  terminal.result(names, names.join('\n'));
}

async function reproduce(terminal: Terminal, name: string, { recorded }: ReproduceOptions): Promise<void> {
  const { rulebookDir } = readConfig(process.env);
  const study = await loadCase(name, rulebookDir);
  const norm = await loadNorm(study.published.norm, rulebookDir);
  const accounts = recorded ? await recordedAccounts(study) : await computedAccounts(norm, study);
  const reproduction = reproduceCase(norm, study.published, accounts);
  terminal.result(reproduction, () => renderReproduction(reproduction, terminal.options.language));
}

type BothPeriods = Readonly<Record<'before' | 'after', Account>>;

async function computedAccounts(norm: NormEdition, { published, observations }: LoadedCase): Promise<BothPeriods> {
  const outcome = await checkFile(observations, vocabularyOf(norm));
  const accounts = observedPeriods(outcome).map((observed) => computeAccount(norm, observed));
  const accountOf = (period: string): Account => {
    const found = accounts.find((account) => account.period === period);
    assert(found, `the observations of ${published.case} have no period ${period}`);
    return found;
  };
  return { before: accountOf(published.periods.before), after: accountOf(published.periods.after) };
}

/** @throws AccountMissing when the periods were not computed in this database */
async function recordedAccounts({ published }: LoadedCase): Promise<BothPeriods> {
  const { territory, periods, norm } = published;
  return reading(async (tx) => ({
    before: await readAccount(tx, territory.code, periods.before, { norm }),
    after: await readAccount(tx, territory.code, periods.after, { norm }),
  }));
}
