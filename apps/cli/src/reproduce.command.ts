/** `gep reproduce <case>`: computes a published study, or decides by a rule, and prints what was published beside our figures. */
import type { Command } from 'commander';
import { computeAccount, reproduceCase, reproduceTables, type Account } from '@gep/accounting';
import { assert } from '@gep/kernel';
import { checkFile, vocabularyOf } from '@gep/observation';
import {
  listCases,
  listPolicyCases,
  loadNorm,
  loadPolicyCase,
  loadStudy,
  compareWithPrinted,
  decide,
  loadPolicy,
  type Decision,
  type LoadedCase,
  type LoadedTables,
  type NormEdition,
  type PolicyCase,
  type PublishedCase,
} from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { readAccount } from './account.command';
import { eachOrRefused, tellProblems } from './compute.command';
import { withExamples } from './terminal/arguments.command';
import { NothingUsable, TablesNotRecorded } from './errors';
import { observedPeriods } from './observed-file.loader';
import { reading } from './machine/opened-database.service';
import { readPolicyInput } from './policy/policy-input.loader';
import { renderPolicyCase } from './rendering/policy/render-policy-case';
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
      'a published study or policy case beside our figures: a name, or a folder with published.yaml; without, list them; ends with 1 when anything was refused · 复算已发表案例；有数据被拒绝时以 1 结束',
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
    'gep reproduce policy-miyun-horizontal',
    'gep reproduce ./my-paper',
  );
}

async function listStudies(terminal: Terminal): Promise<void> {
  const { rulebookDir } = readSettings();
  const names = [...(await listCases(rulebookDir)), ...(await listPolicyCases(rulebookDir))];
  terminal.result(names, names.join('\n'));
}

async function reproduce(terminal: Terminal, name: string, options: ReproduceOptions): Promise<void> {
  const { rulebookDir } = readSettings();
  const ofPolicy = await loadPolicyCase(name, rulebookDir);
  if (ofPolicy) return reproducePolicy(terminal, ofPolicy, options);
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

/** What a rule gives beside what was printed of it; no database. */
async function reproducePolicy(terminal: Terminal, one: PolicyCase, options: ReproduceOptions): Promise<void> {
  if (options.recorded) throw new TablesNotRecorded(one.case);
  const decisions: Decision[] = [];
  for (const { rule: id, input, period, totals } of one.runs) {
    const rule = await loadPolicy(id, readSettings().rulebookDir);
    const { book } = await readPolicyInput(rule, input, { period, totals });
    decisions.push(decide(rule, book, rule.period === 'none' ? '' : (period ?? book.periods.at(-1)!.period)));
  }
  const all = compareWithPrinted(one, decisions);
  const figures = options.differences ? all.filter(({ isEqual }) => !isEqual) : all;
  const { title, source, notes, case: name } = one;
  terminal.result({ case: name, title, source, figures, notes }, () =>
    renderPolicyCase(one, figures, terminal.options.language),
  );
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
