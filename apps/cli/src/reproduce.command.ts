/** `gep reproduce <case>`: computes a published study and prints its tables beside the computed figures. */
import type { Command } from 'commander';
import { computeAccount, reproduceCase, type Account } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import { listCases, loadCase, loadNorm, type LoadedCase, type NormEdition, type PublishedCase } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { readAccount } from './account.command';
import { withExamples } from './terminal/arguments.command';
import { observedPeriods } from './observed-file.loader';
import { reading } from './machine/opened-database.service';
import { renderReproduction } from './rendering/render-reproduction';
import { readSettings } from './machine/settings.loader';
import type { Terminal } from './terminal/terminal.service';

interface ReproduceOptions {
  readonly recorded?: true;
}

export function addReproduceCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('reproduce [case]')
    .description('a published study beside our figures; without a name, list the studies · 复算已发表案例')
    .option(
      '--recorded',
      'take the accounts recorded in the database instead of computing them here · 取数据库中已记录的账户，不在此计算',
    )
    .action(async (name: string | undefined, options: ReproduceOptions) =>
      name ? reproduce(open(), name, options) : listStudies(open()),
    );
  withExamples(command, 'gep reproduce', 'gep reproduce jinsha-mine', 'gep reproduce jinsha-mine --recorded --json');
}

async function listStudies(terminal: Terminal): Promise<void> {
  const names = await listCases(readSettings().rulebookDir);
  terminal.result(names, names.join('\n'));
}

async function reproduce(terminal: Terminal, name: string, { recorded }: ReproduceOptions): Promise<void> {
  const { rulebookDir } = readSettings();
  const study = await loadCase(name, rulebookDir);
  const norm = await loadNorm(study.published.norm, rulebookDir);
  const accounts = recorded
    ? await reading((tx) => readBothPeriods(tx, study.published))
    : await computeBothPeriods(norm, study);
  const reproduction = reproduceCase(norm, study.published, accounts);
  terminal.result(reproduction, () => renderReproduction(reproduction, terminal.options.language));
}

export type BothPeriods = Readonly<Record<'before' | 'after', Account>>;

async function computeBothPeriods(norm: NormEdition, { published, observations }: LoadedCase): Promise<BothPeriods> {
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
export async function readBothPeriods(tx: EntityManager, published: PublishedCase): Promise<BothPeriods> {
  const { territory, periods, norm } = published;
  return {
    before: await readAccount(tx, territory.code, periods.before, { norm }),
    after: await readAccount(tx, territory.code, periods.after, { norm }),
  };
}
