/** What an access token says. It names a session; who that is and what they may do is looked up, never believed. */

export const issuer = 'two-mountains';
export const audience = 'two-mountains-api';
/** The one algorithm that is signed and accepted. */
export const algorithm = 'HS256';

export interface AccessClaims {
  /** Id of the user. */
  readonly sub: string;
  /** Id of the session. */
  readonly sid: string;
  /** Id of the token. */
  readonly jti: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The claims of a verified payload, or undefined when one is missing or of another shape; a token must have an end. */
export function parseClaims(payload: unknown): AccessClaims | undefined {
  if (payload === null || typeof payload !== 'object') return undefined;
  const { sub, sid, jti, exp } = payload as Record<string, unknown>;
  const ids = [sub, sid, jti];
  if (!ids.every((id) => typeof id === 'string' && uuid.test(id)) || typeof exp !== 'number') return undefined;
  return { sub: sub as string, sid: sid as string, jti: jti as string };
}
