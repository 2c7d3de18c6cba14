/** Counts requests for all processes together, in windows of time. */
import { digestOf } from '@gep/kernel';
import type { Actor, Database } from '@gep/platform';
import { countRequest, sweepRequestCounts, type CountedRequest } from './session.store';

const counter: Actor = { id: 'access', name: 'Access control', scope: [] };

export class RequestCounts {
  constructor(private readonly database: Database) {}

  /**
   * Counts one request.
   * @param whose who or what is counted; only its digest is kept
   * @param windowSeconds length of a window that begins with this request when none is running
   */
  count(whose: string, windowSeconds: number): Promise<CountedRequest> {
    return this.database.transaction(counter, async (tx) => {
      const counted = await countRequest(tx, digestOf(whose), windowSeconds);
      // Each new window clears some that are past, so that the table stays as small as what is running.
      if (counted.count === 1) await sweepRequestCounts(tx);
      return counted;
    });
  }
}
