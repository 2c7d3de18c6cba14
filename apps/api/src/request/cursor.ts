/** The opaque place in a list from which the next page goes on. */
import { Bilingual } from '@gep/kernel';
import { refuseField } from '../problem/errors';

const unreadable: Bilingual = {
  zh: '游标无法识别；请原样使用上一页的 next，或省略以从头开始',
  en: 'the cursor cannot be read; pass `next` of the page before as it is, or leave it out to begin anew',
};

/** Writes the sort key of the last row of a page. */
export function writeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/**
 * Reads back what `writeCursor` wrote; `parts` is the number of members of the sort key.
 * @throws RequestRefused when the text is not such a cursor
 */
export function readCursor(text: string | undefined, parts: number): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // Not JSON: refused below like any other text that we did not write.
  }
  throw cursorRefused();
}

/** The id of the last row of a page, where that alone is the sort key. @throws RequestRefused */
export function readIdCursor(text: string | undefined): string | undefined {
  const [id] = readCursor(text, 1) ?? [];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}

export const cursorRefused = () => refuseField('cursor', 'cursor', unreadable);
