/** Commands that act once, however often they are sent: same key and body, same answer; other body, refused. */
import { canonicalJson, digestOfValue } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../database/actor';
import { IdempotencyConflict, IdempotencyKeyInvalid } from './errors';

export interface Command {
  /** Keys of different actors do not meet. Must be the actor of the running transaction. */
  readonly actor: Actor;
  readonly key: string;
  /** Which command it is, for example `observation.import`. */
  readonly action: string;
  readonly body: unknown;
}

export interface Answer<T> {
  /** True when the command had been carried out before, and nothing was done now. */
  readonly replayed: boolean;
  readonly response: T;
}

/**
 * Carries out `work` unless the same command was carried out before; then gives the answer of that time. Two at once
 * wait for each other. The key is kept in the same transaction: if the work fails, the key is free again.
 * The answer passes through canonical JSON both times: a bigint comes back as a decimal string, a Date as text.
 * @throws IdempotencyConflict when the key was used for another action or body, IdempotencyKeyInvalid
 */
export async function answerOnce<T>(tx: EntityManager, command: Command, work: () => Promise<T>): Promise<Answer<T>> {
  const { actor, key, action, body } = command;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new IdempotencyKeyInvalid();
  const bodyDigest = digestOfValue(body ?? null);
  const mine = (await tx.query(
    `insert into platform.idempotency (actor_id, key, action, body_digest) values ($1, $2, $3, $4)
     on conflict (actor_id, key) do nothing returning key`,
    [actor.id, key, action, bodyDigest],
  )) as unknown[];
  if (mine.length === 0) return { replayed: true, response: await findAnswer<T>(tx, command, bodyDigest) };
  const response = canonicalJson((await work()) ?? null);
  await tx.query('update platform.idempotency set response = $3 where actor_id = $1 and key = $2', [
    actor.id,
    key,
    response,
  ]);
  return { replayed: false, response: JSON.parse(response) as T };
}

async function findAnswer<T>(tx: EntityManager, { actor, key, action }: Command, bodyDigest: string): Promise<T> {
  const [earlier] = (await tx.query(
    'select action, body_digest as "bodyDigest", response from platform.idempotency where actor_id = $1 and key = $2',
    [actor.id, key],
  )) as { action: string; bodyDigest: string; response: string | null }[];
  if (!earlier || earlier.action !== action || earlier.bodyDigest !== bodyDigest || earlier.response === null) {
    throw new IdempotencyConflict(key, earlier?.action ?? action);
  }
  return JSON.parse(earlier.response) as T;
}
