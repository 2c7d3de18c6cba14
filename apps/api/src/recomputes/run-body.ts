/** What is shown of a run and of its failures. */
import type { Failure, Run } from '@gep/accounting';
import { wire } from '../answer/wire';

/** Without the path and the id of the person who asked. */
export function runBody({ path: _path, requestedBy: _by, scheduleKey, ...run }: Run) {
  return { ...wire(run), scheduled: scheduleKey !== null };
}

export function failureBody({ subject, zh, en, path: _path, ...failure }: Failure) {
  const { facts, ...rest } = failure;
  return { ...wire(rest), territory: subject === '*' ? null : subject, text: { zh, en }, facts };
}
