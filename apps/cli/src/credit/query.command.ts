/** `gep credit consent|withdraw-consent|query|notices|mine`: what a bank may ask with consent, and what a subject sees of itself. */
import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { getHolder, namesOfUsers } from '@gep/access';
import { creditLoanKinds, type CreditLoanKind } from '@gep/rulebook';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderAnswer, renderLoanDecisions, renderNotices, renderOwnRecords } from '../rendering/credit/render-credit';
import { calendarDay, fenOfYuan, wholeNumber, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, dueDaysOf, itemNamesOf, tellCredit } from './credit-services.service';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const by = (login: string): string => `--as ${login} --password-stdin < password-file`;
const most = 200;

interface ConsentOptions extends DeedOptions {
  readonly purpose: string;
  readonly from: string;
  readonly until: string;
  readonly digest: string;
}

export function addQueryCommands(credit: Command, open: () => Terminal): void {
  addConsents(credit, open);
  addQuery(credit, open);
  const mine = byPerson(
    credit.command('mine').description('your own record, its reasons, and who looked · 本人的记录、原因，以及谁查看过'),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const { found, names } = await creditDeed(options, 'credit.own', async ({ own }, deed) => {
      const records = await own.list(deed.actor);
      const granted = records.flatMap(({ consents }) => consents.map(({ grantee }) => grantee));
      const open = records.flatMap(({ objections }) => objections.filter(({ outcome }) => outcome === null));
      const items = await itemNamesOf(
        deed,
        records.flatMap(({ measures }) => measures),
      );
      const readers = await deed.database.snapshot(deed.actor, (tx) => namesOfUsers(tx, granted));
      return { found: records, names: { items, readers, due: await dueDaysOf(deed, open) } };
    });
    terminal.result(found, () => renderOwnRecords(found, names, terminal.options.language));
  });
  withExamples(mine, `gep credit mine ${by('zhang-san')}`);
}

function addConsents(credit: Command, open: () => Terminal): void {
  const consent = byPerson(
    credit
      .command('consent <subject> <login>')
      .description('record a written consent to queries of a credit user · 登记主体同意某查询人查询')
      .requiredOption('--purpose <word>', 'for what, such as loan · 用途，如 loan')
      .requiredOption('--from <day>', 'from this day · 自此日', calendarDay)
      .requiredOption('--until <day>', 'until this day · 至此日', calendarDay)
      .requiredOption('--digest <sha256>', 'of the paper · 书面同意的摘要'),
  ).action(async (subject: string, login: string, options: ConsentOptions) => {
    const { purpose, from: fromDay, until: untilDay, digest: documentDigest } = options;
    await tellCredit(open(), options, 'credit.manage', async ({ queries }, { actor, database }) => {
      const granteeId = await database.snapshot(actor, (tx) => getHolder(tx, login, 'credit-user'));
      const wish = { subject, granteeId, purpose, fromDay, untilDay, documentDigest };
      return queries.consent(actor, wish, randomUUID());
    });
  });
  withExamples(
    consent,
    `gep credit consent ${someone} county-bank --purpose loan --from 2026-01-01 --until 2026-12-31 --digest ${digest} ${by('credit-officer')}`,
  );
  const withdraw = byPerson(
    credit
      .command('withdraw-consent <consent>')
      .description('take a consent back · 撤回同意')
      .option('--own', 'as the subject at its own login · 主体本人'),
  ).action(async (id: string, { own = false, ...options }: DeedOptions & { readonly own?: boolean }) => {
    await tellCredit(open(), options, own ? 'credit.own' : 'credit.manage', ({ queries }, { actor }) =>
      queries.withdraw(actor, { id, own }, randomUUID()),
    );
  });
  withExamples(withdraw, `gep credit withdraw-consent ${someone} --own ${by('zhang-san')}`);
}

interface QueryOptions extends DeedOptions {
  readonly purpose: string;
  readonly loan?: CreditLoanKind;
  readonly amount?: bigint;
  readonly months?: number;
  readonly pledge?: true;
}

function addQuery(credit: Command, open: () => Terminal): void {
  const query = byPerson(
    credit
      .command('query <subject-or-number>')
      .description(
        'score and grade with the consent of the subject, and whether the record opens a loan · 经同意查询分数与等级，并问记录是否允许一笔贷款',
      )
      .requiredOption('--purpose <word>', 'as the consent says · 与同意书一致')
      .addOption(new Option('--loan <kind>', 'a loan that is asked about · 所问的贷款').choices(creditLoanKinds))
      .option('--amount <yuan>', 'of the loan · 金额（元）', fenOfYuan)
      .option('--months <count>', 'of the loan · 月数', wholeNumber(1))
      .option('--pledge', 'the pledge to protect is signed · 已签生态保护承诺'),
  ).action(async (text: string, { purpose, loan, amount, months, pledge, ...options }: QueryOptions) => {
    const terminal = open();
    if (loan && (amount === undefined || months === undefined))
      query.error('error: --loan needs --amount and --months · --loan 须同时给出 --amount 与 --months');
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
    const wish = loan && { kind: loan, amountFen: amount!, months: months!, pledgeSigned: pledge === true };
    const answer = await creditDeed(options, 'credit.query', ({ queries }, { actor }) =>
      queries.ask(actor, { ...(isId ? { subject: text } : { number: text }), purpose, loan: wish }),
    );
    terminal.result(answer, () => renderAnswer(answer, terminal.options.language));
  });
  withExamples(
    query,
    `gep credit query ${someone} --purpose loan --loan unsecured --amount 200000 --months 36 --pledge ${by('county-bank')}`,
  );
  const loans = byPerson(
    credit
      .command('loans')
      .description('loans that you asked about, and what the record decided · 您问过的贷款及记录的决定'),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.query', ({ queries }, { actor }) =>
      queries.loanDecisions(actor, most),
    );
    terminal.result(found, () => renderLoanDecisions(found, terminal.options.language));
  });
  withExamples(loans, `gep credit loans ${by('county-bank')}`);
  const notices = byPerson(
    credit.command('notices').description('corrections of scores that you asked for · 查询过的分数后来的更正'),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.query', ({ queries }, { actor }) => queries.notices(actor, most));
    terminal.result(found, () => renderNotices(found, terminal.options.language));
  });
  withExamples(notices, `gep credit notices ${by('county-bank')}`);
}
