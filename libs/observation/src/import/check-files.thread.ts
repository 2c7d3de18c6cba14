/** What the threads of the import do: read and check the files of one import. */
import type { TransferListItem } from 'node:worker_threads';
import { importLimits } from '../file/limits';
import { checkFile } from './check-file.loader';
import type { CheckTask } from './check-files.pool';
import { CheckedFile, packOutcome, readVocabulary } from './checked-file';

export async function handle({ files, vocabulary, wish }: CheckTask): Promise<CheckedFile> {
  return packOutcome(await checkFile(files, readVocabulary(vocabulary), importLimits, wish));
}

export const transferOf = ({ accepted }: CheckedFile): TransferListItem[] =>
  accepted.map(({ bytes }) => bytes.buffer as ArrayBuffer);
