/** Administration on the real database: first administrator, links, grants within one's own territories. */
import {
  AdministratorExists,
  Forbidden,
  GrantInvalid,
  GrantMissing,
  LastAdministrator,
  LoginRefused,
  LoginTaken,
  operator,
  OutsideOwnTerritory,
  OwnGrant,
  PasswordWeak,
  SetupLinkRefused,
  SetupLinkService,
  TokenRefused,
  UserMissing,
  type SignedInActor,
} from '@gep/access';
import { OutOfScope } from '@gep/platform';
import { testActor } from '../fixtures/test-database';
import { bijie, dafang, jinsha, nation, openAccessBench, password, type AccessBench } from './access-people';

let bench: AccessBench;
let links: SetupLinkService;
beforeAll(async () => {
  bench = await openAccessBench();
  links = new SetupLinkService(bench.test.db);
});
afterAll(() => bench.test.drop());

async function actorOf(role: string, territory: { code: string; path: string }): Promise<SignedInActor> {
  const { signIn } = await bench.person(role, territory);
  return bench.access.authenticate((await signIn()).accessToken);
}

describe('the first administrator', () => {
  const first = { login: 'first', name: '首位管理员', password };

  it('comes by a link that works once, and only while there is none', async () => {
    expect(await links.needsAdministrator()).toBe(true);
    const old = await links.issueFirstAdministratorLink();
    const link = await links.issueFirstAdministratorLink();
    await expect(links.lookAtLink(old.token)).rejects.toThrow(SetupLinkRefused);
    expect(await links.lookAtLink(link.token)).toMatchObject({ kind: 'first-administrator', login: null });
    const hours = (link.expiresAt.getTime() - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);

    await expect(links.redeemLink({ ...first, token: 'x'.repeat(43) })).rejects.toThrow(SetupLinkRefused);
    await expect(links.redeemLink({ ...first, token: link.token, password: 'short' })).rejects.toThrow(PasswordWeak);
    const made = await links.redeemLink({ ...first, token: link.token });
    expect(Object.keys(made).sort()).toEqual(['id', 'login', 'name']);
    await expect(links.redeemLink({ ...first, token: link.token })).rejects.toThrow(SetupLinkRefused);

    expect(await links.needsAdministrator()).toBe(false);
    await expect(links.issueFirstAdministratorLink()).rejects.toThrow(AdministratorExists);
    const signedIn = await bench.access.signIn({ login: 'first', password, address: '10.8.0.1' });
    const actor = await bench.access.authenticate(signedIn.accessToken);
    expect(actor.permissions.get('norm.publish')).toEqual(['CN']);
    expect(await bench.trail('access.make-first-administrator')).toEqual([`user:${made.id}`]);
  });

  it('stays: the last one is neither disabled nor loses the role, not even when two go at once', async () => {
    const held = { role: 'admin', territoryCode: 'CN' };
    await expect(bench.users.setStatus(operator, 'first', 'disabled')).rejects.toThrow(LastAdministrator);
    await expect(bench.users.revokeRole(operator, 'first', held)).rejects.toThrow(LastAdministrator);
    // one who has not set a password yet does not count
    await bench.users.addUser(operator, {
      login: 'second',
      name: '第二位',
      grants: [{ role: 'admin', territory: nation }],
    });
    await expect(bench.users.setStatus(operator, 'first', 'disabled')).rejects.toThrow(LastAdministrator);
    const { token } = await bench.users.issuePasswordLink(operator, 'second');
    await links.redeemLink({ token, password });
    await bench.warmUp();
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.allSettled([
        bench.users.setStatus(operator, 'first', 'disabled'),
        bench.users.revokeRole(operator, 'second', held),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await bench.users.setStatus(operator, 'first', 'active');
      await bench.users.grantRole(operator, 'second', { role: 'admin', territory: nation });
    }
  });

  it('is one, when two redeem at the same time', async () => {
    const other = await openAccessBench();
    try {
      const service = new SetupLinkService(other.test.db);
      const { token } = await service.issueFirstAdministratorLink();
      await other.warmUp();
      const answer = (login: string) => service.redeemLink({ token, login, name: login, password });
      const outcomes = await Promise.allSettled(['ann', 'ben', 'cai'].map(answer));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await other.sql(`select 1 from access.user_account`)).toHaveLength(1);
    } finally {
      await other.test.drop();
    }
  });
});

describe('a link for a password', () => {
  it('comes with a new person, works once, and ends earlier links and sessions', async () => {
    const wish = { login: 'newcomer', name: '新人', grants: [{ role: 'viewer', territory: jinsha }] };
    const { link, user } = await bench.users.addUser(operator, wish);
    expect(user).toMatchObject({ login: 'newcomer', status: 'active', hasPassword: false });
    expect(JSON.stringify(await bench.sql(`select * from access.setup_link`))).not.toContain(link!.token);
    expect(await links.lookAtLink(link!.token)).toMatchObject({ kind: 'password', login: 'newcomer' });
    await links.redeemLink({ token: link!.token, password });
    await expect(links.redeemLink({ token: link!.token, password })).rejects.toThrow(SetupLinkRefused);

    const before = await bench.access.signIn({ login: 'newcomer', password, address: '10.8.0.2' });
    const voided = await bench.users.issuePasswordLink(operator, 'newcomer');
    const { token } = await bench.users.issuePasswordLink(operator, 'newcomer');
    await expect(links.redeemLink({ token: voided.token, password })).rejects.toThrow(SetupLinkRefused);
    await bench.access.authenticate(before.accessToken);
    await links.redeemLink({ token, password: 'another good passphrase' });
    await expect(bench.access.refresh(before.refreshToken)).rejects.toThrow(TokenRefused);
    const old = bench.access.signIn({ login: 'newcomer', password, address: '10.8.0.2' });
    await expect(old).rejects.toThrow(LoginRefused);
  });

  it('is void when it has expired, or the person is disabled', async () => {
    const { login } = await bench.person();
    const expired = await bench.users.issuePasswordLink(operator, login);
    await bench.asOwner(`update access.setup_link set expires_at = now() where closed_at is null`);
    await expect(links.redeemLink({ token: expired.token, password })).rejects.toThrow(SetupLinkRefused);
    const { token } = await bench.users.issuePasswordLink(operator, login);
    await bench.users.setStatus(operator, login, 'disabled');
    await expect(links.redeemLink({ token, password })).rejects.toThrow(SetupLinkRefused);
  });
});

describe('an administrator of a city', () => {
  let admin: SignedInActor;
  beforeAll(async () => {
    admin = await actorOf('admin', bijie);
  });

  it('gives no role to the own account; the operator may, and the trail says so', async () => {
    const [{ login }] = await bench.sql<{ login: string }>('select login from access.user_account where id = $1', [
      admin.id,
    ]);
    const wish = { role: 'approver', territory: jinsha };
    await expect(bench.users.grantRole(admin, login, wish)).rejects.toThrow(OwnGrant);
    await expect(bench.users.grantRole(admin, login.toUpperCase(), { ...wish, role: 'admin' })).rejects.toThrow(
      OwnGrant,
    );
    expect(await bench.trail('access.grant-role')).not.toContain(`user:${admin.id}`);
    const { user } = await bench.users.grantRole(operator, login, wish);
    expect(user.grants.map(({ role }) => role).sort()).toEqual(['admin', 'approver']);
    expect(
      await bench.sql(`select actor_id from platform.audit where subject = $1 and action = $2`, [
        ...[`user:${admin.id}`, 'access.grant-role'],
      ]),
    ).toEqual([{ actor_id: 'operator' }]);
    await bench.users.revokeRole(operator, login, { role: 'approver', territoryCode: jinsha.code });
  });

  it('adds people with roles below, and gives nothing beside or above', async () => {
    const wish = { login: 'below', name: '县核算员', grants: [{ role: 'accountant', territory: jinsha }], password };
    await bench.users.addUser(admin, wish);
    await bench.users.grantRole(admin, 'below', { role: 'viewer', territory: dafang });
    const outside = { code: '530100', path: 'CN.530000.530100' };
    for (const territory of [
      nation,
      { code: '520000', path: 'CN.520000' },
      outside,
      { code: '520600', path: 'CN.520000.520600' },
    ]) {
      await expect(bench.users.grantRole(admin, 'below', { role: 'viewer', territory })).rejects.toThrow(
        OutsideOwnTerritory,
      );
      const other = { login: 'beside', name: '旁', grants: [{ role: 'viewer', territory }] };
      await expect(bench.users.addUser(admin, other)).rejects.toThrow(OutsideOwnTerritory);
    }
    await expect(bench.users.addUser(admin, { login: 'beside', name: '旁', grants: [] })).rejects.toThrow(
      OutsideOwnTerritory,
    );
  });

  it('is held to that by the database as well', async () => {
    const insert = (territoryPath: string) =>
      bench.test.db.transaction(admin, (tx) =>
        tx.query(
          `insert into access.role_grant (user_id, role, territory_code, territory_path) values ($1, 'admin', $2, $3::ltree)`,
          [admin.id, territoryPath.split('.').at(-1), territoryPath],
        ),
      );
    await insert(dafang.path);
    await expect(insert('CN')).rejects.toThrow(OutOfScope);
    await expect(insert('CN.530000')).rejects.toThrow(OutOfScope);
  });

  it('manages nobody who has a role elsewhere too, or none at all', async () => {
    const both = await bench.person('viewer', jinsha);
    await bench.users.grantRole(operator, both.login, { role: 'viewer', territory: nation });
    await bench.users.addUser(operator, { login: 'roleless', name: '无角色', grants: [] });
    await expect(bench.users.setStatus(admin, both.login, 'disabled')).rejects.toThrow(OutsideOwnTerritory);
    await expect(bench.users.issuePasswordLink(admin, both.login)).rejects.toThrow(OutsideOwnTerritory);
    await expect(bench.users.endSessions(admin, both.login)).rejects.toThrow(OutsideOwnTerritory);
    const held = { role: 'viewer', territoryCode: 'CN' };
    await expect(bench.users.revokeRole(admin, both.login, held)).rejects.toThrow(GrantMissing);
    await bench.users.revokeRole(admin, both.login, { role: 'viewer', territoryCode: jinsha.code });
  });

  it('does not learn of people of other territories that they exist', async () => {
    const refusals = await Promise.all(
      ['roleless', 'first', 'nobody-at-all'].flatMap((login) =>
        [
          bench.users.getUser(admin, login),
          bench.users.setStatus(admin, login, 'disabled'),
          bench.users.issuePasswordLink(admin, login),
          bench.users.endSessions(admin, login),
          bench.users.grantRole(admin, login, { role: 'viewer', territory: jinsha }),
          bench.users.revokeRole(admin, login, { role: 'admin', territoryCode: 'CN' }),
        ].map((deed) => deed.then(String, (error: Error) => `${error.name} ${error.message.replace(login, '…')}`)),
      ),
    );
    const missing = new UserMissing('…');
    expect(new Set(refusals)).toEqual(new Set([`${missing.name} ${missing.message}`]));
  });

  it('sees the people of the city with their roles there, and no others', async () => {
    const seen = await bench.users.listUsers(admin);
    const logins = seen.map(({ login }) => login);
    expect(logins).toContain('below');
    expect(logins).not.toContain('first');
    expect(logins).not.toContain('roleless');
    const inside = seen
      .flatMap(({ grants }) => grants)
      .every(({ territoryPath }) => territoryPath.startsWith(bijie.path));
    expect(inside).toBe(true);
    expect(JSON.stringify(seen)).not.toContain('argon2');
    const pages: string[] = [];
    for (let after: string | undefined; ; after = pages.at(-1)) {
      const page = await bench.users.listUsers(admin, { after, limit: 2 });
      pages.push(...page.map(({ login }) => login));
      if (page.length < 2) break;
    }
    expect(pages).toEqual(logins);
    const all = (await bench.users.listUsers(operator)).map(({ login }) => login);
    expect(all).toEqual(expect.arrayContaining(['first', 'roleless', 'below']));
  });
});

describe('what is asked for wrongly', () => {
  it('is refused with its reason', async () => {
    const { login } = await bench.person();
    const viewer = await actorOf('viewer', nation);
    const wish = { login: 'someone', name: '某人', grants: [{ role: 'viewer', territory: jinsha }] };
    await expect(bench.users.addUser(viewer, wish)).rejects.toThrow(Forbidden);
    await expect(bench.users.listUsers(viewer)).rejects.toThrow(Forbidden);
    await expect(bench.users.setStatus(viewer, login, 'disabled')).rejects.toThrow(Forbidden);
    await expect(bench.users.addUser(operator, { ...wish, login: login.toUpperCase() })).rejects.toThrow(LoginTaken);
    await expect(bench.users.addUser(operator, { ...wish, password: 'short' })).rejects.toThrow(PasswordWeak);
    await expect(bench.users.setStatus(operator, 'nobody', 'disabled')).rejects.toThrow(UserMissing);
    const grant = (role: string, territory: { code: string; path: string }) =>
      bench.users.grantRole(operator, login, { role, territory });
    await expect(grant('landlord', jinsha)).rejects.toThrow(GrantInvalid);
    await expect(grant('viewer', { code: '520523', path: dafang.path })).rejects.toThrow(GrantInvalid);
  });

  it('a grant given twice is one; revoked and given again it is two rows, of which one holds', async () => {
    const { login } = await bench.person('viewer', jinsha);
    const wish = { role: 'auditor', territory: dafang };
    await Promise.all([1, 2, 3].map(() => bench.users.grantRole(operator, login, wish)));
    await bench.users.revokeRole(operator, login, { role: 'auditor', territoryCode: dafang.code });
    await bench.users.grantRole(operator, login, wish);
    const rows = await bench.sql<{ revoked: boolean; by: string | null }>(
      `select revoked_at is not null as revoked, revoked_by as by from access.role_grant join access.user_account as person on person.id = user_id
       where login = $1 and role = 'auditor' order by granted_at`,
      [login],
    );
    expect(rows).toEqual([
      { revoked: true, by: 'operator' },
      { revoked: false, by: null },
    ]);
  });

  it('nothing stays of a deed whose trail cannot be written', async () => {
    await bench.asOwner(
      `alter table platform.audit add constraint out_of_order check (action <> 'access.grant-role') not valid`,
    );
    const { login } = await bench.person('viewer', jinsha);
    await expect(bench.users.grantRole(operator, login, { role: 'auditor', territory: dafang })).rejects.toThrow(
      /out_of_order/,
    );
    await bench.asOwner(`alter table platform.audit drop constraint out_of_order`);
    const rows = await bench.test.db.snapshot(testActor(), (tx) =>
      tx.query<unknown[]>(
        `select 1 from access.role_grant join access.user_account as person on person.id = user_id where login = $1 and role = 'auditor'`,
        [login],
      ),
    );
    expect(rows).toEqual([]);
  });
});
