/** Deeds of administrators on the real database: taken back, repeated, and seen in the trail where they belong. */
import { operator, SetupLinkService, TokenRefused, UserService, type SignedInActor } from '@gep/access';
import { IdempotencyConflict, listAudit } from '@gep/platform';
import { testActor } from '../fixtures/test-database';
import { bijie, dafang, jinsha, openAccessBench, password, secret, type AccessBench } from './access-people';

let bench: AccessBench;
let links: SetupLinkService;
let admin: SignedInActor;
beforeAll(async () => {
  bench = await openAccessBench();
  links = new SetupLinkService(bench.test.db);
  const { signIn } = await bench.person('admin', bijie);
  admin = await bench.access.authenticate((await signIn()).accessToken);
});
afterAll(() => bench.test.drop());

describe('an administrator of a city', () => {
  it('gives a role back that was taken away by mistake', async () => {
    const { login } = await bench.person('viewer', jinsha);
    const bare = await bench.users.revokeRole(admin, login, { role: 'viewer', territoryCode: jinsha.code });
    expect(bare.user.grants).toEqual([]);
    expect((await bench.users.getUser(admin, login)).grants).toEqual([]);
    const { user } = await bench.users.grantRole(admin, login, { role: 'viewer', territory: dafang });
    expect(user.grants).toEqual([{ role: 'viewer', territoryCode: dafang.code, territoryPath: dafang.path }]);
  });

  it('ends the sessions of somebody, who may sign in again', async () => {
    const { login, signIn } = await bench.person('viewer', jinsha);
    const [one, two] = [await signIn(), await signIn()];
    expect(await bench.users.endSessions(admin, login)).toEqual({ ended: 2, replayed: false });
    await expect(bench.access.refresh(one.refreshToken)).rejects.toThrow(TokenRefused);
    await expect(bench.access.refresh(two.refreshToken)).rejects.toThrow(TokenRefused);
    expect(await bench.users.endSessions(admin, login)).toEqual({ ended: 0, replayed: false });
    await signIn();
  });

  it('leaves rows in the trail that the city sees', async () => {
    const { login, signIn } = await bench.person('viewer', jinsha);
    await bench.users.grantRole(admin, login, { role: 'viewer', territory: dafang });
    await signIn();
    await bench.users.setStatus(admin, login, 'disabled');
    const seen = (scope: string) =>
      bench.test.db
        .snapshot(testActor([scope]), (tx) => listAudit(tx, {}, { limit: 4 }))
        .then((rows) => rows.map(({ action }) => action));
    const deeds = ['access.disable-user', 'access.sign-in', 'access.grant-role', 'access.add-user'];
    expect(await seen(bijie.path)).toEqual(deeds);
    expect((await seen(dafang.path))[0]).toBe('access.grant-role');
    expect((await seen(jinsha.path))[0]).toBe('access.add-user');
  });
});

describe('a command sent twice', () => {
  it('acts once and answers alike, with a link whose token is stored nowhere', async () => {
    const users = new UserService(bench.test.db, undefined, secret);
    const other = new UserService(bench.test.db, undefined, secret);
    const wish = { login: 'twice', name: '两次', grants: [{ role: 'viewer', territory: jinsha }] };
    const first = await users.addUser(operator, wish, 'key-1');
    const again = await other.addUser(operator, wish, 'key-1');
    expect(again).toEqual({ ...first, replayed: true });
    expect(first.replayed).toBe(false);
    await expect(users.addUser(operator, { ...wish, name: '另一' }, 'key-1')).rejects.toThrow(IdempotencyConflict);
    const kept = await bench.test.db.snapshot(operator, (tx) =>
      tx.query<unknown[]>(`select response from platform.idempotency where key = 'key-1'`),
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify([kept, await bench.sql('select * from access.setup_link')])).not.toContain(first.link!.token);
    await links.redeemLink({ token: again.link!.token, password });

    const link = await users.issuePasswordLink(operator, 'twice', 'key-2');
    expect(await other.issuePasswordLink(operator, 'twice', 'key-2')).toEqual({ ...link, replayed: true });
    const issued = (await bench.trail('access.issue-password-link')).filter((one) => one === `user:${first.user.id}`);
    expect(issued).toHaveLength(1);
    await users.setStatus(operator, 'twice', 'disabled', 'key-3');
    await users.setStatus(operator, 'twice', 'active', 'key-4');
    const repeated = await users.setStatus(operator, 'twice', 'disabled', 'key-3');
    expect([repeated.replayed, repeated.user.status]).toEqual([true, 'disabled']);
    expect((await users.getUser(operator, 'twice')).status).toBe('active');
  });
});
