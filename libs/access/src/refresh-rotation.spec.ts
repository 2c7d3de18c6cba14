/** What a presented refresh token is worth, and the chain of tokens. */
import { parseClaims } from './access-claims';
import { decideRefresh, lifetimes, PresentedToken } from './refresh-rotation';
import { deriveKeys, successorOf, tokenDigest } from './secrets';

const now = new Date('2026-03-01T08:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const fresh: PresentedToken = {
  expiresAt: ago(-1000),
  usedAt: null,
  successorUsed: false,
  sessionExpiresAt: ago(-1000),
  sessionRevoked: false,
  userActive: true,
};

it.each<[string, Partial<PresentedToken>, string]>([
  ['a first use', {}, 'rotate'],
  ['an expired token', { expiresAt: ago(0) }, 'refuse'],
  ['an expired session', { sessionExpiresAt: ago(1) }, 'refuse'],
  ['a revoked session', { sessionRevoked: true }, 'refuse'],
  ['a disabled user', { userActive: false }, 'refuse'],
  ['the same use again at once', { usedAt: ago(1) }, 'repeat'],
  ['the same use again at the end of the grace', { usedAt: ago(lifetimes.repeatGrace) }, 'repeat'],
  ['a use after the grace', { usedAt: ago(lifetimes.repeatGrace + 1) }, 'reuse'],
  ['a use after the successor was used', { usedAt: ago(1), successorUsed: true }, 'reuse'],
  ['an old use of an expired token, which is theft still', { usedAt: ago(5000), expiresAt: ago(100) }, 'reuse'],
  ['an old use in a session that is over already', { usedAt: ago(5000), sessionRevoked: true }, 'refuse'],
])('%s', (_what, token, decision) => {
  expect(decideRefresh({ ...fresh, ...token }, now)).toBe(decision);
});

it('the next token follows from the one before and the secret, and from nothing else', () => {
  const keys = deriveKeys('a'.repeat(32));
  const other = deriveKeys('b'.repeat(32));
  expect(successorOf('token', keys)).toBe(successorOf('token', keys));
  expect(successorOf('token', keys)).toMatch(/^[\w-]{43}$/);
  const chain = new Set([
    successorOf('token', keys),
    successorOf('token', other),
    successorOf('token2', keys),
    tokenDigest('token'),
  ]);
  expect(chain.size).toBe(4);
  expect(keys.accessToken.equals(keys.refreshChain)).toBe(false);
});

it('claims of another shape are no claims', () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const claims = { sub: id, sid: id, jti: id, exp: 1 };
  expect(parseClaims(claims)).toEqual({ sub: id, sid: id, jti: id });
  for (const key of Object.keys(claims)) expect(parseClaims({ ...claims, [key]: undefined })).toBeUndefined();
  for (const bad of [
    null,
    'text',
    [],
    { ...claims, sub: `${id}' or 1=1` },
    { ...claims, sid: 1 },
    { ...claims, exp: '9' },
  ]) {
    expect(parseClaims(bad)).toBeUndefined();
  }
});
