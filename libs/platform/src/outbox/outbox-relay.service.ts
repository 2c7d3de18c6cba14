/** Tells the queue, after the commit, what was announced with it: at least once each. */
import type { Actor } from '../database/actor';
import type { Database } from '../database/database.service';
import { claimDue, noteDelivered, noteFailed, type OutboxMessage } from './outbox.store';

export interface RelayOptions {
  /** Most messages taken at once; they are delivered side by side. */
  readonly batch: number;
  /** How long a delivery may take before another relay may take the message too. */
  readonly leaseSeconds?: number;
}

/**
 * Takes due messages, delivers them outside any transaction, and notes per message what came of it. A relay that dies
 * on the way leaves its messages to the next one after the lease. A message that fails is tried again for ever, ever
 * more slowly; others pass it. The order of delivery is not the order of announcement.
 */
export async function relayOutbox(
  db: Database,
  actor: Actor,
  deliver: (message: OutboxMessage) => Promise<void>,
  { batch, leaseSeconds = 30 }: RelayOptions,
): Promise<{ claimed: number; delivered: number; failed: number }> {
  const messages = await db.transaction(actor, (tx) => claimDue(tx, batch, leaseSeconds));
  if (messages.length === 0) return { claimed: 0, delivered: 0, failed: 0 };
  const outcomes = await Promise.allSettled(messages.map(async (message) => deliver(message)));
  const done = messages.filter((_, index) => outcomes[index]!.status === 'fulfilled');
  const failures = messages.flatMap((message, index) => {
    const outcome = outcomes[index]!;
    return outcome.status === 'rejected' ? [{ id: message.id, reason: String(outcome.reason).slice(0, 2000) }] : [];
  });
  await db.transaction(actor, async (tx) => {
    await noteDelivered(
      tx,
      done.map(({ id }) => id),
    );
    await noteFailed(tx, failures);
  });
  return { claimed: messages.length, delivered: done.length, failed: failures.length };
}
