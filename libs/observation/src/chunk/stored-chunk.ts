/** Digest of a chunk straight from the bytes it is stored as, to compare with the one that was recorded when it was made. */
import { canonicalJson } from '@gep/kernel';
import { decodeChunk, openChunk, StoredNames } from './chunk-codec';
import { digestWithNames } from './patch-chunk';

const quote = 0x22;
const backslash = 0x5c;
const firstPlain = 0x20;

/**
 * The same as `chunkDigest(decodeChunk(bytes))`, without a text for each patch name: a million names take 0.1 s, not 1 s.
 * @throws any error when the bytes are no chunk
 */
export function storedChunkDigest(bytes: Uint8Array): string {
  const { chunk, names } = openChunk(bytes);
  return digestWithNames(
    chunk,
    names && (namesAsJson(chunk.rows, names) ?? canonicalJson(decodeChunk(bytes).patchIds)),
  );
}

/** The names as the JSON of an array of texts; undefined when one needs more than quotation marks around it. */
function namesAsJson(rows: number, { ends, bytes }: StoredNames): Uint8Array | undefined {
  const [first, last] = [ends[0], ends[rows]];
  for (let at = first; at < last; at++) {
    if (bytes[at] < firstPlain || bytes[at] === quote || bytes[at] === backslash) return undefined;
  }
  const json = Buffer.alloc(last - first + Math.max(3 * rows - 1, 0) + 2);
  let to = json.write('[', 0);
  for (let row = 0; row < rows; row++) {
    if (row > 0) to += json.write(',', to);
    json[to++] = quote;
    for (let at = ends[row]; at < ends[row + 1]; at++) json[to++] = bytes[at];
    json[to++] = quote;
  }
  json.write(']', to);
  return json;
}
