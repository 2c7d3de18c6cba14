#!/usr/bin/env node
// `gep` from the sources: installs and builds when something changed, then runs the command line with the same arguments.
import { callerFolder, prepare, runFile } from './bootstrap/prepare.mjs';

prepare({ build: true }).then(
  () => {
    process.chdir(callerFolder());
    runFile('dist/apps/cli/src/main.js', process.argv.slice(2));
  },
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
