/** Looks up whose a session is and what they may do now; an answer is kept for a second at most. */
import { Injectable } from '@nestjs/common';
import { Database, type Actor } from '@gep/platform';
import { nation } from './grants';
import { findLiveSession, type LiveSession } from './session.store';

/** The part of the program that decides who comes in; it must see every grant. */
export const doorkeeper: Actor = { id: 'access', name: 'Access control', scope: [nation] };

/** How long a withdrawn right may go on working in another process. */
const keptMilliseconds = 1000;
const mostKept = 10_000;

@Injectable()
export class LiveSessions {
  private readonly kept = new Map<
    string,
    { readonly until: number; readonly answer: Promise<LiveSession | undefined> }
  >();

  constructor(private readonly database: Database) {}

  /** Undefined when the session is over or revoked, or its user disabled. */
  find(sessionId: string, userId: string): Promise<LiveSession | undefined> {
    const key = `${sessionId} ${userId}`;
    const now = performance.now();
    const found = this.kept.get(key);
    if (found && now < found.until) return found.answer;
    if (this.kept.size >= mostKept) this.kept.clear();
    const answer = this.database.transaction(doorkeeper, (tx) => findLiveSession(tx, sessionId, userId));
    const entry = { until: now + keptMilliseconds, answer };
    this.kept.set(key, entry);
    answer.catch(() => {
      if (this.kept.get(key) === entry) this.kept.delete(key);
    });
    return answer;
  }

  /** Call after every change of users, grants or sessions, so that it holds in this process at once. */
  forget(): void {
    this.kept.clear();
  }
}
