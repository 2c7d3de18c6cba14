/** `gep company`: companies that sell increments, their rights to sell, and gains that are sold elsewhere. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Bilingual } from '@gep/kernel';
import {
  CompanyService,
  getCompany,
  listCompanies,
  listSaleRights,
  listSoldGains,
  SoldGainService,
  type CompanyDraft,
  type SaleRightDraft,
  type SoldGainDraft,
} from '@gep/procurement';
import { readJsonFile } from '../dividend/paper.loader';
import { placeNames } from '../deed/naming.service';
import { byPerson, type Made, sayMade } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading } from '../machine/opened-database.service';
import { codeOfPath } from '../rendering/deed/naming';
import { showYuan } from '../rendering/figures';
import { renderCompanies, renderCompany, renderGains } from '../rendering/procurement/render-companies';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readDraft } from './read-draft';

const asClerk = '--as settlement-clerk --password-stdin < password-file';

const version = {
  ...({ validFrom: 'text', nameZh: 'text', nameEn: 'text', legalForm: 'text', creditCode: 'text?' } as const),
  ...({ payeeName: 'text', bank: 'text', accountNo: 'text', status: 'text', reason: 'text' } as const),
  documentDigest: 'text?',
} as const;

export function addCompanyCommands(program: Command, open: () => Terminal): void {
  const company = program
    .command('company')
    .description('companies that sell increments, and what they may sell · 两山公司及其出售权');
  addReads(company, open);
  addDeed(company, open, {
    usage: 'record <file>',
    description: 'record a company from a JSON file · 由 JSON 文件登记公司',
    example: `gep company record company.json ${asClerk}`,
    deed: (service, actor, draft, file) =>
      service.record(
        actor,
        readDraft<CompanyDraft>(file, draft, { ...version, code: 'text', territory: 'text' }),
        randomUUID(),
      ),
    say: (draft) => ({
      ...{ what: thisCompany, code: textOf(draft, 'code'), next: [granting] },
      done: { zh: `已登记：${textOf(draft, 'nameZh')}`, en: `recorded: ${textOf(draft, 'nameEn')}` },
    }),
  });
  addDeed(company, open, {
    usage: 'amend <file>',
    description: 'new particulars from a day on, from a JSON file · 由 JSON 文件自某日起变更公司信息',
    example: `gep company amend change.json ${asClerk}`,
    deed: (service, actor, draft, file) =>
      service.amend(
        actor,
        readDraft<Parameters<CompanyService['amend']>[1]>(file, draft, { ...version, company: 'text' }),
        randomUUID(),
      ),
    say: (draft) => ({
      ...{ what: thisCompany, code: textOf(draft, 'company'), next: [] },
      done: {
        zh: `自 ${textOf(draft, 'validFrom')} 起按新登记`,
        en: `new particulars from ${textOf(draft, 'validFrom')} on`,
      },
    }),
  });
  addGrantRight(company, open);
  addEndRight(company, open);
  addGains(company, open);
}

function addGrantRight(company: Command, open: () => Terminal): void {
  addDeed(company, open, {
    usage: 'grant-right <file>',
    description: 'grant a right to sell, from a JSON file · 由 JSON 文件登记出售权',
    example: `gep company grant-right right.json ${asClerk}`,
    deed: (service, actor, draft, file) =>
      service.grantRight(
        actor,
        readDraft<SaleRightDraft>(file, draft, {
          ...({ company: 'text', territory: 'text', parcel: 'text?', basis: 'text', validFrom: 'text' } as const),
          ...({ validTo: 'text?', reason: 'text', documentDigest: 'text?' } as const),
        }),
        randomUUID(),
      ),
    say: (draft) => ({
      what: { zh: '出售权', en: 'right to sell' },
      code: [textOf(draft, 'company'), textOf(draft, 'territory'), textOf(draft, 'parcel')].filter(Boolean).join(' '),
      done: { zh: `自 ${textOf(draft, 'validFrom')} 起有效`, en: `holds from ${textOf(draft, 'validFrom')} on` },
      next: [
        {
          ...{ verb: 'contract open <file>', name: { zh: '合同立项', en: 'plan a contract' } },
          permission: 'settlement.prepare',
        },
      ],
    }),
  });
}

interface DraftDeed {
  readonly usage: string;
  readonly description: string;
  readonly example: string;
  deed(
    service: CompanyService,
    actor: Parameters<CompanyService['record']>[0],
    draft: unknown,
    file: string,
  ): Promise<{ readonly id: string }>;
  /** What is told of what it made. */
  say(draft: unknown): Made;
}

const thisCompany: Bilingual = { zh: '公司', en: 'company' };
const textOf = (draft: unknown, name: string): string => {
  const value = (draft as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
};
const granting: Made['next'][number] = {
  ...{ verb: 'company grant-right <file>', name: { zh: '登记出售权', en: 'grant a right to sell' } },
  permission: 'procurement.manage',
};

function addDeed(company: Command, open: () => Terminal, { usage, description, example, deed, say }: DraftDeed): void {
  const command = byPerson(company.command(usage).description(description)).action(
    async (file: string, options: DeedOptions) => {
      const terminal = open();
      const draft = await readJsonFile(file);
      const made = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
        deed(new CompanyService(database), actor, draft, file),
      );
      sayMade(terminal, made, say(draft));
    },
  );
  withExamples(command, example);
}

function addReads(company: Command, open: () => Terminal): void {
  const list = company
    .command('list')
    .description('companies · 公司')
    .action(async () => {
      const terminal = open();
      const { found, places } = await reading(async (tx) => {
        const rows = await listCompanies(tx);
        const codes = rows.map(({ territoryPath }) => codeOfPath(territoryPath));
        return { found: rows, places: await placeNames(tx, codes) };
      });
      terminal.result(found, () => renderCompanies(found, places, terminal.options.language));
    });
  withExamples(list, 'gep company list', 'gep company list --json');
  const show = company
    .command('show <code>')
    .description('a company with its particulars and rights to sell · 公司信息与出售权')
    .action(async (code: string) => {
      const terminal = open();
      const { found, places } = await reading(async (tx) => {
        const one = await getCompany(tx, code);
        const rights = await listSaleRights(tx, { companyId: one.id });
        const codes = [codeOfPath(one.territoryPath), ...rights.map(({ territory }) => territory)];
        return { found: { ...one, rights }, places: await placeNames(tx, codes) };
      });
      terminal.result(found, () => renderCompany(found, places, terminal.options.language));
    });
  withExamples(show, 'gep company show dajun');
}

function addEndRight(company: Command, open: () => Terminal): void {
  const end = byPerson(
    company
      .command('end-right <company> <right>')
      .description('end a right to sell · 终止出售权')
      .requiredOption('--on <day>', 'first day on which it does not hold · 自此日起不再有效', calendarDay)
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action(async (code: string, rightId: string, options: DeedOptions & { on: string; reason: string }) => {
    const terminal = open();
    const { on: validTo, reason } = options;
    const made = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
      new CompanyService(database).endRight(actor, { company: code, rightId, validTo, reason }, randomUUID()),
    );
    sayMade(terminal, made, {
      ...{ what: { zh: '出售权', en: 'right to sell' }, code, next: [] },
      done: { zh: `自 ${validTo} 起终止`, en: `ended on ${validTo}` },
    });
  });
  withExamples(
    end,
    `gep company end-right dajun 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --on 2025-06-30 --reason '委托到期' ${asClerk}`,
  );
}

function addGains(company: Command, open: () => Terminal): void {
  const gains = company
    .command('gains')
    .description('gains sold elsewhere, which no contract buys again · 已在别处出售、不再采购的增益')
    .action(async () => {
      const terminal = open();
      const { found, places } = await reading(async (tx) => {
        const rows = await listSoldGains(tx, {});
        const codes = rows.map(({ territory }) => territory);
        return { found: rows, places: await placeNames(tx, codes) };
      });
      terminal.result(found, () => renderGains(found, places, terminal.options.language));
    });
  withExamples(gains, 'gep company gains --json');
  const gain = byPerson(
    company.command('gain <file>').description('record a gain as sold, from a JSON file · 由 JSON 文件登记已售增益'),
  ).action(async (file: string, options: DeedOptions) => {
    const terminal = open();
    const draft = readDraft<Record<keyof SoldGainDraft, string>>(file, await readJsonFile(file), {
      ...({ territory: 'text', parcel: 'text?', service: 'text', year: 'text', amountFen: 'text' } as const),
      ...({ soldTo: 'text', credit: 'text', reason: 'text', documentDigest: 'text?' } as const),
    });
    const amountFen = /^\d{1,18}$/.test(draft.amountFen) ? BigInt(draft.amountFen) : 0n;
    const made = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
      new SoldGainService(database).record(actor, { ...draft, amountFen }, randomUUID()),
    );
    sayMade(terminal, made, {
      ...{ what: { zh: '已售增益', en: 'gain sold' }, code: draft.credit, next: [] },
      done: {
        zh: `${draft.territory} ${draft.year} 年 ${draft.service} ${showYuan(amountFen)} 元，不再采购`,
        en: `${showYuan(amountFen)} yuan of ${draft.service} of ${draft.territory} in ${draft.year} are bought nowhere else`,
      },
    });
  });
  withExamples(gain, `gep company gain sold.json ${asClerk}`);
}
