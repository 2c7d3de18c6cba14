/** `gep dividend proof|verify-proof`: that a line is among lines which sum to the fund; checked without a database. */
import { InvalidArgumentError, type Command } from 'commander';
import { operator } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import { checkProof, type LineProof, OwnDividends, type ProofFault } from '@gep/procurement';
import { withDatabase } from '../machine/opened-database.service';
import { showYuan } from '../rendering/figures';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { readJsonFile } from './paper.loader';

const faults: Readonly<Record<ProofFault, Bilingual>> = {
  shape: { zh: '文件不是一份证明', en: 'the file is no proof' },
  parts: { zh: '应有第 1、2 两段', en: 'it must have parts 1 and 2' },
  amount: { zh: '两段之和不是所称金额', en: 'its parts do not sum to the amount it tells' },
  sum: { zh: '路径上的和超过总额', en: 'the sums on its way exceed the total' },
  root: {
    zh: '不通到已公布的根：金额、权利人或路径被改过',
    en: 'it does not lead to the published root: amount, owner or way was changed',
  },
  total: { zh: '各行之和不是已公布的总额', en: 'the lines do not sum to the published total' },
};

const root = (text: string): string => {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('give the 64 hex digits that were published · 请给出已公布的 64 位十六进制根');
};
const total = (text: string): bigint => {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('give the published total in fen · 请给出已公布的总额（分）');
};

export function addProofs(dividend: Command, open: () => Terminal): void {
  const proof = dividend
    .command('proof <dividend>')
    .description(
      'an operator: the proof of any one line, as JSON to hand over; a household takes its own: dividend own proof · 运维人员：任一行的证明（JSON），供转交；农户自取用 dividend own proof',
    )
    .requiredOption('--owner <code>', 'whose line · 权利人')
    .action(async (id: string, { owner }: { owner: string }) => {
      const terminal = open();
      const found = await withDatabase(({ database }) => new OwnDividends(database).proveFor(operator, id, owner));
      terminal.result(found, () => JSON.stringify(found, null, 2));
    });
  withExamples(proof, 'gep dividend proof forest.2025 --owner h-17 > proof.json');

  const verify = dividend
    .command('verify-proof <file>')
    .description(
      'check a proof against the published root and total, without a database; exit code 1 when it does not hold · 按已公布的根与总额核验，无须数据库；不成立时退出码为 1',
    )
    .requiredOption('--root <hex>', 'published root · 已公布的根', root)
    .requiredOption('--total <fen>', 'published total in fen · 已公布的总额（分）', total)
    .action(async (file: string, options: { root: string; total: bigint }) => {
      const terminal = open();
      const read = (await readJsonFile(file)) as LineProof;
      const fault = checkProof(read, { root: options.root, totalFen: options.total });
      if (fault) process.exitCode = exitCodes.refused;
      const holds = fault === undefined;
      terminal.result(
        { holds, fault: fault ?? null, ...(holds && { owner: read.owner, amountFen: read.amountFen }) },
        () =>
          holds
            ? terminal.say({
                zh: `成立：${read.owner} 的 ${showYuan(BigInt(read.amountFen))} 元在内，各行之和为 ${showYuan(options.total)} 元`,
                en: `it holds: ${showYuan(BigInt(read.amountFen))} yuan of ${read.owner} are in it, and all lines sum to ${showYuan(options.total)} yuan`,
              })
            : terminal.say({ zh: `不成立：${faults[fault].zh}`, en: `it does not hold: ${faults[fault].en}` }),
      );
    });
  withExamples(
    verify,
    'gep dividend verify-proof proof.json --root 5f2c…<64 hex> --total 9000000   # as published · 按公布的数',
  );
}
