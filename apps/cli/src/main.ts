/** `gep`: the use cases of the platform from a terminal. */
import 'reflect-metadata';
import { Command, CommanderError, Option } from 'commander';
import { addAccountCommands } from './account.command';
import { addAssetValueCommand } from './asset-value.command';
import { addAuditCommands } from './audit.command';
import { addBridgeCommand } from './bridge.command';
import { addChangeCommand } from './change.command';
import { addComputeCommand } from './compute.command';
import { addConditionCommand } from './condition.command';
import { addExplainCommand } from './explain.command';
import { addExtentCommand } from './extent.command';
import { exitCodes } from './terminal/failure';
import { languages, type Language } from './terminal/language';
import { addNormCommands } from './norm.command';
import { addObserveCommand } from './observe.command';
import { addQualityCommand } from './quality.command';
import { addRecomputeCommand } from './recompute.command';
import { addReproduceCommand } from './reproduce.command';
import { wasInterrupted } from './machine/opened-database.service';
import { openTerminal } from './terminal/terminal.service';
import { addSupplyUseCommand } from './supply-use.command';
import { addTerritoryCommands } from './territory.command';
import { addUserCommands } from './user.command';

const footer = `
compute, explain --observations, reproduce, norm check, norm list, condition, and extent, supply-use and asset-value of a
document or of --observations need no database; the others use DATABASE_URL, or the embedded server in .data/ beside the
program, the one of npm start.

Exit codes · 退出码: 0 done, 1 refused (mend the input), 2 wrong usage, 70 defect of the program.`;

const program = new Command('gep');
const open = () => openTerminal(program.optsWithGlobals<{ json?: boolean; lang?: Language }>());

program
  .description('Two Mountains: accounts of Gross Ecosystem Product · 两山：生态产品总值核算')
  .option('--json', 'print the result as JSON; errors are JSON on stderr')
  .addOption(new Option('--lang <language>', 'language of the terminal; else that of LANG').choices([...languages]))
  .exitOverride()
  .showHelpAfterError('(--help shows how it is used · 用 --help 查看用法)')
  .addHelpText('after', footer);

for (const add of [
  addComputeCommand,
  addExplainCommand,
  addReproduceCommand,
  addQualityCommand,
  addNormCommands,
  addObserveCommand,
  addRecomputeCommand,
  addAccountCommands,
  addChangeCommand,
  addBridgeCommand,
  addTerritoryCommands,
  addUserCommands,
  addAuditCommands,
])
  add(program, open);

// Whoever reads us has read enough, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? undefined : 70));

program.parseAsync().catch((error: unknown) => {
  if (wasInterrupted()) return;
  if (!(error instanceof CommanderError)) return open().failed(error);
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
});
