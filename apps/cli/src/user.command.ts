/** `gep user`: adds a person, who sets their password through a one-time link; gives a role and takes it away. */
import { Option, type Command } from 'commander';
import { operator, roles, UserService } from '@gep/access';
import type { Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import { withExamples } from './terminal/arguments.command';
import { withDatabase } from './machine/opened-database.service';
import { passwordOption, readPassword } from './machine/signed-in.service';
import { findSiteAddress } from './machine/site-address.service';
import type { Terminal } from './terminal/terminal.service';
import { today } from './machine/today.service';
import { beijingMoment } from './terminal/beijing-time';

interface UserOptions {
  readonly name?: string;
  readonly role: string;
  readonly territory: string;
  readonly sheet?: readonly string[];
  readonly passwordStdin?: true;
}

const sheetOption = [
  '--sheet <codes...>',
  'with accountant: to send and take back these data sheets only · 仅用于 accountant：只限报送和撤回这些数据表',
] as const;

export function addUserCommands(program: Command, open: () => Terminal): void {
  const user = program.command('user').description('people and their roles · 用户');
  const command = user
    .command('add <login>')
    .description(
      'add a person; prints a one-time link, or takes the password with --password-stdin · 新增用户，给出一次性链接，或用 --password-stdin 设定密码',
    )
    .option('--name <name>', 'name to show; the login when absent · 显示的姓名；未给出时用登录名')
    .addOption(new Option('--role <role>', 'what they may do · 角色').choices([...roles]).makeOptionMandatory())
    .requiredOption(
      '--territory <code>',
      'where: this territory and all below it, for example 520523 or CN · 范围：该地域及其以下全部，如 520523 或 CN',
    )
    .option(...sheetOption)
    .option(...passwordOption)
    .action(async (login: string, options: UserOptions) => addUser(open(), login, options));
  withExamples(
    command,
    'gep user add bijie-accounts --role accountant --territory 520500',
    'gep user add jinsha-water --role accountant --territory 520523 --sheet soilAndWater',
    'gep user add first-admin --role admin --territory CN --password-stdin < password-file',
  );
  addRoleCommand(user, open, 'grant');
  addRoleCommand(user, open, 'revoke');
}

const roleDescriptions = {
  grant: 'give a role; an administrator cannot give one to the own account, the operator here may · 授予角色',
  revoke: 'take a role away · 收回角色',
} as const;

function addRoleCommand(user: Command, open: () => Terminal, deed: keyof typeof roleDescriptions): void {
  const command = user
    .command(`${deed} <login>`)
    .description(roleDescriptions[deed])
    .addOption(new Option('--role <role>', 'which · 角色').choices([...roles]).makeOptionMandatory())
    .requiredOption('--territory <code>', 'where: this territory and all below it · 范围：该地域及其以下全部');
  if (deed === 'grant') command.option(...sheetOption);
  command.action(async (login: string, { role, territory: code, sheet: dataSheets }: UserOptions) => {
    const terminal = open();
    const { user: changed } = await withDatabase(async ({ database }) => {
      const service = new UserService(database);
      if (deed === 'revoke') return service.revokeRole(operator, login, { role, territoryCode: code });
      return service.grantRole(operator, login, { role, territory: await findPlace(database, code), dataSheets });
    });
    const held = changed.grants.map(({ role: one, territoryCode, dataSheets: sheets }) => {
      return [one, territoryCode, ...(sheets ? [`(${sheets.join(', ')})`] : [])].join(' ');
    });
    terminal.result({ id: changed.id, login: changed.login, grants: changed.grants }, () =>
      terminal.say({
        zh: `${changed.login} 现有角色：${held.join('；') || '无'}`,
        en: `${changed.login} now holds: ${held.join('; ') || 'nothing'}`,
      }),
    );
  });
  withExamples(command, `gep user ${deed} jinsha-checker --role checker --territory 520523`);
}

async function addUser(terminal: Terminal, login: string, options: UserOptions): Promise<void> {
  const password = options.passwordStdin ? await readPassword() : undefined;
  const { user, link, site } = await withDatabase(async ({ database, config }) => {
    const territory = await findPlace(database, options.territory);
    const added = await new UserService(database).addUser(operator, {
      login,
      name: options.name ?? login,
      grants: [{ role: options.role, territory, dataSheets: options.sheet }],
      password,
    });
    return { ...added, site: added.link && (await findSiteAddress(config, process.env)) };
  });
  const url = link && `${site ?? ''}/setup#token=${link.token}`;
  const until = link && beijingMoment(link.expiresAt);
  if (link && !site)
    terminal.remark({
      zh: '不知道网站的地址：本机没有运行 npm start，也没有设置 GEP_PUBLIC_URL；请把网站地址加在链接前面',
      en: 'the address of the site is not known: npm start does not run here and GEP_PUBLIC_URL is not set; put the address of the site before the link',
    });
  const place = { zh: `${options.role}，${options.territory}`, en: `${options.role} for ${options.territory}` };
  terminal.result({ id: user.id, login: user.login, link: url, expiresAt: link?.expiresAt }, () =>
    terminal.say({
      zh: `已新增 ${user.login}（${place.zh}）${url ? `\n一次性链接（北京时间 ${until} 前有效）：${url}` : ''}`,
      en: `added ${user.login} (${place.en})${url ? `\none-time link, valid until ${until}, Beijing time: ${url}` : ''}`,
    }),
  );
}

async function findPlace(database: Database, code: string): Promise<{ code: string; path: string }> {
  return database.snapshot(operator, (tx) => getTerritory(tx, code, today()));
}
