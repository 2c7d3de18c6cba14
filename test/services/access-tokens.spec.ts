/** Staying in and being shut out on the real database: refresh tokens, access tokens, sessions. */
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Test } from '@nestjs/testing';
import { AccessModule, AccessService, operator, TokenRefused, UserService } from '@gep/access';
import { Database } from '@gep/platform';
import { jinsha, openAccessBench, secret, type AccessBench } from './access-people';

let bench: AccessBench;
let access: AccessService;
let person: AccessBench['person'];
let sql: AccessBench['sql'];
beforeAll(async () => {
  bench = await openAccessBench();
  ({ access, person, sql } = bench);
});
afterAll(() => bench.test.drop());

describe('a refresh token', () => {
  it('is good once, and its successor goes on', async () => {
    const { signIn } = await person();
    const first = await signIn();
    const second = await access.refresh(first.refreshToken);
    const third = await access.refresh(second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    await access.authenticate(third.accessToken);
  });

  it('used again after its successor ends the whole session, for thief and owner alike', async () => {
    const { signIn } = await person();
    const first = await signIn();
    const second = await access.refresh(first.refreshToken);
    const third = await access.refresh(second.refreshToken);
    await expect(access.refresh(first.refreshToken)).rejects.toThrow(TokenRefused);
    await expect(access.refresh(third.refreshToken)).rejects.toThrow(TokenRefused);
    for (const { accessToken } of [first, second, third]) {
      await expect(access.authenticate(accessToken)).rejects.toThrow(TokenRefused);
    }
    expect(await bench.trail('access.revoke-session')).toHaveLength(1);
  });

  it('used again much later ends the session even if the successor never was used', async () => {
    const { signIn } = await person();
    const first = await signIn();
    const second = await access.refresh(first.refreshToken);
    await sql(
      `update access.refresh_token set used_at = now() - interval '11 seconds' where used_at is not null and replaced_by is not null`,
    );
    await expect(access.refresh(first.refreshToken)).rejects.toThrow(TokenRefused);
    await expect(access.refresh(second.refreshToken)).rejects.toThrow(TokenRefused);
  });

  it('used by two tabs at once gives both the same successor, and the session lives', async () => {
    const { signIn } = await person();
    let { refreshToken } = await signIn();
    await bench.warmUp();
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => access.refresh(refreshToken)));
      expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
      refreshToken = answers[0].refreshToken;
    }
    const next = await access.refresh(refreshToken);
    await access.authenticate(next.accessToken);
    const { sessionId } = await access.authenticate(next.accessToken);
    const rows = await sql(`select id from access.refresh_token where session_id = $1`, [sessionId]);
    expect(rows).toHaveLength(7);
  });

  it('is refused when unknown, expired or of an expired session; none is stored in the clear', async () => {
    const { signIn } = await person();
    await expect(access.refresh('x'.repeat(43))).rejects.toThrow(TokenRefused);
    const first = await signIn();
    const { sessionId } = await access.authenticate(first.accessToken);
    const stored = await sql(`select * from access.refresh_token where session_id = $1`, [sessionId]);
    expect(JSON.stringify(stored)).not.toContain(first.refreshToken);
    expect(
      await bench.asOwner(`update access.refresh_token set expires_at = now() where session_id = '${sessionId}'`),
    ).toBe(1);
    await expect(access.refresh(first.refreshToken)).rejects.toThrow(TokenRefused);
    const second = await signIn();
    const session = (await access.authenticate(second.accessToken)).sessionId;
    await bench.asOwner(`update access.session set expires_at = now() where id = '${session}'`);
    await expect(access.refresh(second.refreshToken)).rejects.toThrow(TokenRefused);
  });
});

describe('an access token', () => {
  it('is refused when forged, altered, expired, for somebody else or of another algorithm', async () => {
    const { signIn } = await person();
    const { accessToken, user } = await signIn();
    const { sessionId } = await access.authenticate(accessToken);
    const [head, body, signature] = accessToken.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: user.id, sid: sessionId, jti: randomUUID(), iss: 'two-mountains', aud: 'two-mountains-api' };
    const exp = Math.floor(Date.now() / 1000) + 600;
    const sign = (key: string | Buffer, header: object, payload: object) => {
      const text = `${encode(header)}.${encode(payload)}`;
      return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
    };
    const stranger = new JwtService({ secret });
    const forged: string[] = [
      '',
      'a.b.c',
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(0, -2)}AA`,
      `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`,
      `${encode({ alg: 'None' })}.${encode({ ...claims, exp })}.`,
      // the configured secret itself is not the key
      sign(secret, { alg: 'HS256' }, { ...claims, exp }),
      await stranger.signAsync({ ...claims, exp }, { algorithm: 'HS512' }),
    ];
    for (const token of forged) await expect(access.authenticate(token)).rejects.toThrow(TokenRefused);
    const other = new AccessService(bench.test.db, 'another-secret-another-secret-another');
    await expect(other.authenticate(accessToken)).rejects.toThrow(TokenRefused);
  });

  it('of this key, but without an end, for another audience, issuer or algorithm, is refused', async () => {
    const { signIn } = await person();
    const { accessToken, user } = await signIn();
    const { sessionId } = await access.authenticate(accessToken);
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'gep access token', 32));
    const maker = new JwtService({ secret: key });
    const claims = { sub: user.id, sid: sessionId, jti: randomUUID() };
    const good = { iss: 'two-mountains', aud: 'two-mountains-api' };
    const exp = Math.floor(Date.now() / 1000) + 600;
    await access.authenticate(await maker.signAsync({ ...claims, ...good, exp }, { algorithm: 'HS256' }));
    const bad: [object, 'HS256' | 'HS384'][] = [
      [{ ...claims, ...good }, 'HS256'],
      [{ ...claims, ...good, exp: exp - 700 }, 'HS256'],
      [{ ...claims, ...good, aud: 'another', exp }, 'HS256'],
      [{ ...claims, ...good, iss: 'another', exp }, 'HS256'],
      [{ ...claims, ...good, exp }, 'HS384'],
      [{ ...claims, ...good, exp, sub: randomUUID() }, 'HS256'],
      [{ ...claims, ...good, exp, sid: randomUUID() }, 'HS256'],
      [{ ...claims, ...good, exp, sid: "' or true --" }, 'HS256'],
    ];
    for (const [payload, algorithm] of bad) {
      const token = await maker.signAsync(payload, { algorithm });
      await expect(access.authenticate(token)).rejects.toThrow(TokenRefused);
    }
  });

  it('is worth nothing after signing out', async () => {
    const { signIn } = await person();
    const [here, there] = [await signIn(), await signIn()];
    await access.signOut(await access.authenticate(here.accessToken));
    await expect(access.authenticate(here.accessToken)).rejects.toThrow(TokenRefused);
    await expect(access.refresh(here.refreshToken)).rejects.toThrow(TokenRefused);
    await access.authenticate(there.accessToken);
  });

  it('follows a change made in the same process at once', async () => {
    const { login, signIn } = await person('viewer');
    const { accessToken } = await signIn();
    @Global()
    @Module({ providers: [{ provide: Database, useValue: bench.test.db }], exports: [Database] })
    class Handle {}
    const program = await Test.createTestingModule({ imports: [Handle, AccessModule.register(secret)] }).compile();
    const [here, users] = [program.get(AccessService), program.get(UserService)];
    expect((await here.authenticate(accessToken)).permissions.has('audit.read')).toBe(false);
    await users.grantRole(operator, login, { role: 'auditor', territory: jinsha });
    expect((await here.authenticate(accessToken)).permissions.has('audit.read')).toBe(true);
    await users.revokeRole(operator, login, { role: 'auditor', territoryCode: jinsha.code });
    expect((await here.authenticate(accessToken)).permissions.has('audit.read')).toBe(false);
    await users.setStatus(operator, login, 'disabled');
    await expect(here.authenticate(accessToken)).rejects.toThrow(TokenRefused);
  });

  it('shows in another process within a second what was changed in this one', async () => {
    const { login, signIn } = await person('viewer');
    const { accessToken } = await signIn();
    const elsewhere = new AccessService(bench.test.db, secret);
    const mayImport = async (service: AccessService) =>
      (await service.authenticate(accessToken)).permissions.has('observation.import');
    expect([await mayImport(access), await mayImport(elsewhere)]).toEqual([false, false]);
    await bench.users.grantRole(operator, login, { role: 'accountant', territory: jinsha });
    await new Promise((done) => setTimeout(done, 1050));
    expect([await mayImport(access), await mayImport(elsewhere)]).toEqual([true, true]);
    await bench.users.setStatus(operator, login, 'disabled');
    await new Promise((done) => setTimeout(done, 1050));
    await expect(elsewhere.authenticate(accessToken)).rejects.toThrow(TokenRefused);
  });
});
