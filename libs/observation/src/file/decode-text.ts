/** Decodes the bytes of a text file: UTF-8, UTF-16 with a byte order mark, or GB18030, told apart by what they can be. */
import { isAscii, isUtf8 } from 'node:buffer';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
}

/** @returns undefined when the bytes are none of these */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);
  const utf8 = isUtf8(bytes) ? decodeAs('utf-8', bytes) : undefined;
  if (utf8 && !looksMisread(bytes)) return withoutNul(utf8);
  const chinese = decodeAs('gb18030', bytes);
  if (chinese && (!utf8 || /^[\p{Script=Han}\p{ASCII}，。、；：（）【】“”％]+$/u.test(chinese.text)))
    return withoutNul(chinese);
  return utf8 && withoutNul(utf8);
}

function decodeAs(encoding: DecodedText['encoding'], bytes: Uint8Array): DecodedText | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

/** A file with NUL characters is not text, whatever else it may be. */
const withoutNul = (decoded: DecodedText): DecodedText | undefined =>
  decoded.text.includes('\0') ? undefined : decoded;

/** Bytes of a text in UTF-8, whatever it was written in: the same bytes when they are that already. */
export function utf8Of(bytes: Uint8Array): Uint8Array | undefined {
  if (isUtf8(bytes) && !looksMisread(bytes)) return bytes.includes(0) ? undefined : bytes;
  const decoded = decodeText(bytes);
  return decoded && Buffer.from(decoded.text);
}

/**
 * Two-byte Chinese can by chance be well-formed UTF-8. It then reads as letters of the Latin, Greek, Cyrillic, Hebrew or
 * Arabic scripts (U+0100 to U+07FF) and holds no Chinese at all (U+0800 and above).
 */
function looksMisread(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return false;
  let letters = false;
  for (const byte of bytes) {
    if (byte >= 0xe0) return false;
    letters ||= byte >= 0xc4;
  }
  return letters;
}
