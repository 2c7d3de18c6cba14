/** `gep`: the use cases of the platform from a terminal. */
import 'reflect-metadata';
import { CommanderError } from 'commander';
import { wasInterrupted } from './machine/opened-database.service';
import { gepProgram } from './program.command';
import { exitCodes } from './terminal/failure';
import { openTerminal } from './terminal/terminal.service';
import type { CommonOptions } from './terminal/usage.command';

const { program, open } = gepProgram();

// Whoever reads us has read enough, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? undefined : 70));

program.parseAsync().catch((error: unknown) => {
  if (wasInterrupted()) return;
  if (!(error instanceof CommanderError)) return open().failed(error);
  if (error.exitCode === 0) return void (process.exitCode = exitCodes.done);
  // A wrong option ends the reading before a later --json is read.
  openTerminal({ ...program.opts<CommonOptions>(), json: process.argv.includes('--json') }).misused(error);
});
