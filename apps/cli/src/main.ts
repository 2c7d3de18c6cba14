/** `gep`: the use cases of the platform from a terminal. */
import 'reflect-metadata';
import { Command, CommanderError, Option } from 'commander';
import { addAccountCommands } from './account.command';
import { addComputeCommand } from './compute.command';
import { addExplainCommand } from './explain.command';
import { exitCodes } from './failure';
import { languages, type Language } from './language';
import { addNormCommands } from './norm.command';
import { addObserveCommand } from './observe.command';
import { addRecomputeCommand } from './recompute.command';
import { addReproduceCommand } from './reproduce.command';
import { openTerminal } from './terminal.service';
import { addTerritoryCommands } from './territory.command';
import { addUserCommands } from './user.command';

const program = new Command('gep');
const open = () => openTerminal(program.optsWithGlobals<{ json?: boolean; lang?: Language }>());

program
  .description('Two Mountains: accounts of Gross Ecosystem Product · 两山：生态产品总值核算')
  .option('--json', 'print the result as JSON; errors are JSON on stderr')
  .addOption(new Option('--lang <language>', 'language of the terminal').choices([...languages]))
  .exitOverride()
  .showHelpAfterError()
  .addHelpText('after', '\nExit codes: 0 done, 1 refused (mend the input), 2 wrong usage, 70 defect of the program.');

for (const add of [
  addComputeCommand,
  addExplainCommand,
  addReproduceCommand,
  addNormCommands,
  addObserveCommand,
  addRecomputeCommand,
  addAccountCommands,
  addTerritoryCommands,
  addUserCommands,
])
  add(program, open);

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) return open().failed(error);
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
});
