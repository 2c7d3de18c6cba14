/** Signing in with a password on the real database: who gets in, what guessing costs, what the trail keeps. */
import { hash } from '@node-rs/argon2';
import {
  LoginRefused,
  operator,
  PasswordWeak,
  requirePermission,
  SetupLinkService,
  TokenRefused,
  TooManyAttempts,
  type AccessService,
} from '@gep/access';
import { verifyAuditChain } from '@gep/platform';
import { testActor } from '../fixtures/test-database';
import { jinsha, openAccessBench, password, type AccessBench } from './access-people';

let bench: AccessBench;
let access: AccessService;
let person: AccessBench['person'];
let sql: AccessBench['sql'];
beforeAll(async () => {
  bench = await openAccessBench();
  ({ access, person, sql } = bench);
});
afterAll(() => bench.test.drop());

describe('the password', () => {
  it('lets in whoever has it, however the login is written', async () => {
    const { login, signIn } = await person();
    const signedIn = await signIn({ login: ` ${login.toUpperCase()} ` });
    expect(signedIn).toMatchObject({ expiresIn: 900, user: { login } });
    const actor = await access.authenticate(signedIn.accessToken);
    expect(actor).toMatchObject({ id: signedIn.user.id, login, scope: [jinsha.path] });
    expect(requirePermission(actor, 'observation.import').scope).toEqual([jinsha.path]);
  });

  it('is refused in one way, whether login or password is wrong', async () => {
    const { signIn } = await person();
    const wrong = (await signIn({ password: 'another-password!' }).catch((error: unknown) => error)) as LoginRefused;
    const unknown = (await signIn({ login: 'nobody-here' }).catch((error: unknown) => error)) as LoginRefused;
    expect(wrong).toBeInstanceOf(LoginRefused);
    expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message });
    expect((await bench.trail('access.refuse-sign-in')).at(-1)).toBe('user:unknown');
  });

  it('takes as long to refuse for a login that is not there', async () => {
    const { login } = await person();
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 12; round++) {
      for (const kind of ['known', 'unknown'] as const) {
        const begun = performance.now();
        const who = kind === 'known' ? login : `nobody${round}`;
        await access.signIn({ login: who, password: 'wrong-wrong-wrong', address: `10.9.${round}.1` }).catch(() => 0);
        times[kind].push(performance.now() - begun);
      }
    }
    const quickest = (list: number[]) => Math.min(...list);
    // Without the decoy the ratio is above five.
    const ratio = quickest(times.known) / quickest(times.unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('is kept as argon2id with the stated parameters, and older hashes are replaced at the next sign-in', async () => {
    const { login, signIn } = await person();
    const stored = async () =>
      (
        await sql<{ hash: string }>(`select password_hash as hash from access.user_account where login = $1`, [login])
      )[0].hash;
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const weak = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1 });
    await sql(`update access.user_account set password_hash = $2 where login = $1`, [login, weak]);
    await signIn();
    expect(await stored()).toMatch(/m=19456,t=2,p=1/);
    await signIn();
  });

  it('of a user without one lets nobody in', async () => {
    await bench.users.addUser(operator, { login: 'invited', name: '受邀者', grants: [] });
    const attempt = access.signIn({ login: 'invited', password: '', address: '10.3.3.3' });
    await expect(attempt).rejects.toThrow(LoginRefused);
  });
});

describe('guessing', () => {
  it('is stopped after five attempts of one login from one address, the right password included', async () => {
    const { signIn } = await person();
    for (let attempt = 0; attempt < 5; attempt++)
      await expect(signIn({ password: 'wrong!' })).rejects.toThrow(LoginRefused);
    const refused = (await signIn().catch((error: unknown) => error)) as TooManyAttempts;
    expect(refused).toBeInstanceOf(TooManyAttempts);
    expect(refused.kind).toBe('too-much');
    expect(refused.retrySeconds).toBeGreaterThan(800);
    // the owner of the account, elsewhere, is not locked out
    await signIn({ address: '10.200.0.1' });
  });

  it('starts anew with another password, set through a link', async () => {
    const { login, signIn } = await person();
    for (let attempt = 0; attempt < 6; attempt++) await signIn({ password: 'wrong!' }).catch(() => 0);
    const { token } = await bench.users.issuePasswordLink(operator, login);
    await expect(signIn()).rejects.toThrow(TooManyAttempts);
    const fresh = 'three grey herons by the lake';
    await new SetupLinkService(bench.test.db).redeemLink({ token, password: fresh });
    await expect(signIn()).rejects.toThrow(LoginRefused);
    await signIn({ password: fresh });
  });

  it('is stopped as well when all attempts come at once', async () => {
    const { signIn } = await person();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => signIn({ password: 'wrong!' })));
    const weighed = outcomes.filter(
      (outcome) => outcome.status === 'rejected' && outcome.reason instanceof LoginRefused,
    );
    expect(weighed).toHaveLength(5);
  });

  it('is forgotten after a success, and one address may not try many accounts', async () => {
    const { signIn } = await person();
    for (let round = 0; round < 3; round++) {
      for (let attempt = 0; attempt < 4; attempt++) await signIn({ password: 'wrong!' }).catch(() => 0);
      await signIn();
    }
    const address = '10.77.0.1';
    const outcomes: unknown[] = [];
    for (let attempt = 0; attempt < 61; attempt++) {
      outcomes.push(
        await access
          .signIn({ login: `nobody${attempt}`, password: 'wrong!', address })
          .catch((error: unknown) => error),
      );
    }
    expect(outcomes.slice(0, 60).every((error) => error instanceof LoginRefused)).toBe(true);
    expect(outcomes[60]).toBeInstanceOf(TooManyAttempts);
    expect((await bench.trail('access.throttle')).length).toBeGreaterThan(0);
  });

  it('a window that is over starts anew', async () => {
    const { signIn } = await person();
    for (let attempt = 0; attempt < 6; attempt++) await signIn({ password: 'wrong!' }).catch(() => 0);
    await expect(signIn()).rejects.toThrow(TooManyAttempts);
    await sql(`update access.login_attempt set window_ends_at = now() - interval '1 second'`);
    await signIn();
  });
});

describe('a change of password', () => {
  it('ends every session and opens a new one', async () => {
    const { login, signIn } = await person();
    const [here, there] = [await signIn(), await signIn()];
    const actor = await access.authenticate(here.accessToken);
    const change = { current: password, next: 'another good passphrase', address: '10.50.0.1' };
    const fresh = await access.changePassword(actor, change);
    for (const old of [here, there]) {
      await expect(access.authenticate(old.accessToken)).rejects.toThrow(TokenRefused);
      await expect(access.refresh(old.refreshToken)).rejects.toThrow(TokenRefused);
    }
    await access.authenticate(fresh.accessToken);
    await expect(signIn()).rejects.toThrow(LoginRefused);
    await access.signIn({ login, password: change.next, address: change.address });
  });

  it('needs the current password and a good new one', async () => {
    const { signIn } = await person();
    const { accessToken } = await signIn();
    const actor = await access.authenticate(accessToken);
    const change = (current: string, next: string) =>
      access.changePassword(actor, { current, next, address: '10.50.0.2' });
    await expect(change('wrong', 'another good passphrase')).rejects.toThrow(LoginRefused);
    await expect(change(password, 'short')).rejects.toThrow(PasswordWeak);
    await access.authenticate(accessToken);
  });
});

it('every deed left its row in an unbroken trail, and no secret is in it', async () => {
  const verdict = await bench.test.db.snapshot(testActor(), (tx) => verifyAuditChain(tx));
  expect(verdict.broken).toBeUndefined();
  expect(verdict.rows).toBeGreaterThan(50);
  const text = JSON.stringify(await sql(`select * from platform.audit`));
  for (const hidden of [password, 'argon2id', 'another good passphrase', 'wrong-wrong-wrong'])
    expect(text).not.toContain(hidden);
});
