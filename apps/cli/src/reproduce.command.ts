/** `gep reproduce <case>`: computes a published study and prints its tables beside the computed figures. */
import type { Command } from 'commander';
import { computeAccount, reproduceCase, reproduceTables, type Account } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import {
  listCases,
  loadNorm,
  loadStudy,
  type LoadedCase,
  type LoadedTables,
  type NormEdition,
  type PublishedCase,
} from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { readAccount } from './account.command';
import { eachOrRefused, tellProblems } from './compute.command';
import { withExamples } from './terminal/arguments.command';
import { NothingUsable, TablesNotRecorded } from './errors';
import { observedPeriods } from './observed-file.loader';
import { reading } from './machine/opened-database.service';
import { renderPrintedTables } from './rendering/render-printed-tables';
import { renderReproduction } from './rendering/render-reproduction';
import { readSettings } from './machine/settings.loader';
import type { Terminal } from './terminal/terminal.service';

interface ReproduceOptions {
  readonly recorded?: true;
  readonly differences?: true;
}

export function addReproduceCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('reproduce [case-or-folder]')
    .description(
      'a published study beside our figures: a name, or a folder with published.yaml; without, list the studies; ends with 1 when anything was refused · 复算已发表案例；有数据被拒绝时以 1 结束',
    )
    .option(
      '--recorded',
      'take the accounts recorded in the database instead of computing them here · 取数据库中已记录的账户，不在此计算',
    )
    .option('--differences', 'only cells that do not round to what was printed · 只列与印刷不一致的格')
    .action(async (name: string | undefined, options: ReproduceOptions) =>
      name ? reproduce(open(), name, options) : listStudies(open()),
    );
  withExamples(
    command,
    'gep reproduce',
    'gep reproduce jinsha-mine',
    'gep reproduce jinsha-mine --recorded --json',
    'gep reproduce altai-forest-2014 --differences',
    'gep reproduce ./my-paper',
  );
}

async function listStudies(terminal: Terminal): Promise<void> {
  const names = await listCases(readSettings().rulebookDir);
  terminal.result(names, names.join('\n'));
}

async function reproduce(terminal: Terminal, name: string, options: ReproduceOptions): Promise<void> {
  const { rulebookDir } = readSettings();
  const study = await loadStudy(name, rulebookDir);
  if (study.form === 'tables') return reproducePrinted(terminal, study, options);
  const { recorded } = options;
  const norm = await loadNorm(study.published.norm, rulebookDir);
  const accounts = recorded
    ? await reading((tx) => readBothPeriods(tx, study.published))
    : await computeBothPeriods(terminal, norm, study);
  const reproduction = reproduceCase(norm, study.published, accounts);
  terminal.result(reproduction, () => renderReproduction(reproduction, terminal.options.language));
}

/** A study of printed tables; what its files or the norm refuse is told, with the exit code of `compute`. */
async function reproducePrinted(terminal: Terminal, study: LoadedTables, options: ReproduceOptions): Promise<void> {
  if (options.recorded) throw new TablesNotRecorded(study.printed.case);
  const norm = await loadNorm(study.norm, readSettings().rulebookDir);
  const outcome = await checkFile(study.observations, vocabularyOf(norm));
  tellProblems(terminal, outcome);
  const observed = observedPeriods(outcome);
  if (observed.length === 0) throw new NothingUsable(outcome.counts.errors);
  const accounts = eachOrRefused(terminal, observed, (one) => computeAccount(norm, one));
  const reproduction = reproduceTables(norm, study.printed, accounts, observed);
  terminal.result(reproduction, () =>
    renderPrintedTables(reproduction, terminal.options.language, options.differences),
  );
}

export type BothPeriods = Readonly<Record<'before' | 'after', Account>>;

async function computeBothPeriods(
  terminal: Terminal,
  norm: NormEdition,
  { published, observations }: LoadedCase,
): Promise<BothPeriods> {
  const outcome = await checkFile(observations, vocabularyOf(norm));
  tellProblems(terminal, outcome);
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
