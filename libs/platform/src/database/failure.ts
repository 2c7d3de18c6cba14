/** Tells what a failed statement means: a lost connection, a race worth another try, a refusal by row security. */
import { DatabaseUnavailable, OutOfScope } from './errors';

/** What PostgreSQL or the driver reports, as far as it is looked at. */
interface Report {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly table?: unknown;
  readonly driverError?: unknown;
}

const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
// TypeORM releases its runner by itself when the connection drops, and answers whatever comes after with "already released".
const lostMessages =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error|client was closed|already released|query read timeout/i;

function reportOf(error: unknown): Report {
  const outer = (error ?? {}) as Report;
  return (outer.driverError ?? outer) as Report;
}

/** True when the server or the way to it is gone, as opposed to a statement that it answered with an error. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message } = reportOf(error);
  if (typeof code === 'string' && (lostCodes.has(code) || code.startsWith('08'))) return true;
  return typeof message === 'string' && lostMessages.test(message);
}

/** True when the server is there and has no connection to give: all of the pool, or all of its own, are at work. */
function isBusy(error: unknown): boolean {
  const { code, message } = reportOf(error);
  return code === '53300' || message === 'timeout exceeded when trying to connect';
}

/** True when the same transaction may simply be run again: a deadlock or a serialization failure. */
export function isRace(error: unknown): boolean {
  const { code } = reportOf(error);
  return code === '40001' || code === '40P01';
}

/**
 * The error that callers should see instead of the driver's.
 * @param committing whether the loss, if it is one, came while the commit was under way
 */
export function explainFailure(error: unknown, committing: boolean): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  if (isConnectionLoss(error)) return new DatabaseUnavailable(committing, error, isBusy(error));
  const { code, message, table } = reportOf(error);
  const byPolicy = code === '42501' && typeof message === 'string' && message.includes('row-level security');
  return byPolicy ? new OutOfScope(typeof table === 'string' ? table : '') : error;
}
