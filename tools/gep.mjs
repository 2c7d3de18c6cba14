#!/usr/bin/env node
/** The command `gep` from a clone: makes it ready when it is not, then runs the command line where the caller stands. */
import path from 'node:path';
import { runNode } from './bootstrap/child.mjs';
import { makeReady, root } from './bootstrap/ready.mjs';

makeReady();
const entry = path.join(root, 'dist', 'apps', 'cli', 'src', 'main.js');
process.exitCode = (await runNode([entry, ...process.argv.slice(2)])).code;
