/** `gep contract`: yearly contracts on increments, from the plan to the money used, and the open release. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { operator } from '@gep/access';
import { getFund } from '@gep/ledger';
import {
  contractActs,
  contractPackage,
  ContractService,
  getCompany,
  listCompanies,
  listContracts,
  viewContract,
  type ContractAct,
  type ContractDraft,
} from '@gep/procurement';
import type { Database } from '@gep/platform';
import { getPolicyEdition, RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { digestOfPaper, readJsonFile } from '../dividend/paper.loader';
import { placeNames } from '../deed/naming.service';
import { tellDeed } from '../deed/told-deed.service';
import { nameOfFund } from '../fund/chosen-fund.service';
import { byPerson } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading, withDatabase } from '../machine/opened-database.service';
import { findSiteAddress } from '../machine/site-address.service';
import { clocksSaid, clockTitles, namingOfPlaced } from '../procedure/procedure.command';
import { type ListedContract, renderContract, renderContracts } from '../rendering/procurement/render-contracts';
import { toolsOf } from '../settlement/settlement-tools.service';
import { calendarDay, fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { withFactsOfSteps } from './contract-facts.command';
import { addSpendingVerbs } from './contract-spending.command';
import { asTerms, readDraft } from './read-draft';
import { today } from '../machine/today.service';

const mostListed = 200;
const asPerson = '--password-stdin < password-file';
const kind = 'contract';
const contractsOf = (database: Database): ContractService =>
  new ContractService(database, toolsOf(database), new RulebookService(database));

export function addContractCommands(program: Command, open: () => Terminal): void {
  const contract = program
    .command('contract')
    .description('yearly contracts on increments: every step, and the money used · 增量采购合同：各步办理与资金使用');
  addReads(contract, open);
  addOpen(contract, open);
  addAct(contract, open);
  addSupplement(contract, open);
  addSpendingVerbs(contract, open);
}

function addReads(contract: Command, open: () => Terminal): void {
  const list = contract
    .command('list')
    .description('contracts: state, company, money, and what is due next · 合同：状态、公司、金额与接下来应办事项')
    .action(async () => {
      const terminal = open();
      const { rows, places } = await reading(async (tx) => {
        const found = await listedContracts(tx);
        const units = found.map(({ contract: { terms } }) => terms.unit);
        return { rows: found, places: await placeNames(tx, units) };
      });
      const names = { titles: await clockTitles(), today: today(), places };
      terminal.result(rows, () => renderContracts(rows, names, terminal.options.language));
    });
  withExamples(list, 'gep contract list --json');
  const show = contract
    .command('show <code>')
    .description('a contract with all that was done, its clocks and its money · 合同及其办理、期限与资金')
    .action(async (code: string) => {
      const terminal = open();
      const { view, naming, ...around } = await reading((tx) => shownContract(tx, code));
      const clocks = await clocksSaid(terminal, view.clocks, today(), naming);
      const { language } = terminal.options;
      terminal.result(view, () => renderContract(view, { ...around, clocks, places: naming.places }, language));
    });
  withExamples(show, 'gep contract show dajun-2025');
  const ocds = contract
    .command('ocds <code>')
    .description(
      'release package of the Open Contracting Data Standard 1.1, published or not · 开放合同数据标准 1.1 的发布包，未公告的亦可',
    )
    .action(async (code: string) => {
      const terminal = open();
      const found = await withDatabase(async ({ database, config }) => {
        const address = (await findSiteAddress(config, process.env)) ?? config.publicUrl;
        const settings = { prefix: config.ocidPrefix, address, publisher: '两山 Two Mountains' };
        return database.snapshot(operator, (tx) => contractPackage(tx, code, settings, false));
      });
      terminal.result(found, () => JSON.stringify(found, null, 2));
    });
  withExamples(ocds, 'gep contract ocds dajun-2025 > release.json');
}

/** With the names that stand in what is told of it. */
async function shownContract(tx: EntityManager, code: string) {
  const view = await viewContract(tx, code, today());
  const { companyId, terms } = view.contract;
  const own = await namingOfPlaced(tx, view.clocks);
  const places = new Map([...own.places, ...(await placeNames(tx, [terms.unit]))]);
  const { nameZh, nameEn } = (await getCompany(tx, companyId)).versions.at(-1)!;
  const edition = view.deeds.findLast(({ facts }) => facts['ruleEdition'] !== undefined)?.facts['ruleEdition'];
  return {
    ...{ view, naming: { ...own, places }, fund: nameOfFund(await getFund(tx, terms.fundId)) },
    companyName: { zh: nameZh, en: nameEn },
    ruleTitle: edition === undefined ? undefined : (await getPolicyEdition(tx, edition)).title,
  };
}

async function listedContracts(tx: EntityManager): Promise<ListedContract[]> {
  const companies = new Map((await listCompanies(tx)).map((company) => [company.code, company.versions.at(-1)!]));
  const rows: ListedContract[] = [];
  for (const { code, companyCode } of await listContracts(tx, { limit: mostListed })) {
    const { contract, state, clocks, money, paidFen, spent } = await viewContract(tx, code, today());
    const { nameZh, nameEn } = companies.get(companyCode) ?? { nameZh: companyCode, nameEn: companyCode };
    rows.push({ contract, state, clocks, money, paidFen, spent, companyName: { zh: nameZh, en: nameEn } });
  }
  return rows;
}

function addOpen(contract: Command, open: () => Terminal): void {
  const add = byPerson(
    contract.command('open <file>').description('plan a contract by the terms of a JSON file · 按 JSON 文件的条款立项'),
  ).action(async (file: string, options: DeedOptions) => {
    const terminal = open();
    const { services, ...draft } = readDraft<ContractDraft>(file, asTerms(await readJsonFile(file)), {
      ...({ code: 'text', company: 'text', year: 'text', unit: 'text', norm: 'text', services: 'list?' } as const),
      ...({ effects: 'list?', reference: 'text', baseYear: 'text?', pricesOf: 'text', rate: 'text' } as const),
      ...({ floorFen: 'text?', capFen: 'text?', negative: 'text', policy: 'text', fundId: 'text' } as const),
      ...({ purpose: 'text', buyer: 'text', singleSourceReason: 'text', conservationShare: 'text' } as const),
      ...({ allowedPurposes: 'list', spendBy: 'text', trueUp: 'text' } as const),
    });
    const whole = { ...draft, ...(services && { services }) };
    await deedAs(options, 'settlement.prepare', (deed) =>
      tellDeed(terminal, deed, { kind, act: 'open' }, () =>
        contractsOf(deed.database).open(deed.actor, whole, randomUUID()),
      ),
    );
  });
  withExamples(add, `gep contract open contract.json --as fund-administrator ${asPerson}`);
}

interface ActOptions extends DeedOptions {
  readonly on?: string;
  readonly reason?: string;
  readonly fact?: Readonly<Record<string, string>>;
  readonly paper?: string;
}

function addAct(contract: Command, open: () => Terminal): void {
  const act = byPerson(
    contract
      .command('act <code>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices([...contractActs]))
      .description('do a step as the person who signs in · 以登录者的身份办理一步')
      .option('--on <day>', 'day on which it was done; today when absent · 办理日期；未给出时为今天', calendarDay)
      .option('--reason <text>', 'why; needed to return and to rescind · 理由；退回、解除必填')
      .option(
        '--fact <name=value>',
        'a fact of the step, listed below; may be given again · 该步的事实，见下；可多次给出',
        gatherFact,
      )
      .option('--paper <file>', 'paper of the step, kept by its SHA-256 · 该步的文件，存其 SHA-256'),
  ).action(async (code: string, wish: ContractAct, options: ActOptions) => {
    const terminal = open();
    const { on, reason, fact: facts, paper } = options;
    const documentDigest = paper === undefined ? undefined : await digestOfPaper(paper);
    const done = { contract: code, act: wish, on, reason, facts, documentDigest };
    await deedAs(options, 'ledger.read', (deed) =>
      tellDeed(terminal, deed, { kind, act: wish, named: code }, async () => {
        const { replayed } = await contractsOf(deed.database).act(deed.actor, done, randomUUID());
        return { replayed };
      }),
    );
  });
  withFactsOfSteps(act);
  withExamples(
    act,
    `gep contract act dajun-2025 budget --fact line=2110501 --fact amountFen=100000000 --as fund-administrator ${asPerson}`,
    `gep contract act dajun-2025 pay --on 2026-04-25 --as cashier ${asPerson}`,
  );
}

function gatherFact(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write name=value · 请写成 名称=值');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function addSupplement(contract: Command, open: () => Terminal): void {
  const add = byPerson(
    contract
      .command('supplement <code>')
      .argument('<yuan>', 'amount · 金额', fenOfYuan)
      .description('a supplementary contract, a tenth in all · 补充合同，合计不超过百分之十')
      .requiredOption('--reason <text>', 'why · 理由')
      .requiredOption('--paper <file>', 'the supplementary contract · 补充合同文件')
      .option('--settlement <id>', 'correction by which it is paid · 据以支付的更正结算')
      .option('--on <day>', 'day of signing · 签订日', calendarDay),
  ).action(async (code: string, amountFen: bigint, options: ActOptions & { settlement?: string }) => {
    const terminal = open();
    const { on, reason = '', settlement: settlementId } = options;
    const documentDigest = await digestOfPaper(options.paper!);
    const draft = { contract: code, amountFen, on, reason, settlementId, documentDigest };
    await deedAs(options, 'settlement.prepare', (deed) =>
      tellDeed(terminal, deed, { kind, act: 'supplement', named: code }, () =>
        contractsOf(deed.database).supplement(deed.actor, draft, randomUUID()),
      ),
    );
  });
  withExamples(
    add,
    `gep contract supplement dajun-2025 120.50 --reason '重述' --paper s.pdf --as fund-administrator ${asPerson}`,
  );
}
