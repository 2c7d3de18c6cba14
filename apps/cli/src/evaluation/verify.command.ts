/** `gep verify`: checks a downloaded disclosure with nothing but the file. */
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type DisclosureVerdict, type KnownBefore, verifyDisclosure } from '@gep/evaluation';
import { ObservationsUnreadable } from '../errors';
import { renderVerdict } from '../rendering/evaluation/render-disclosure';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes, fileFailure } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { DisclosureFileTooLarge } from './errors';

/** A disclosure of a thousand figures has half a megabyte. */
const mostBytes = 50_000_000;

interface VerifyOptions {
  readonly key?: string;
  readonly rows?: string;
  readonly hash?: string;
}

export function addVerifyCommand(program: Command, open: () => Terminal): void {
  const verify = program
    .command('verify <file>')
    .description(
      'check a downloaded disclosure or receipt, offline; exit code 1 when anything was changed · 离线核验下载的披露文件或凭据',
    )
    .option('--key <hex>', 'public key of the platform, from elsewhere (GET /api/v1/open/key) · 另处所得的平台公钥')
    .option('--rows <n>', 'rows of a head of the audit chain noted elsewhere · 另处记下的审计链首的行数')
    .option('--hash <hex>', 'hash of that head · 该链首的哈希值')
    .action(async (file: string, options: VerifyOptions, command: Command) => {
      const { rows, hash } = options;
      if ((rows === undefined) !== (hash === undefined))
        command.error('error: give --rows and --hash together · --rows 与 --hash 须同时给出', {
          exitCode: exitCodes.usage,
        });
      const known: KnownBefore = {
        ...(options.key !== undefined && { publicKey: options.key.trim().toLowerCase() }),
        ...(rows !== undefined && hash !== undefined && { head: { rows, hash: hash.trim().toLowerCase() } }),
      };
      tell(open(), verifyDisclosure(await readDisclosure(file), known));
    });
  withExamples(verify, 'gep verify 990001-2024-1.json', 'gep verify 990001-2024-1.csv --key 5f…0c');
}

/** @throws ObservationsUnreadable, DisclosureFileTooLarge */
async function readDisclosure(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes) throw new DisclosureFileTooLarge(file, size, mostBytes);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof DisclosureFileTooLarge) throw error;
    throw new ObservationsUnreadable(file, fileFailure(error));
  }
}

function tell(terminal: Terminal, verdict: DisclosureVerdict): void {
  terminal.result(verdict, () => renderVerdict(verdict, terminal.options.language));
  if (!verdict.whole) process.exitCode = exitCodes.refused;
}
