/** `gep reproduce <case>`: computes a published study and prints its tables beside the computed figures. */
import type { Command } from 'commander';
import { computeAccount, reproduceCase } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import { readConfig } from '@gep/platform';
import { listCases, loadCase, loadNorm } from '@gep/rulebook';
import { observedPeriods } from './observed-file.loader';
import { renderReproduction } from './render-reproduction';
import type { Terminal } from './terminal.service';

export function addReproduceCommand(program: Command, open: () => Terminal): void {
  program
    .command('reproduce [case]')
    .description('compute a published study and set its tables beside; without a name, list the studies · 复算已发表案例')
    .action(async (name: string | undefined) => (name ? reproduce(open(), name) : listStudies(open())));
}

async function listStudies(terminal: Terminal): Promise<void> {
  const names = await listCases(readConfig(process.env).rulebookDir);
  terminal.result(names, names.join('\n'));
}

async function reproduce(terminal: Terminal, name: string): Promise<void> {
  const { rulebookDir } = readConfig(process.env);
  const { published, observations } = await loadCase(name, rulebookDir);
  const norm = await loadNorm(published.norm, rulebookDir);
  const outcome = await checkFile(observations, vocabularyOf(norm));
  const accounts = observedPeriods(outcome).map((observed) => computeAccount(norm, observed));
  const accountOf = (period: string) => {
    const found = accounts.find((account) => account.period === period);
    assert(found, `the observations of ${name} have no period ${period}`);
    return found;
  };
  const { before, after } = published.periods;
  const reproduction = reproduceCase(norm, published, { before: accountOf(before), after: accountOf(after) });
  terminal.result(reproduction, () => renderReproduction(reproduction, terminal.options.language));
}
