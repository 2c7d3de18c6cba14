/** `gep dividend book` and `entry`: the book of a company, which dividends are shared out of. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { operator } from '@gep/access';
import { type Bilingual, type Fraction } from '@gep/kernel';
import { CompanyBookService } from '@gep/procurement';
import { byPerson, sayMade } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { showYuan } from '../rendering/figures';
import { renderTable } from '../rendering/text-table';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { digestOfPaper } from './paper.loader';
import { yuanToFen } from './register-options.command';

const entryKinds: Readonly<Record<'income' | 'cost', Bilingual>> = {
  income: { zh: '收入', en: 'income' },
  cost: { zh: '成本', en: 'cost' },
};

interface EntryOptions extends DeedOptions {
  readonly yuan: Fraction;
  readonly on: string;
  readonly period: string;
  readonly agreement?: string;
  readonly settlement?: string;
  readonly memo: string;
  readonly evidence: string;
  readonly document: string;
}

export function addCompanyBook(dividend: Command, open: () => Terminal): void {
  const book = dividend
    .command('book <company>')
    .description('balances of the book of a company; a debit is positive · 公司账簿的余额，借方为正')
    .action(async (company: string) => {
      const terminal = open();
      const balances = await withDatabase(({ database }) => new CompanyBookService(database).show(operator, company));
      const headings = terminal.options.language === 'zh' ? ['科目', '余额（元）'] : ['Account', 'Balance (yuan)'];
      terminal.result(Object.fromEntries(balances), () =>
        renderTable(
          headings.map((heading, at) => ({ heading, numeric: at === 1 })),
          [...balances].map(([role, fen]) => [role, showYuan(fen)]),
        ),
      );
    });
  withExamples(book, 'gep dividend book forest');
  const entry = byPerson(dividend.command('entry <company>'))
    .description(
      'book income or cost with its evidence; the first one opens the book · 记收入或成本，附凭据；首笔即开立账簿',
    )
    .addArgument(new Argument('<kind>', 'which · 哪一种').choices(['income', 'cost']))
    .requiredOption('--yuan <amount>', 'how much · 金额（元）', yuanToFen)
    .requiredOption('--on <day>', 'when · 日期', calendarDay)
    .requiredOption('--period <period>', 'which period it is for · 所属期')
    .option('--agreement <code>', 'agreement, contract or settlement · 协议、合同或结算代码')
    .option('--settlement <id>', 'settlement that it was paid by · 支付该收入的结算')
    .requiredOption('--memo <text>', 'what it is · 摘要')
    .requiredOption('--evidence <number>', 'number of the slip, booked once · 凭据编号，一张只记一次')
    .requiredOption('--document <file>', 'the slip · 凭据')
    .action(async (company: string, kind: 'income' | 'cost', options: EntryOptions) => {
      const { yuan, on, period, agreement = null, settlement: settlementId = null, memo, evidence, document } = options;
      const documentDigest = await digestOfPaper(document);
      const about = { on, period, agreement, settlementId, memo, evidence, documentDigest };
      const answer = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
        new CompanyBookService(database).record(
          actor,
          { company, kind, amountFen: yuan.numerator, ...about },
          randomUUID(),
        ),
      );
      const amount = showYuan(yuan.numerator);
      sayMade(open(), answer, {
        ...{ what: { zh: '凭证', en: 'voucher' }, code: evidence },
        done: {
          zh: `${company} ${on} 记${entryKinds[kind].zh} ${amount} 元（${period}）`,
          en: `${entryKinds[kind].en} of ${amount} yuan booked to ${company} on ${on} (${period})`,
        },
        next: [],
      });
    });
  withExamples(
    entry,
    "gep dividend entry forest income --yuan 100000 --on 2025-05-01 --period 2025 --settlement 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 --memo '增量采购' --evidence B-17 --document slip.pdf --as clerk --password-stdin < password-file",
  );
}
