/** `gep audit verify`: follows the whole audit trail and says where it does not hold. */
import type { Command } from 'commander';
import { verifyAuditChain, type AuditVerdict } from '@gep/platform';
import { withExamples, wholeNumber } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { reading } from './machine/opened-database.service';
import type { Terminal } from './terminal/terminal.service';

interface VerifyOptions {
  readonly rows?: number;
  readonly hash?: string;
}

const reasons: Record<NonNullable<AuditVerdict['broken']>['reason'], { zh: string; en: string }> = {
  'row-missing': { zh: '缺少一行，或该行被移动', en: 'a row is missing or was moved' },
  'wrong-link': { zh: '与前一行的印记不符', en: 'it does not fit the seal of the row before' },
  altered: { zh: '内容与印记不符，已被改动', en: 'its content does not fit its seal; it was altered' },
  'head-differs': { zh: '与此前记下的链头不符', en: 'it differs from the head that was noted before' },
};

export function addAuditCommands(program: Command, open: () => Terminal): void {
  const audit = program.command('audit').description('the audit trail · 审计记录');
  const verify = audit
    .command('verify')
    .description('follow the whole trail; exit code 1 when it is broken · 核验审计链')
    .option(
      '--rows <n>',
      'rows of a head noted earlier, to notice rows cut off at the end · 此前记下的链头的行数，用以发现末尾被截去的行',
      wholeNumber(0),
    )
    .option('--hash <hash>', 'hash of that head · 该链头的哈希值')
    .action(async (options: VerifyOptions, command: Command) => {
      if ((options.rows === undefined) !== (options.hash === undefined))
        command.error('error: give --rows and --hash together · --rows 与 --hash 须同时给出', {
          exitCode: exitCodes.usage,
        });
      await verifyTrail(open(), options);
    });
  withExamples(
    verify,
    'gep audit verify',
    'gep audit verify --rows 1200 --hash 5f2c…   # the head noted last month · 上月记下的链头',
  );
}

async function verifyTrail(terminal: Terminal, { rows, hash }: VerifyOptions): Promise<void> {
  const noted = rows === undefined || hash === undefined ? undefined : { rows, hash };
  const verdict = await reading((tx) => verifyAuditChain(tx, noted));
  const { head, broken } = verdict;
  if (broken) process.exitCode = exitCodes.refused;
  terminal.result(verdict, () =>
    terminal.say(
      broken
        ? {
            zh: `审计链在第 ${broken.seq} 行断开：${reasons[broken.reason].zh}；此前 ${verdict.rows} 行完好`,
            en: `the trail is broken at row ${broken.seq}: ${reasons[broken.reason].en}; the ${verdict.rows} rows before are whole`,
          }
        : { zh: `${head.rows} 行完好，链头 ${head.hash}`, en: `${head.rows} rows, all whole; head ${head.hash}` },
    ),
  );
}
