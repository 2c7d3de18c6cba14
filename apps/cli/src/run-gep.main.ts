/** One command line from its words to its exit code; the process around it is not ended. */
import { CommanderError } from 'commander';
import { wasInterrupted } from './machine/opened-database.service';
import { gepProgram } from './program.command';
import { exitCodes } from './terminal/failure';
import { openTerminal } from './terminal/terminal.service';
import type { CommonOptions } from './terminal/usage.command';

/** Runs what was typed; failures are told and set the exit code. */
export async function runGep(): Promise<void> {
  const { program, open } = gepProgram();
  try {
    await program.parseAsync();
  } catch (error) {
    if (wasInterrupted()) return;
    if (!(error instanceof CommanderError)) open().failed(error);
    else if (error.exitCode === 0) process.exitCode = exitCodes.done;
    // A wrong option ends the reading before a later --json is read.
    else openTerminal({ ...program.opts<CommonOptions>(), json: process.argv.includes('--json') }).misused(error);
  }
}
