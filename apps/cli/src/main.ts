/** `gep`: the use cases of the platform from a terminal. */
import 'reflect-metadata';
import { runGep } from './run-gep.main';

// Whoever reads us has read enough, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? undefined : 70));

void runGep();
