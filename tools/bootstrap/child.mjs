/** Runs a program in the place of this one: its output, its signals and its exit code are ours. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs `node <args>` and resolves with its exit code.
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean}} options capture gathers the output instead of showing it
 * @returns {Promise<{code: number, output: string}>}
 */
export function runNode(args, { cwd, env = process.env, capture = false } = {}) {
  const child = spawn(process.execPath, args, { cwd, env, stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  // Ctrl-C reaches the child by itself, as it is in the group of the terminal; we only wait for it to end.
  const ignore = () => undefined;
  const passOn = (signal) => child.kill(signal);
  process.on('SIGINT', ignore);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, passOn);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      for (const name of ['SIGTERM', 'SIGHUP']) process.off(name, passOn);
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output });
    });
  });
}
