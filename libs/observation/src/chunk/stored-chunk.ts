/** Digest of a chunk straight from the bytes it is stored as, to compare with the one that was recorded when it was made. */
import { Data, tableFromIPC, Utf8 } from 'apache-arrow';
import { canonicalJson } from '@gep/kernel';
import { decodeChunk } from './chunk-codec';
import { digestWithNames } from './patch-chunk';

const quote = 0x22;
const backslash = 0x5c;
const firstPlain = 0x20;

/**
 * The same as `chunkDigest(decodeChunk(bytes))`, without a text for each patch name: a million names take 0.1 s, not 1 s.
 * @throws any error when the bytes are no chunk
 */
export function storedChunkDigest(bytes: Uint8Array): string {
  const chunk = decodeChunk(bytes);
  const names = tableFromIPC(bytes).getChild('#patch')?.data[0] as Data<Utf8> | undefined;
  return digestWithNames(chunk, names ? (namesAsJson(names) ?? canonicalJson(chunk.patchIds)) : null);
}

/** The names as the JSON of an array of texts; undefined when one needs more than quotation marks around it. */
function namesAsJson({ length, valueOffsets, values }: Data<Utf8>): Uint8Array | undefined {
  const [first, last] = [valueOffsets[0], valueOffsets[length]];
  for (let at = first; at < last; at++) {
    if (values[at] < firstPlain || values[at] === quote || values[at] === backslash) return undefined;
  }
  const json = Buffer.alloc(last - first + Math.max(3 * length - 1, 0) + 2);
  let to = json.write('[', 0);
  for (let row = 0; row < length; row++) {
    if (row > 0) to += json.write(',', to);
    json[to++] = quote;
    for (let at = valueOffsets[row]; at < valueOffsets[row + 1]; at++) json[to++] = values[at];
    json[to++] = quote;
  }
  json.write(']', to);
  return json;
}
