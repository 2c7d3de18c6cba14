/** Decides what a presented refresh token is worth: every token is good once, and a second use of an old one is theft. */

/** Lifetimes in seconds. */
export const lifetimes = {
  accessToken: 15 * 60,
  /** A session that is not refreshed for so long ends. */
  refreshToken: 7 * 24 * 3600,
  /** A session ends after so long whatever happens. */
  session: 30 * 24 * 3600,
  /** Two tabs, or a lost answer, may present the same token twice within this time. */
  repeatGrace: 10,
  setupLink: 24 * 3600,
} as const;

/** What is recorded of a presented token, with the session it belongs to. */
export interface PresentedToken {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** True once the token that replaced it was used in its turn. */
  readonly successorUsed: boolean;
  readonly sessionExpiresAt: Date;
  readonly sessionRevoked: boolean;
  readonly userActive: boolean;
}

/**
 * - `rotate`: first use; the next token is issued.
 * - `repeat`: the same use again, within the grace and before the successor was used; the same next token is given,
 *   so both callers go on and a later fork still shows.
 * - `reuse`: an old token; the whole family is revoked.
 * - `refuse`: expired, revoked or not allowed any more.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'reuse' | 'refuse';

export function decideRefresh(token: PresentedToken, now: Date): RefreshDecision {
  if (token.sessionRevoked || !token.userActive) return 'refuse';
  if (token.usedAt !== null) {
    const age = now.getTime() - token.usedAt.getTime();
    const isRepeat = !token.successorUsed && age <= lifetimes.repeatGrace * 1000;
    if (!isRepeat) return 'reuse';
  }
  if (now >= token.expiresAt || now >= token.sessionExpiresAt) return 'refuse';
  return token.usedAt === null ? 'rotate' : 'repeat';
}
