/** `gep credit`: the list in force, the register, entries, objections, measures, queries and the own record. */
import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { getHolder } from '@gep/access';
import { CreditEditions, identifierFields, type IdentifierField } from '@gep/credit';
import { creditSubjectKinds, creditView, type CreditSubjectKind } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import { byPerson } from '../fund/person.command';
import { reading } from '../machine/opened-database.service';
import type { DeedOptions } from '../machine/person-deed.service';
import { today } from '../machine/today.service';
import { renderCatalogue } from '../rendering/credit/render-catalogue';
import { renderGradeTable, renderReadings, renderSubjects } from '../rendering/credit/render-credit';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, tellCredit } from './credit-services.service';
import { addEntryCommands } from './entry.command';
import { addMeasureCommands } from './measure.command';
import { addPointsCommands } from './points.command';
import { addQueryCommands } from './query.command';
import { addVillageCommands } from './village.command';

const asOfficer = '--as credit-officer --password-stdin < password-file';
const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const most = 200;

export function addCreditCommands(program: Command, open: () => Terminal): void {
  const credit = program
    .command('credit')
    .description(
      'ecological credit: behaviours, scores, measures; nobody is named · 生态信用：行为、分数、措施；不显示姓名',
    );
  addCatalogue(credit, open);
  addRegister(credit, open);
  addFinding(credit, open);
  addReadings(credit, open);
  addKeys(credit, open);
  addEntryCommands(credit, open);
  addMeasureCommands(credit, open);
  addQueryCommands(credit, open);
  addVillageCommands(credit, open);
  addPointsCommands(credit, open);
}

function addCatalogue(credit: Command, open: () => Terminal): void {
  const catalogue = credit
    .command('catalogue <territory>')
    .description('behaviours, grades and measures in force on a day · 当日有效的行为、等级与措施')
    .option('--day <day>', 'on this day; else today · 此日；未给出时为今天', calendarDay)
    .action(async (territory: string, { day = today() }: { readonly day?: string }) => {
      const terminal = open();
      const found = await reading(async (tx) => {
        const { path } = await getTerritory(tx, territory, day);
        const { edition, catalogue: list } = await new CreditEditions().inForce(tx, path, day);
        return { edition, ...creditView(list) };
      });
      terminal.result(found, () => renderCatalogue(found, terminal.options.language));
    });
  withExamples(catalogue, 'gep credit catalogue 331125', 'gep credit catalogue 331125 --day 2024-06-30 --json');
  const grades = byPerson(
    credit
      .command('grades <territory>')
      .description('how many persons have which grade; fewer than five are hidden · 各等级人数；少于五人的隐去'),
  ).action(async (territory: string, options: DeedOptions) => {
    const terminal = open();
    const table = await creditDeed(options, 'credit.read', async ({ tables }, { actor, pathOf }) =>
      tables.read(actor, await pathOf(territory)),
    );
    terminal.result(table, () => renderGradeTable(table, terminal.options.language));
  });
  withExamples(grades, `gep credit grades 331125 ${asOfficer}`);
}

interface RegisterOptions extends DeedOptions {
  readonly name: string;
  readonly number: string;
  readonly phone?: string;
  readonly since?: string;
  readonly consent?: string;
}

function addRegister(credit: Command, open: () => Terminal): void {
  const register = byPerson(
    credit
      .command('register <territory> <kind>')
      .description(
        'enter a subject (person, firm, village); who it is is kept sealed · 登记主体（person、firm、village），标识加密保存',
      )
      .requiredOption('--name <text>', 'name · 名称')
      .requiredOption(
        '--number <text>',
        'identity card, credit code or code of the village · 身份证号码、信用代码或村代码',
      )
      .option('--phone <text>', 'telephone · 电话')
      .option('--since <day>', 'since when a record is kept · 自何日起有记录', calendarDay)
      .option('--consent <sha256>', 'digest of the written consent; a person needs one · 书面同意的摘要，个人必填'),
  ).action(async (territory: string, kind: string, options: RegisterOptions) => {
    const { name, number, phone, since, consent: consentDigest } = options;
    if (!creditSubjectKinds.some((one) => one === kind))
      register.error(
        `error: ${kind} is none of ${creditSubjectKinds.join(', ')} · 种类应为 ${creditSubjectKinds.join('、')}`,
      );
    await tellCredit(open(), options, 'credit.manage', async ({ subjects }, { actor, pathOf }) => {
      const wish = {
        kind: kind as CreditSubjectKind,
        territoryPath: await pathOf(territory),
        name,
        number,
        phone,
        since,
      };
      return subjects.register(actor, { ...wish, consentDigest }, randomUUID());
    });
  });
  withExamples(
    register,
    `gep credit register 331125 firm --name "Mountain Works" --number 91331125MA2E0XXXX0 ${asOfficer}`,
  );
}

function addFinding(credit: Command, open: () => Terminal): void {
  const list = byPerson(
    credit
      .command('subjects [territory]')
      .description('subjects by number, at or below a territory · 主体编号，按地域'),
  ).action(async (territory: string | undefined, options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', async ({ subjects }, { actor, pathOf }) =>
      subjects.list(actor, { within: territory && (await pathOf(territory)), page: { limit: most } }),
    );
    terminal.result(found, () => renderSubjects(found, terminal.options.language));
  });
  withExamples(list, `gep credit subjects 331125 ${asOfficer}`);
  const search = byPerson(
    credit
      .command('search <text>')
      .description('look for a subject by a whole identifier · 按完整标识查找主体')
      .addOption(
        new Option('--field <field>', 'which identifier · 何种标识').choices(identifierFields).default('number'),
      )
      .addOption(
        new Option('--kind <kind>', 'kind of subject · 主体种类').choices(creditSubjectKinds).default('person'),
      ),
  ).action(
    async (
      text: string,
      options: DeedOptions & { readonly field: IdentifierField; readonly kind: CreditSubjectKind },
    ) => {
      const terminal = open();
      const { field, kind } = options;
      const found = await creditDeed(options, 'credit.manage', ({ subjects }, { actor }) =>
        subjects.search(actor, { field, text, kind }),
      );
      terminal.result(found, () => renderSubjects(found, terminal.options.language));
    },
  );
  withExamples(search, `gep credit search 990101199001010043 ${asOfficer}`);
}

function addReadings(credit: Command, open: () => Terminal): void {
  const identify = byPerson(
    credit
      .command('identify <subject>')
      .description(
        'who a subject is; the purpose is noted and shown to the subject · 查看主体是谁；用途记入日志，主体可见',
      )
      .requiredOption('--purpose <text>', 'for what · 用途'),
  ).action(async (subject: string, options: DeedOptions & { readonly purpose: string }) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.manage', ({ subjects }, { actor }) =>
      subjects.identify(actor, subject, options.purpose),
    );
    terminal.result(found, () =>
      Object.entries(found.identifiers)
        .map(([field, text]) => `${field}: ${text}`)
        .join('\n'),
    );
  });
  withExamples(identify, `gep credit identify ${someone} --purpose "notice to subject" ${asOfficer}`);
  const readings = byPerson(
    credit
      .command('readings <subject>')
      .description('who looked at a record, when and for what · 谁查看过记录、何时、为何'),
  ).action(async (subject: string, options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', ({ subjects }, { actor }) =>
      subjects.readings(actor, subject, { limit: most }),
    );
    terminal.result(found, () => renderReadings(found, terminal.options.language));
  });
  withExamples(readings, `gep credit readings ${someone} ${asOfficer}`);
  const link = byPerson(
    credit
      .command('link <subject> <login>')
      .description('let a subject read its record at its login · 让主体以其登录查看本人记录')
      .option('--end', 'no longer · 解除'),
  ).action(async (subject: string, login: string, options: DeedOptions & { readonly end?: true }) => {
    await tellCredit(open(), options, 'credit.manage', async ({ subjects }, { actor, database }) => {
      const userId = await database.snapshot(actor, (tx) => getHolder(tx, login, 'credit-subject'));
      return subjects.link(actor, { subject, userId, linked: options.end !== true }, randomUUID());
    });
  });
  withExamples(link, `gep credit link ${someone} zhang-san ${asOfficer}`);
}

function addKeys(credit: Command, open: () => Terminal): void {
  const rotate = byPerson(
    credit
      .command('rotate')
      .description(
        'seal identifiers anew under the first key of GEP_CREDIT_KEYS · 以 GEP_CREDIT_KEYS 的第一组密钥重新加密标识',
      ),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const { sealed } = await creditDeed(options, 'credit.manage', ({ subjects }, { actor }) => subjects.rotate(actor));
    terminal.result({ sealed }, () => terminal.say({ zh: `已重新加密 ${sealed} 项`, en: `${sealed} sealed anew` }));
  });
  withExamples(rotate, `gep credit rotate ${asOfficer}`);
}
