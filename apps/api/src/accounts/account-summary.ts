/** What is shown of an account vintage beside its lines. */
import type { AccountRecord } from '@gep/accounting';
import { type Wire, wire } from '../answer/wire';

/** Without the run that made it and the path, which are inner matters. */
export function accountSummary(record: AccountRecord): Wire<Omit<AccountRecord, 'runId' | 'path'>> {
  const { runId: _run, path: _path, ...shown } = record;
  return wire(shown);
}
