/** What the threads of joining do: join a data sheet with large maps that stand. */
import type { TransferListItem } from 'node:worker_threads';
import type { JoinedPeriod } from './join-delivery';
import { joinStored, type JoinTask } from './join-stored';

export const handle = (task: JoinTask): JoinedPeriod => joinStored(task);

export const transferOf = ({ pieces }: JoinedPeriod): TransferListItem[] =>
  pieces.flatMap((piece) => ('bytes' in piece ? [piece.bytes.buffer as ArrayBuffer] : []));
