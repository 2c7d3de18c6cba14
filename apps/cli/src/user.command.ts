/** `gep user add`: adds a person with a role for a territory; they set their password through a one-time link. */
import { text as readAll } from 'node:stream/consumers';
import { Option, type Command } from 'commander';
import { operator, roles, UserService } from '@gep/access';
import { openLocalDatabase, readConfig, type Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { Terminal } from './terminal.service';

interface UserOptions {
  readonly name?: string;
  readonly role: string;
  readonly territory: string;
  readonly passwordStdin?: true;
}

export function addUserCommands(program: Command, open: () => Terminal): void {
  const user = program.command('user').description('people and their roles · 用户');
  user
    .command('add <login>')
    .description('add a person; prints a one-time link unless the password comes on stdin · 新增用户')
    .option('--name <name>', 'name to show; the login when absent')
    .addOption(new Option('--role <role>', 'what they may do').choices([...roles]).makeOptionMandatory())
    .requiredOption('--territory <code>', 'where: this territory and all below it, for example 520523 or CN')
    .option('--password-stdin', 'read the password from the first line of stdin')
    .action(async (login: string, options: UserOptions) => addUser(open(), login, options));
}

async function addUser(terminal: Terminal, login: string, options: UserOptions): Promise<void> {
  const settings = readConfig(process.env);
  const password = options.passwordStdin ? (await readAll(process.stdin)).split(/\r?\n/)[0] : undefined;
  const local = await openLocalDatabase(settings);
  try {
    const territory = await findPlace(local.database, options.territory);
    const { user, link } = await new UserService(local.database).addUser(operator, {
      login,
      name: options.name ?? login,
      grants: [{ role: options.role, territory }],
      password,
    });
    const url = link && `${settings.publicUrl}/setup#token=${link.token}`;
    terminal.result({ id: user.id, login: user.login, link: url, expiresAt: link?.expiresAt }, () =>
      terminal.say({
        zh: `已新增 ${user.login}（${options.role}，${options.territory}）${url ? `\n一次性链接（${link.expiresAt.toISOString()} 前有效）：${url}` : ''}`,
        en: `added ${user.login} (${options.role} for ${options.territory})${url ? `\none-time link, valid until ${link.expiresAt.toISOString()}: ${url}` : ''}`,
      }),
    );
  } finally {
    await local.close();
  }
}

async function findPlace(database: Database, code: string): Promise<{ code: string; path: string }> {
  const today = new Date().toISOString().slice(0, 10);
  return database.snapshot(operator, (tx) => getTerritory(tx, code, today));
}
