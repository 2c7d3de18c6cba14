/** Reads an input document of the SEEA accounts from a file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputNode } from '@gep/accounting';
import { ObservationsUnreadable } from '../errors';
import { fileFailure } from '../terminal/failure';

/** @throws ObservationsUnreadable, InputUnreadable */
export async function readDocument(file: string): Promise<InputNode> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
  return InputNode.read(text.replace(/^\uFEFF/, ''), path.basename(file));
}
